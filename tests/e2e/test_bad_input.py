"""Whatever is wrong with the input gets one sentence, a stable code and a status of its own; the rest goes through."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DEPESCHE = str(Path(sys.executable).with_name("depesche"))
GOOD = '{"id": "good", "language": "de", "text": "Außenministerin Nora Feldt hat Luca Arnaud in Bern getroffen."}'
FRENCH = "Le président a rencontré son homologue à Genève. Ils ont parlé de la coopération entre les deux pays. " * 3


def depesche(*args, stdin=b""):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DEPESCHE_")}
    return subprocess.run([DEPESCHE, *map(str, args)], input=stdin, capture_output=True, env=environment, check=False)


def article(**fields):
    return json.dumps({"id": "bad", "text": "Sie trafen sich."} | fields).encode()


ARTICLES = {
    "empty-text": (article(text=""), "text_empty", 12),
    "only-white-space": (article(text=" \n\t"), "text_empty", 12),
    "two-megabytes-of-text": (article(text="Wort " * 400_000), "text_too_long", 13),
    "no-utf-8": (article().replace(b"trafen", b"tr\xe4fen"), "encoding_invalid", 11),
    "unknown-language-given": (article(language="fr"), "language_unsupported", 14),
    "unknown-language-detected": (article(text=FRENCH), "language_unsupported", 14),
    "a-date-that-is-none": (article(published="gestern"), "date_invalid", 15),
    "a-day-that-is-none": (article(published="2025-02-30"), "date_invalid", 15),
    "a-number-as-date": (article(published=1754524800), "date_invalid", 15),
    "an-unknown-field": (article(body="Text"), "field_unknown", 16),
    "no-text": (b'{"id": "bad"}', "field_missing", 17),
    "a-number-as-text": (article(text=7), "field_invalid", 18),
    "a-long-id": (article(id="x" * 201), "id_invalid", 19),
    "large-metadata": (article(metadata={"x": "y" * 20_000}), "metadata_too_large", 20),
    "broken-json": (b'{"id": "bad", "text": ', "json_invalid", 10),
}


@pytest.mark.parametrize(("content", "code", "status"), ARTICLES.values(), ids=ARTICLES)
def test_a_bad_article_alone(tmp_path, content, code, status):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    done = depesche("extract", path)
    [line] = done.stderr.decode().splitlines()
    failure = json.loads(line)
    assert (done.returncode, failure["code"], done.stdout) == (status, code, b"")
    assert "expected" in failure["message"] or "required" in failure["message"]
    assert "trafen" not in failure["message"], "no message quotes the text"


def test_bad_articles_among_good_ones(tmp_path):
    """All of them in one file, good ones before, between and after."""
    path = tmp_path / "mixed.jsonl"
    bad = [content for content, _, _ in ARTICLES.values()]
    path.write_bytes(b"\n".join([GOOD.encode(), *(part for each in bad for part in (each, GOOD.encode()))]))
    done = depesche("extract", path)
    failures = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.returncode == 3
    assert [failure["code"] for failure in failures] == [code for _, code, _ in ARTICLES.values()]
    assert len(done.stdout.splitlines()) == len(bad) + 1
    for number, failure in enumerate(failures):
        assert f"mixed.jsonl line {2 * number + 2}: " in failure["message"]


def test_text_that_is_no_utf_8(tmp_path):
    path = tmp_path / "bad.txt"
    path.write_bytes("Grüße aus Köln".encode("latin-1"))
    done = depesche("extract", path)
    assert done.returncode == 11
    assert "byte 0xfc at offset 2" in done.stderr.decode()


def test_an_empty_file(tmp_path):
    path = tmp_path / "bad.txt"
    path.touch()
    assert depesche("extract", path).returncode == 12


def test_a_file_that_does_not_exist(tmp_path):
    done = depesche("extract", tmp_path / "none.json")
    assert done.returncode == 4
    assert json.loads(done.stderr)["code"] == "file_not_found"


def test_a_file_that_does_not_exist_beside_one_that_does(tmp_path):
    path = tmp_path / "good.json"
    path.write_text(GOOD, encoding="utf-8")
    done = depesche("extract", tmp_path / "none.json", path)
    assert done.returncode == 3
    assert json.loads(done.stdout)["article_id"] == "good"


@pytest.mark.parametrize("command", ["extract", "times", "submit"])
def test_an_option_that_is_no_date(command):
    done = depesche(command, "--published", "07.08.2025")
    assert done.returncode == 15
    assert done.stderr.decode().count("\n") == 1


@pytest.mark.parametrize("command", ["extract", "times", "submit"])
def test_an_option_that_is_no_language(command):
    assert depesche(command, "--language", "fr").returncode == 14


def test_a_line_of_standard_input_is_kept_in_its_failure():
    """Nothing else has it: it can be mended and sent again."""
    done = depesche("extract", stdin=b'{"id": "bad", "text": "Sie trafen sich.", "date": 1}\n')
    failure = json.loads(done.stderr)
    assert (failure["article_id"], failure["code"]) == ("bad", "field_unknown")
    assert failure["raw"]


def test_processes_tell_the_same(tmp_path):
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(b"\n".join([GOOD.encode(), ARTICLES["unknown-language-detected"][0], b"{", GOOD.encode()]))
    done = depesche("extract", path, "--processes", 2)
    assert done.returncode == 3
    assert [json.loads(line)["code"] for line in done.stderr.splitlines()] == ["language_unsupported", "json_invalid"]
    assert [json.loads(line)["article_id"] for line in done.stdout.splitlines()] == ["good", "good"]
