"""What a ledger keeps of what failed, and how it counts the ends of the last while."""

from datetime import UTC, datetime

from ledger.record import Outcomes
from schemas import Failure
from schemas.names import STREAM_FAILURES, STREAM_RESULTS

NOW = datetime(2025, 11, 5, 9, 0, tzinfo=UTC)


def test_failure_is_recorded_once(world, ledger, make):
    """With what came in kept in one place, and out of the stream."""
    ledger.accept([make.work()])
    lease = world.begin()
    assert ledger.fail(lease, make.failure(lease)) == "recorded"
    assert ledger.fail(lease, make.failure(lease)) == "failed"
    assert ledger.finish(lease, make.result(lease, "e1")) == "failed"
    assert ledger.start("a", holder="m").verdict == "failed"
    assert ledger.failure("a").failure == make.failure(lease)
    assert [data["data"]["article"] for _, _, data in world.published(STREAM_FAILURES)] == [None]
    assert world.events() == world.published(STREAM_RESULTS) == []
    status = ledger.status("a")
    assert (status.status, status.failure.code) == ("failed", "extraction_failed")


def test_late_failure_of_a_done_article_is_dropped(world, ledger, make):
    ledger.accept([make.work()])
    first = world.begin()
    second = world.begin()
    ledger.finish(second, make.result(second))
    assert ledger.fail(first, make.failure(first)) == "done"
    assert world.published(STREAM_FAILURES) == []


def test_failures_are_listed_latest_first(ledger, world, make):
    for name in ("a", "b", "c"):
        ledger.accept([make.work(article_id=name)])
        lease = world.begin(name)
        ledger.fail(lease, make.failure(lease))
    assert {each.failure_id for each in ledger.failures()} == {"a", "b", "c"}
    assert len(ledger.failures(limit=2)) == 2
    assert ledger.failure_ids() == [each.failure_id for each in reversed(ledger.failures())]


def test_failure_of_something_unreadable_is_kept_once(world, ledger):
    """It has no article; the same bytes again are the same failure."""
    failure = Failure(
        code="json_invalid", family="invalid", message="found no JSON", attempts=0, failed_at=NOW, raw="AAAA"
    )
    assert [ledger.record_failure(failure, failure_id="entry-1") for _ in range(2)] == [True, False]
    assert ledger.failure("entry-1").failure == failure
    assert [data["subject"] for _, _, data in world.published(STREAM_FAILURES)] == ["entry-1"]


def test_ends_of_the_last_while_are_counted(ledger, world, make):
    """By family: the submitter's failures say nothing about the service."""
    bad = [("language_unsupported", "invalid")] * 2 + [("redis_unreachable", "transient"), ("model_missing", "defect")]
    for number, (code, family) in enumerate(bad):
        ledger.accept([make.work(article_id=f"a-{number}")])
        lease = world.begin(f"a-{number}")
        for _ in range(2):  # a second time changes nothing
            ledger.fail(lease, make.failure(lease, code, family))
    ledger.accept([make.work(article_id="good")])
    lease = world.begin("good")
    for _ in range(2):
        ledger.finish(lease, make.result(lease))
    found = ledger.outcomes(window_s=600)
    assert found == Outcomes(done=1, invalid=2, transient=1, defect=1)
    assert (found.bad, found.judged) == (2, 3)


def test_attempt_that_goes_back_is_no_end(ledger, world, make):
    ledger.accept([make.work()])
    lease = world.begin()
    ledger.fail(lease, make.failure(lease), retry=True)
    assert ledger.outcomes(window_s=600) == Outcomes()
