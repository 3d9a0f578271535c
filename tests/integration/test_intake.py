"""The bridge from the plain stream into the queue, on a real server."""

import base64
import json
import threading

import pytest

from ledger.connection import open_redis
from producer.intake import Intake
from schemas.names import GROUP_INTAKE, KEY_LEASES, QUEUE_LIVE, STREAM_ARTICLES, STREAM_FAILURES

pytestmark = pytest.mark.redis


@pytest.fixture
def intake(settings):
    intake = Intake.open(settings)
    yield intake
    intake.close()


@pytest.fixture
def hand_in(ledger):
    def add(**fields):
        return ledger.client.xadd(STREAM_ARTICLES, fields)

    return add


def article(identity, text="Sie traf ihn in Bern."):
    return json.dumps({"id": identity, "text": text})


def test_articles_get_into_the_queue_and_leave_the_stream(intake, hand_in, ledger):
    for number in range(3):
        hand_in(article=article(f"a-{number}"))
    assert intake.take() == 3
    assert ledger.client.zcard(KEY_LEASES) == 3
    assert ledger.client.llen(QUEUE_LIVE) == 1
    assert ledger.client.xlen(STREAM_ARTICLES) == 0
    assert intake.take() == 0


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"article": "{"}, "json_invalid", id="broken JSON"),
        pytest.param({"article": ""}, "json_invalid", id="nothing"),
        pytest.param({"article": "{}"}, "field_missing", id="no text"),
        pytest.param({"article": b'{"text": "\xff"}'}, "encoding_invalid", id="no UTF-8"),
        pytest.param({"article": "[" * 100_000}, "json_invalid", id="nested too deep"),
        pytest.param({"text": "Sie traf ihn."}, "field_missing", id="another field"),
        pytest.param({b"\xff": b"\xfe"}, "field_missing", id="bytes everywhere"),
    ],
)
def test_what_is_no_article_becomes_a_failure_with_its_entry(intake, ledger, fields, code):
    """And it stops nothing: the article behind it goes through."""
    entry = ledger.client.xadd(STREAM_ARTICLES, fields)
    ledger.client.xadd(STREAM_ARTICLES, {"article": article("good")})
    assert intake.take() == 2
    (stored,) = ledger.failures()
    assert (stored.failure_id, stored.failure.code) == (f"{STREAM_ARTICLES}:{entry}", code)
    assert entry in stored.failure.message
    assert ledger.client.xlen(STREAM_FAILURES) == 1
    assert ledger.status("good").status == "queued"
    assert ledger.client.xlen(STREAM_ARTICLES) == 0


def test_what_came_in_is_kept_as_it_was(intake, ledger):
    ledger.client.xadd(STREAM_ARTICLES, {"article": b'{"id": "a", "text": "\xff"}'})
    intake.take()
    (stored,) = ledger.failures()
    assert base64.b64decode(stored.failure.raw) == b'{"id": "a", "text": "\xff"}'


def test_what_a_dead_bridge_left_is_taken_over(intake, hand_in, ledger, settings):
    hand_in(article=article("a-1"))
    with open_redis(settings) as dead:
        dead.xgroup_create(STREAM_ARTICLES, GROUP_INTAKE, id="0")
        dead.xreadgroup(GROUP_INTAKE, "dead", {STREAM_ARTICLES: ">"})
    assert intake.take() == 0
    assert intake.take(claim_after_s=0) == 1
    assert ledger.status("a-1").status == "queued"


def test_entry_taken_over_twice_is_one_article(intake, hand_in, ledger):
    """The bridge may die after the hand-over and before the removal."""
    hand_in(article=article("a-1"))
    hand_in(article=article("a-1"))
    intake.take()
    assert ledger.client.zcard(KEY_LEASES) == 1


def test_it_runs_until_it_is_stopped(intake, hand_in, ledger, wait_until):
    """A round may find nothing: what is waited for is the article, and then another round."""
    rounds = threading.Semaphore(0)
    thread = threading.Thread(target=intake.run, kwargs={"on_round": rounds.release})
    thread.start()
    hand_in(article=article("a-1"))
    wait_until(lambda: ledger.status("a-1").status == "queued", what="the article in the queue")
    assert rounds.acquire(timeout=90)
    intake.stop()
    thread.join(90)
    assert not thread.is_alive()
