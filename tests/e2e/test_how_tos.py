"""The Python of the README and the how-tos runs as it stands there."""

import json
import re
from pathlib import Path

import pytest

from ledger import EmbeddedServer
from producer import Client
from schemas import Article
from schemas.failure import Failure

ROOT = Path(__file__).parents[2]
ARTICLE = {"id": "bote-1", "language": "de", "text": "Nora Feldt traf Luca Arnaud in Bern."}


def blocks(page):
    """Give those without a name; programs with one are run beside a gateway."""
    found = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [code for code in found if not re.match(r"# \w+\.py\n", code)]


@pytest.mark.parametrize("page", ["README.md", "docs/how-to/run.md"])
def test_extracting_in_python_prints_an_event(page, capsys):
    [code] = blocks(page)
    exec(compile(code, page, "exec"), {})  # noqa: S102 - our own page
    assert "meeting asserted" in capsys.readouterr().out


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with EmbeddedServer(tmp_path_factory.mktemp("how-to")) as server:
        yield server.url


@pytest.mark.redis
def test_submitting_in_python_works(url, tmp_path, monkeypatch, capsys):
    """There is no worker: what waits for a result is told that it failed."""
    page = "docs/how-to/submit-from-another-service.md"
    (tmp_path / "archive.jsonl").write_text(json.dumps(ARTICLE) + "\n{broken\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEPESCHE_REDIS_URL", url)
    failure = Failure(code="extraction_failed", family="defect", message="x", attempts=1, failed_at="2025-11-05T08:00Z")
    monkeypatch.setattr(Client, "wait", lambda *_, **__: failure)
    known = {"article": Article(**ARTICLE)}
    for code in blocks(page):
        exec(compile(code.replace("redis://queue.example:6379/0", url), page, "exec"), known)  # noqa: S102
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "bote-2025-11-05-17 1 queued"
    assert printed[1].startswith("json_invalid ")
    assert printed[2] == "extraction_failed x"
