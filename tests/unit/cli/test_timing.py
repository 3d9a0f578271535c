"""``depesche times`` writes one line an article, and a bad one fails alone."""

import json

import pytest

from cli import timing
from cli.timing import run_times
from schemas.errors import Invalid


class FakeTiming:
    def run(self, article):
        if "français" in article.text:
            raise Invalid("text: expected German or English, found fr", code="language_unsupported")
        return {"id": article.id, "timex": [{"start": 0, "value": str(article.published)}]}


@pytest.fixture(autouse=True)
def fake_timing(monkeypatch):
    monkeypatch.setattr(timing, "_load", FakeTiming)


def test_one_line_an_article_in_order(tmp_path, capsys):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": "heute"}\n{"id": "b", "text": "en français"}\n{"id": "ü", "text": "heute"}\n')
    assert run_times([str(path)], published="2025-08-07", language=None) == 3
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", "ü"]
    assert json.loads(out.splitlines()[0])["timex"][0]["value"] == "2025-08-07"
    assert json.loads(err)["code"] == "language_unsupported"
    assert "ü" in out, "JSON is written as UTF-8, not escaped"


def test_a_single_article_is_one_line_too(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("heute")
    assert run_times([str(path)], published=None, language=None) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
