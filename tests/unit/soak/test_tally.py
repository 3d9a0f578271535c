"""The count of what became of the articles finds what is missing and what is double."""

import json
from dataclasses import replace

import pytest

from benchmarks.soak.figures import Figures
from benchmarks.soak.tally import Tally
from schemas.names import STREAM_EVENTS, STREAM_FAILURES, STREAM_RESULTS


def result(article_id, *events):
    data = {"article_id": article_id, "events": [{"id": each} for each in events]}
    return {"type": "result", "subject": article_id, "data": data}


def failure(article_id, code="extraction_failed"):
    return {"type": "failure", "subject": article_id, "data": {"article_id": article_id, "code": code}}


def event(event_id, kind="event"):
    return {"type": kind, "subject": "a", "data": {"id": event_id} if kind == "event" else {"event_id": event_id}}


class Streams:
    """As much of a server as is read; page by page, as the real one."""

    def __init__(self, **streams):
        self.streams = {STREAM_RESULTS: [], STREAM_FAILURES: [], STREAM_EVENTS: [], **streams}

    def xrange(self, stream, **page):
        after = 0 if page["min"] == "-" else int(page["min"][1:].partition("-")[0])
        entries = [(f"{n}-0", {"event": json.dumps(each)}) for n, each in enumerate(self.streams[stream], 1)]
        return entries[after : after + 2]


def tally(results=(), failures=(), events=()):
    return Tally(Streams(**{STREAM_RESULTS: results, STREAM_FAILURES: failures, STREAM_EVENTS: events})).read()


@pytest.mark.parametrize(
    ("published", "lost", "twice"),
    [
        ({"results": [result("a"), result("b")]}, [], []),
        ({"results": [result("a")], "failures": [failure("b")]}, [], []),
        ({"results": [result("a")]}, ["b"], []),
        ({"results": [result("a"), result("b"), result("a")]}, [], ["a"]),
        ({"results": [result("a"), result("b")], "failures": [failure("b")]}, [], ["b"]),
        ({"results": [result("a"), result("b")], "events": [event("x"), event("x")]}, [], ["event x"]),
        ({"results": [result("a"), result("b")], "events": [event("x"), event("x", "retracted")]}, [], []),
    ],
    ids=["done", "failed", "lost", "result-twice", "result-and-failure", "event-twice", "announced-and-retracted"],
)
def test_each_article_is_counted_to_one_end(published, lost, twice):
    found = tally(**published)
    assert found.lost(["a", "b"]) == lost
    assert found.twice() == twice


def test_second_look_goes_on_where_the_first_ended():
    """Otherwise everything would look as if it were there twice."""
    found = tally(results=[result("a"), result("b"), result("c")])
    found.client.streams[STREAM_RESULTS].append(result("d"))
    assert found.read().read().ended() == 4
    assert found.twice() == []


@pytest.mark.parametrize(
    ("events", "missing"),
    [
        ([event("x"), event("y")], []),
        ([event("x")], ["y"]),
        ([], ["x", "y"]),
        ([event("x"), event("y"), event("y", "retracted")], []),
    ],
    ids=["both", "one", "none", "retracted-later"],
)
def test_event_of_a_result_was_announced(events, missing):
    """A result without its events would be half a loss."""
    assert tally(results=[result("a", "x", "y")], events=events).unannounced() == missing


FIGURES = Figures(
    minutes=1,
    acknowledged=2,
    by_http=1,
    refused=0,
    ended=2,
    failed={},
    lost=0,
    unannounced=0,
    twice=0,
    faults={},
    small_disk=True,
)


def test_good_figures_are_good():
    assert FIGURES.is_good


@pytest.mark.parametrize("bad", [{"lost": 1}, {"twice": 1}, {"unannounced": 1}, {"acknowledged": 0}], ids=str)
def test_anything_amiss_is_not_good(bad):
    """One is enough; and a run in which nothing was taken shows nothing."""
    assert not replace(FIGURES, **bad).is_good
