"""Events over HTTP."""

import pytest

from consumer.received import read_entry
from schemas.names import STREAM_EVENTS


@pytest.fixture
def announce(world, submit):
    def run(article_id, *events):
        submit(article_id)
        world.finish(article_id, *events)
        entries = world.ledger.streams[STREAM_EVENTS]
        world.index.apply(
            [read_entry(f"{n}-0", {"event": each.event}) for n, each in enumerate(entries, start=1)],
            position=f"{len(entries)}-0",
        )

    return run


def test_events_are_found_page_by_page(announce, http):
    announce("a-1", "e1", "e2", "e3")
    first = http.get("/v1/events", params={"participant": "feldt", "limit": 2}).json()
    assert [each["data"]["id"] for each in first["events"]] == ["e3", "e2"]
    rest = http.get("/v1/events", params={"participant": "feldt", "limit": 2, "cursor": first["next_cursor"]}).json()
    assert [each["data"]["id"] for each in rest["events"]] == ["e1"]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("type=meeting&type=offer", 1),
        ("type=talks", 0),
        ("factuality=asserted", 1),
        ("country=CHE", 1),
        ("from=2025-11-04&to=2025-11-04", 1),
        ("from=2025-11-05", 0),
        ("article=a-1", 1),
        ("since=1970-01-01T00:00Z", 1),
        ("since=1970-01-02", 0),
    ],
)
def test_parameters_narrow_down(announce, http, query, count):
    announce("a-1", "e1")
    assert len(http.get(f"/v1/events?{query}").json()["events"]) == count


@pytest.mark.parametrize(
    "query",
    [
        "type=war",
        "factuality=true",
        "country=Switzerland",
        "from=today",
        "to=2025-02-30",
        "since=1",
        "cursor=x",
        "limit=0",
        "limit=501",
        "limit=many",
        "participant=",
    ],
)
def test_bad_parameter_is_a_problem_that_names_it(http, problem, query):
    found = problem(http.get(f"/v1/events?{query}"), 400, "request_invalid")
    assert query.partition("=")[0] in found["detail"]
