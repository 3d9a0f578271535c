"""Every kind of file gives its articles, and every way in which it can be wrong has its code and place."""

import gzip
import io
import json
import sys

import pytest

from cli.reading.inputs import Read, Refused
from cli.reading.limits import Limits, read_limits
from cli.reading.sources import find_sources, read_sources
from schemas.errors import Invalid

ARTICLE = {"id": "a-1", "text": "Feldt traf Arnaud."}


def read_all(*names, limits=None):
    return list(read_sources(find_sources([str(name) for name in names]), limits=limits or Limits()))


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def jsonl(*articles):
    return "".join(json.dumps(article) + "\n" for article in articles)


def test_txt_is_one_article_with_its_stem_as_id(tmp_path):
    [found] = read_all(write(tmp_path, "bote.17.txt", "Feldt traf Arnaud.\r\n"))
    assert (found.article.id, found.article.text) == ("bote.17", "Feldt traf Arnaud.\r\n")


def test_txt_may_begin_with_a_byte_order_mark(tmp_path):
    """The mark is no character of the text: offsets would count it."""
    [found] = read_all(write(tmp_path, "a.txt", b"\xef\xbb\xbfFeldt"))
    assert found.article.text == "Feldt"


@pytest.mark.parametrize("name", ["a.json", "A.JSON"])
def test_json_is_one_article(tmp_path, name):
    [found] = read_all(write(tmp_path, name, json.dumps(ARTICLE, indent=2)))
    assert found.article.id == "a-1"


def test_jsonl_is_one_article_a_line_and_empty_lines_do_not_count_as_articles(tmp_path):
    path = write(tmp_path, "a.jsonl", jsonl(ARTICLE) + "\n  \n" + jsonl({**ARTICLE, "id": "a-2"}))
    assert [each.article.id for each in read_all(path)] == ["a-1", "a-2"]


def test_jsonl_may_be_compressed(tmp_path):
    path = write(tmp_path, "a.jsonl.gz", gzip.compress(jsonl(ARTICLE).encode()))
    assert [each.article.id for each in read_all(path)] == ["a-1"]


def test_several_files_come_one_after_the_other(tmp_path):
    first, second = write(tmp_path, "1.txt", "Eins."), write(tmp_path, "2.txt", "Zwei.")
    assert [each.article.id for each in read_all(second, first)] == ["2", "1"]


@pytest.mark.parametrize("names", [[], ["-"]], ids=["none", "dash"])
def test_standard_input_is_jsonl(monkeypatch, names):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(jsonl(ARTICLE).encode())))
    [found] = read_all(*names)
    assert found.article.id == "a-1"
    assert found.is_only_here


REFUSED_LINES = {
    "not-json": (b'{"text": ', "json_invalid", None),
    "not-an-object": (b"[1]", "json_invalid", None),
    "not-utf-8": (b'{"id": "x", "text": "\xff"}', "encoding_invalid", None),
    "empty-text": (b'{"id": "x", "text": ""}', "text_empty", "x"),
    "blank-text": (b'{"id": "x", "text": " \\n"}', "text_empty", "x"),
    "no-text": (b'{"id": "x"}', "field_missing", "x"),
    "unknown-language": (b'{"id": "x", "text": "a", "language": "fr"}', "language_unsupported", "x"),
    "no-date": (b'{"id": "x", "text": "a", "published": "gestern"}', "date_invalid", "x"),
    "a-number-as-date": (b'{"id": "x", "text": "a", "published": 20250807}', "date_invalid", "x"),
    "an-unknown-field": (b'{"id": "x", "text": "a", "body": "b"}', "field_unknown", "x"),
    "a-number-as-id": (b'{"id": 7, "text": "a"}', "id_invalid", None),
    "two-million-characters": (b'{"id": "x", "text": "' + b"a" * 2_000_000 + b'"}', "text_too_long", "x"),
    "deep-nesting": (b"[" * 100_000, "json_invalid", None),
}


@pytest.mark.parametrize(("line", "code", "article_id"), REFUSED_LINES.values(), ids=REFUSED_LINES)
def test_a_broken_line_is_refused_with_its_place_and_the_others_go_through(tmp_path, line, code, article_id):
    path = write(tmp_path, "a.jsonl", jsonl(ARTICLE).encode() + line + b"\n" + jsonl(ARTICLE).encode())
    before, refused, after = read_all(path)
    assert isinstance(before, Read)
    assert isinstance(after, Read)
    assert (refused.error.code, refused.article_id) == (code, article_id)
    assert refused.error.message.startswith(f"{path} line 2: ")
    assert refused.raw is None, "the file still has it"


def test_a_refused_line_of_standard_input_is_kept(monkeypatch):
    """Nothing else has it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{broken}\n")))
    [refused] = read_all("-")
    assert refused.raw == b"{broken}"


def test_a_line_longer_than_any_article_is_refused_with_its_length(tmp_path):
    limits = Limits(text_chars=10)
    path = write(tmp_path, "a.jsonl", b"x" * (limits.json_bytes + 5) + b"\n" + b'{"text": "kurz"}\n')
    refused, after = read_all(path, limits=limits)
    assert refused.error.code == "text_too_long"
    assert f"{limits.json_bytes + 6:,}" in refused.error.message
    assert after.article.text == "kurz"


def test_escaped_text_of_the_longest_allowed_length_is_no_line_too_long(tmp_path):
    """JSON may need twelve bytes for a character."""
    limits = Limits(text_chars=200_000)
    path = write(tmp_path, "a.jsonl", jsonl({"text": "\U0001f4f0" * 200_000}))
    [found] = read_all(path, limits=limits)
    assert len(found.article.text) == 200_000


REFUSED_FILES = {
    "empty-text": ("a.txt", b"", "text_empty"),
    "blank-text": ("a.txt", b" \n ", "text_empty"),
    "two-megabytes": ("a.txt", b"a" * 2_000_000, "text_too_long"),
    "more-than-any-text": ("a.txt", b"a" * 4_000_100, "text_too_long"),
    "not-utf-8": ("a.txt", "Grüße".encode("latin-1"), "encoding_invalid"),
    "utf-16": ("a.txt", "Grüße".encode("utf-16"), "encoding_invalid"),
    "stem-too-long": ("a" * 220 + ".txt", b"a", "id_invalid"),
    "broken-json": ("a.json", b"{", "json_invalid"),
    "array-as-json": ("a.json", b"[]", "json_invalid"),
    "empty-json": ("a.json", b"", "json_invalid"),
    "unknown-kind": ("a.pdf", b"a", "file_unreadable"),
    "no-kind": ("article", b"a", "file_unreadable"),
    "no-gzip": ("a.jsonl.gz", b"a", "file_unreadable"),
    "cut-gzip": ("a.jsonl.gz", gzip.compress(b"a" * 1000)[:-6], "file_unreadable"),
    "broken-gzip": ("a.jsonl.gz", gzip.compress(b"abc" * 1000)[:12] + b"\xff" * 40, "file_unreadable"),
}


@pytest.mark.parametrize(("name", "content", "code"), REFUSED_FILES.values(), ids=REFUSED_FILES)
def test_a_bad_file_is_refused_with_its_name(tmp_path, name, content, code):
    path = write(tmp_path, name, content)
    refused = read_all(path)[-1]
    assert isinstance(refused, Refused)
    assert refused.error.code == code
    assert refused.error.message.startswith(str(path))


def test_what_a_cut_gzip_file_still_holds_is_read(tmp_path):
    lines = jsonl(*({"id": str(number), "text": f"Satz {number} " * 50} for number in range(2000)))
    path = write(tmp_path, "a.jsonl.gz", gzip.compress(lines.encode())[:-20])
    *read, last = read_all(path)
    assert len(read) > 100
    assert all(isinstance(each, Read) for each in read[:-1])
    assert last.error.code == "file_unreadable"


@pytest.mark.parametrize("name", ["none.txt", "none.json", "none.jsonl", "none.jsonl.gz", "none/a.txt"])
def test_a_file_that_does_not_exist_is_said_so_and_the_others_go_through(tmp_path, name):
    missing, found = read_all(tmp_path / name, write(tmp_path, "a.txt", "Eins."))
    assert missing.error.code == "file_not_found"
    assert missing.whole_file
    assert found.article.id == "a"


def test_a_folder_is_no_file(tmp_path):
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    [refused] = read_all(folder)
    assert refused.error.code == "file_unreadable"
    assert "is a directory" in refused.error.message


def test_a_name_with_a_line_break_stays_on_one_line(tmp_path):
    [refused] = read_all(tmp_path / "a\nb.txt")
    assert "\n" not in refused.error.message


def test_no_message_quotes_the_text(tmp_path):
    path = write(tmp_path, "a.jsonl", '{"id": 7, "text": "GEHEIM", "published": "GEHEIM"}\n{"text": "GEHEIM" "x"}\n')
    assert all("GEHEIM" not in refused.error.message for refused in read_all(path))


def test_closed_standard_input_is_said_so(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    [refused] = read_all("-")
    assert refused.error.code == "file_unreadable"


def test_the_limit_is_a_setting(monkeypatch, tmp_path):
    monkeypatch.setenv("DEPESCHE_MAX_TEXT_CHARS", "5")
    [refused] = read_all(write(tmp_path, "a.txt", "123456"), limits=read_limits())
    assert refused.error.code == "text_too_long"


@pytest.mark.parametrize("value", ["0", "-1", "viel", "1.5", "²"])
def test_a_limit_that_is_no_number_is_refused(monkeypatch, value):
    monkeypatch.setenv("DEPESCHE_MAX_TEXT_CHARS", value)
    with pytest.raises(Invalid) as caught:
        read_limits()
    assert caught.value.code == "settings_invalid"
