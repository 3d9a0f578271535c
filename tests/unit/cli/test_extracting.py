"""``depesche extract`` on whatever comes in, with an extraction that finds nothing, or fails where the text says so."""

import json

import pytest

from cli.engine import inline
from cli.engine.done import Extracted
from cli.extracting import run_extract
from schemas.article import ArticleInfo
from schemas.errors import Defect, Invalid
from schemas.failure import Failure
from schemas.identity import article_id, content_hash
from schemas.result import ExtractorInfo, Result

EVENT = {"type": "meeting", "factuality": "asserted"}
MENTION = {"text": "traf", "start": 0, "end": 4, "field": "text", "sentence": {"start": 0, "end": 4}, "section": "lead"}


class FakeExtraction:
    """Two events an article, of confidence 0.3 and 0.8."""

    def __init__(self, *, explain, cascade=None):
        pass

    def run_many(self, articles):
        for article in articles:
            try:
                yield self.run(article)
            except Exception as error:  # noqa: BLE001 - as the extraction does
                yield error

    def run(self, article):
        if "unforeseen" in article.text:
            raise RuntimeError(article.text)
        if "français" in article.text:
            raise Invalid("text: expected German or English, found fr", code="language_unsupported")
        if "broken" in article.text:
            raise Defect("de: expected a pipeline, found none", code="model_missing")
        events = [EVENT | {"id": str(x), "confidence": x, "mentions": [MENTION]} for x in (0.3, 0.8)]
        return Extracted(
            Result(
                article_id=article_id(article),
                revision=1,
                content_hash=content_hash(article),
                article=ArticleInfo(published=article.published),
                language=article.language or "de",
                events=events,
                extractor=ExtractorInfo(version="0", language_pack="p", model="m"),
                extracted_at="2025-11-05T08:31:02Z",
                elapsed_ms=1,
            )
        )


@pytest.fixture(autouse=True)
def fake_extraction(monkeypatch):
    monkeypatch.setattr(inline, "Extraction", FakeExtraction)


@pytest.fixture
def run(capsys):
    """Run and give status, stdout and the failures on stderr."""

    def run(*files, **options):
        given = {"published": None, "language": None, "output_format": None, "min_confidence": 0.0, "explain": False}
        status = run_extract([str(file) for file in files], **given | {"processes": 1} | options)
        out, err = capsys.readouterr()
        return status, out, [Failure.model_validate_json(line) for line in err.splitlines()]

    return run


def write(folder, name, *articles):
    path = folder / name
    path.write_text("".join(a if isinstance(a, str) else json.dumps(a) + "\n" for a in articles), encoding="utf-8")
    return path


def test_jsonl_gives_jsonl_in_input_order(tmp_path, run):
    path = write(tmp_path, "a.jsonl", *({"id": f"a-{number}", "text": "traf"} for number in range(20)))
    status, out, failures = run(path)
    assert [json.loads(line)["article_id"] for line in out.splitlines()] == [f"a-{number}" for number in range(20)]
    assert (status, failures) == (0, [])


def test_a_bad_line_fails_alone(tmp_path, run):
    path = write(tmp_path, "a.jsonl", {"id": "a", "text": "traf"}, '{"id": "b", "text"\n', {"id": "c", "text": "traf"})
    status, out, [failure] = run(path)
    assert [json.loads(line)["article_id"] for line in out.splitlines()] == ["a", "c"]
    assert (status, failure.code) == (3, "json_invalid")
    assert "line 2" in failure.message


def test_an_article_that_the_extraction_refuses_fails_alone(tmp_path, run):
    path = write(tmp_path, "a.jsonl", {"id": "a", "text": "en français"}, {"id": "b", "text": "traf"})
    status, out, [failure] = run(path)
    assert len(out.splitlines()) == 1
    assert (status, failure.code, failure.article_id, failure.attempts) == (3, "language_unsupported", "a", 1)


def test_an_unforeseen_error_fails_its_article_alone_and_tells_no_text(tmp_path, run):
    path = write(tmp_path, "a.jsonl", {"id": "a", "text": "unforeseen GEHEIM"}, {"id": "b", "text": "traf"})
    status, out, [failure] = run(path)
    assert len(out.splitlines()) == 1
    assert (status, failure.code, failure.family) == (3, "extraction_failed", "defect")
    assert "RuntimeError" in failure.message
    assert "GEHEIM" not in failure.model_dump_json()


def test_a_broken_installation_ends_the_run(tmp_path, run):
    """A thousand failures would say the same a thousand times."""
    path = write(tmp_path, "a.jsonl", {"text": "broken"}, {"text": "traf"})
    with pytest.raises(Defect, match="pipeline"):
        run(path)


def test_one_article_gives_one_json_object(tmp_path, run):
    status, out, _ = run(write(tmp_path, "a.txt", "traf"))
    assert json.loads(out)["article_id"] == "a"
    assert status == 0


def test_one_bad_article_gives_the_status_of_its_code(tmp_path, run):
    status, out, [failure] = run(write(tmp_path, "a.json", {"id": "a", "text": "traf", "published": 20250807}))
    assert (status, out, failure.code, failure.article_id) == (15, "", "date_invalid", "a")


def test_several_files_give_jsonl_and_a_missing_one_does_not_stop_the_others(tmp_path, run):
    status, out, [failure] = run(tmp_path / "none.txt", write(tmp_path, "b.txt", "traf"))
    assert json.loads(out)["article_id"] == "b"
    assert (status, failure.code) == (3, "file_not_found")


def test_a_missing_file_alone_has_its_own_status(tmp_path, run):
    assert run(tmp_path / "none.jsonl")[0] == 4


def test_nothing_in_nothing_out(tmp_path, run):
    assert run(write(tmp_path, "a.jsonl")) == (0, "", [])


def test_format_json_of_many_is_one_array(tmp_path, run):
    path = write(tmp_path, "a.jsonl", {"id": "a", "text": "traf"}, {"id": "b", "text": "traf"})
    assert [each["article_id"] for each in json.loads(run(path, output_format="json")[1])] == ["a", "b"]


def test_format_json_of_none_is_an_empty_array(tmp_path, run):
    assert json.loads(run(write(tmp_path, "a.jsonl"), output_format="json")[1]) == []


def test_format_jsonl_of_one_is_one_line(tmp_path, run):
    assert len(run(write(tmp_path, "a.txt", "traf"), output_format="jsonl")[1].splitlines()) == 1


def test_format_table_marks_the_trigger(tmp_path, run):
    assert "‹traf›" in run(write(tmp_path, "a.txt", "traf"), output_format="table")[1]


@pytest.mark.parametrize(("least", "kept"), [(0.0, [0.3, 0.8]), (0.3, [0.3, 0.8]), (0.31, [0.8]), (1.0, [])])
def test_min_confidence_leaves_out_what_is_below(tmp_path, run, least, kept):
    out = run(write(tmp_path, "a.txt", "traf"), min_confidence=least)[1]
    assert [event["confidence"] for event in json.loads(out)["events"]] == kept


def test_options_fill_in_what_articles_lack(tmp_path, run):
    path = write(tmp_path, "a.jsonl", {"text": "traf"}, {"text": "traf", "language": "de", "published": "2024-01-01"})
    first, second = map(json.loads, run(path, language="en", published="2025-08-07")[1].splitlines())
    assert (first["language"], first["article"]["published"]) == ("en", "2025-08-07")
    assert (second["language"], second["article"]["published"]) == ("de", "2024-01-01")
