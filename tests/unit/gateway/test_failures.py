"""Failures over HTTP: listed without what came in, shown with it, tried again."""

import base64

import pytest

from schemas import Failure


@pytest.fixture
def unreadable(world):
    def record(raw, code="json_invalid", failure_id="depesche:articles:1-0"):
        failure = Failure(
            code=code,
            family="invalid",
            message="expected a JSON object, found broken JSON",
            attempts=0,
            failed_at="2025-11-05T09:00:00Z",
            raw=base64.b64encode(raw).decode() or None,
        )
        world.ledger.record_failure(failure, failure_id=failure_id)
        return failure_id

    return record


def test_failures_are_listed_without_what_came_in(submit, http, world, unreadable):
    submit("a-1")
    world.fail("a-1")
    unreadable(b"{")
    found = http.get("/v1/failures").json()["failures"]
    assert [each["failure_id"] for each in found] == ["depesche:articles:1-0", "a-1"]
    assert {each["failure"]["article"] or each["failure"]["raw"] for each in found} == {None}
    assert len(http.get("/v1/failures?limit=1").json()["failures"]) == 1


def test_failure_is_shown_with_what_came_in(submit, http, world):
    submit("a-1")
    world.fail("a-1")
    assert http.get("/v1/failures/a-1").json()["failure"]["article"]["id"] == "a-1"


def test_failed_article_is_tried_again(submit, http, world, problem):
    submit("a-1")
    world.fail("a-1")
    response = http.post("/v1/failures/a-1/replay")
    assert (response.status_code, response.json()["status"]) == (202, "queued")
    problem(http.get("/v1/failures/a-1"), 404, "not_found")


def test_unreadable_entry_is_read_again(http, unreadable, problem):
    """What was too long may be short enough by now."""
    failure_id = unreadable(b'{"id": "a-9", "text": "Nora Feldt traf Luca Arnaud."}', code="text_too_long")
    assert http.post(f"/v1/failures/{failure_id}/replay").json()["id"] == "a-9"
    problem(http.get(f"/v1/failures/{failure_id}"), 404, "not_found")


def test_unreadable_entry_stays_when_it_still_is(http, unreadable, problem):
    failure_id = unreadable(b"{")
    problem(http.post(f"/v1/failures/{failure_id}/replay"), 400, "json_invalid")
    assert http.get(f"/v1/failures/{failure_id}").status_code == 200


def test_nothing_to_try_again_is_a_problem(http, unreadable, problem):
    problem(http.post(f"/v1/failures/{unreadable(b'')}/replay"), 409, "text_gone")
    problem(http.post("/v1/failures/nobody/replay"), 404, "not_found")
