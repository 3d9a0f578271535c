"""Extraction in this process: several articles together, and none waits for what has not come yet."""

import threading

import pytest

from cli.engine import inline
from cli.engine.done import Extracted
from cli.engine.inline import TOGETHER, extract_here
from cli.reading.inputs import Read, Refused
from schemas.article import Article
from schemas.errors import DepescheError, Invalid


class Recording:
    """Notes what goes together; refuses what says so."""

    def __init__(self, **_options):
        self.batches = batches

    def run_many(self, articles):
        self.batches.append([article.id for article in articles])
        for article in articles:
            yield Invalid("x", code="language_unsupported") if "français" in article.text else Extracted(article)


batches: list[list[str]] = []


@pytest.fixture(autouse=True)
def recording(monkeypatch):
    batches.clear()
    monkeypatch.setattr(inline, "Extraction", Recording)


def read(name, text="traf", size=1):
    return Read(Article(id=name, text=text), where=f"{name}.json", size=size)


def ids(stream):
    return [done.outcome.result.id if isinstance(done.outcome, Extracted) else None for done in stream]


def test_all_come_once_and_in_order():
    """Whatever went together."""
    names = [str(number) for number in range(5 * TOGETHER + 3)]
    assert ids(extract_here(map(read, names), explain=False)) == names
    assert [name for batch in batches for name in batch] == names
    assert max(map(len, batches)) <= TOGETHER


def test_refused_and_failed_ones_keep_their_place():
    """An input that is no article takes no outcome of another."""
    inputs = [read("a"), Refused(Invalid("x"), "b", 1), read("c", "en français"), read("d")]
    found = list(extract_here(inputs, explain=False))
    assert [done.input for done in found] == inputs
    assert found[1].outcome is None
    assert isinstance(found[2].outcome, DepescheError)
    assert "c.json" in found[2].outcome.message
    assert found[3].outcome.result.id == "d"


def test_bad_input_alone_loads_nothing(monkeypatch):
    """It is refused at once."""
    monkeypatch.setattr(inline, "Extraction", None)
    [done] = extract_here([Refused(Invalid("x"), "b", 1)], explain=False)
    assert done.outcome is None


def test_a_result_does_not_wait_for_the_next_article():
    """A slow producer gets each result before it sends the next article."""
    came = threading.Event()

    def inputs():
        yield read("a")
        assert came.wait(timeout=60)
        yield read("b")

    stream = extract_here(inputs(), explain=False)
    assert next(stream).outcome.result.id == "a"
    came.set()
    assert next(stream).outcome.result.id == "b"


def test_long_articles_go_alone(monkeypatch):
    """Memory stays flat: with many bytes nothing more joins."""
    monkeypatch.setattr(inline, "TOGETHER_BYTES", 10)
    assert ids(extract_here([read(str(number), size=10) for number in range(6)], explain=False)) == list("012345")
    assert all(len(batch) == 1 for batch in batches)
