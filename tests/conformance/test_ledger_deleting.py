"""What is left of an article that is deleted: nothing, and readers are told."""

import pytest

from schemas.names import STREAM_EVENTS


@pytest.fixture
def publish(ledger, make):
    """Publish the article with these events."""

    def run(*event_ids, text="eins"):
        ledger.accept([make.work(text)])
        lease = ledger.start("a", holder=text).lease
        assert ledger.finish(lease, make.result(lease, *event_ids)) == "published"

    return run


def test_deleted_article_leaves_nothing_and_its_events_are_retracted(world, ledger, publish):
    publish("e1", "e2")
    assert ledger.delete("a")
    assert (ledger.status("a").status, ledger.result("a")) == ("unknown", None)
    gone = [data["data"] for kind, _, data in world.published(STREAM_EVENTS) if kind == "depesche.event.retracted.v1"]
    assert sorted((each["event_id"], each["replaced_by"]) for each in gone) == [("e1", None), ("e2", None)]
    assert not ledger.delete("a")


def test_deleted_article_that_comes_back_repeats_no_id(world, ledger, publish):
    """A reader skips messages that it has seen; it must not skip these."""
    publish("e1")
    ledger.delete("a")
    publish("e1")
    assert ledger.status("a").revision == 2
    ids = [identity for _, identity, _ in world.published(STREAM_EVENTS)]
    assert len(ids) == len(set(ids)) == 3


def test_article_deleted_while_it_is_worked_on_publishes_nothing(world, ledger, make):
    ledger.accept([make.work()])
    lease = ledger.start("a", holder="m").lease
    assert ledger.delete("a")
    assert ledger.finish(lease, make.result(lease, "e1")) == "unknown"
    assert world.published(STREAM_EVENTS) == []
    assert ledger.sweep() == []


def test_failure_can_be_deleted(ledger, make):
    ledger.accept([make.work()])
    lease = ledger.start("a", holder="m").lease
    ledger.fail(lease, make.failure(lease))
    assert ledger.delete("a")
    assert ledger.failures() == []
    assert not ledger.delete("never seen")
