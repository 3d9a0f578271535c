"""What every ledger promises: one result or one failure for each article, whatever happens to the messages."""

import itertools
from collections import Counter
from datetime import UTC, datetime

import pytest

from ledger.record import Outcomes, Work
from schemas import Article, Event, ExtractorInfo, Failure, Mention, Result, content_hash
from schemas.article import ArticleInfo
from schemas.model import Extent
from schemas.names import STREAM_EVENTS, STREAM_FAILURES, STREAM_RESULTS

NOW = datetime(2025, 11, 5, 9, 0, tzinfo=UTC)


def work(text="eins", article_id="a", queue="live", limit_s=30):
    article = Article(id=article_id, text=text, metadata={"desk": None, "n": 1.5})
    return Work(article_id, content_hash(article), article, queue=queue, limit_s=limit_s)


def result_of(lease, *event_ids, version="1"):
    whole = Extent(start=0, end=1)
    return Result(
        article_id=lease.article_id,
        revision=lease.revision,
        content_hash=lease.content_hash,
        article=ArticleInfo(),
        language="de",
        events=tuple(
            Event(
                id=each,
                type="meeting",
                mentions=(Mention(text="x", start=0, end=1, sentence=whole, section="lead"),),
                factuality="asserted",
                confidence=1,
            )
            for each in event_ids
        ),
        extractor=ExtractorInfo(version=version, language_pack="p", model="m"),
        extracted_at=NOW,
        elapsed_ms=1,
    )


def failure_of(lease, code="extraction_failed", family="defect"):
    return Failure(
        article_id=lease.article_id,
        revision=lease.revision,
        code=code,
        family=family,
        message="expected a result, found none",
        attempts=lease.attempt,
        failed_at=NOW,
        article=lease.article,
    )


def begin(ledger, article_id="a", holder="m"):
    start = ledger.start(article_id, holder=holder)
    assert start.verdict == "started"
    return start.lease


def events(world):
    return [
        (kind, data["data"].get("id") or data["data"]["event_id"]) for kind, _, data in world.published(STREAM_EVENTS)
    ]


def test_unknown_article_has_no_status(ledger):
    assert ledger.status("a").status == "unknown"
    assert ledger.result("a") is None
    assert ledger.failure("a") is None
    assert ledger.start("a", holder="m").verdict == "unknown"


def test_same_content_is_the_same_work(ledger):
    """However often it is handed in, also twice in one call."""
    first, second = ledger.accept([work(), work()])
    (third,) = ledger.accept([work()])
    assert [each.is_new for each in (first, second, third)] == [True, False, False]
    assert {each.revision for each in (first, second, third)} == {1}


def test_article_that_was_never_sent_is_to_be_sent_by_the_next_submitter(ledger):
    """The one before died, or its queue was away; nobody needs to wait for the sweeper then."""
    assert [ledger.accept([work()])[0].is_to_send for _ in range(2)] == [True, True]
    ledger.mark_sent(["a"])
    assert ledger.accept([work()])[0].is_to_send is False


@pytest.mark.parametrize("until", ["running", "done"])
def test_article_that_somebody_took_is_not_to_be_sent(ledger, until):
    ledger.accept([work()])
    lease = begin(ledger)
    if until == "done":
        ledger.finish(lease, result_of(lease))
    assert ledger.accept([work()])[0].is_to_send is False


def test_other_content_is_the_next_revision(ledger):
    """Going back to an earlier content is a new revision too."""
    assert [ledger.accept([work(text)])[0].revision for text in ("eins", "zwei", "eins")] == [1, 2, 3]


def test_article_comes_back_as_it_was(ledger):
    """With its metadata untouched."""
    ledger.accept([work("Ä 😀 \u2028 x")])
    lease = begin(ledger)
    assert lease.article == work("Ä 😀 \u2028 x").article
    assert (lease.revision, lease.attempt, lease.limit_s, lease.previous_events) == (1, 1, 30, ())


def test_finished_article_is_published_once(world, ledger):
    """A second result for it changes nothing."""
    ledger.accept([work()])
    lease = begin(ledger)
    assert ledger.finish(lease, result_of(lease, "e1", "e2")) == "published"
    assert ledger.finish(lease, result_of(lease, "e1", "e2")) == "done"
    assert ledger.start("a", holder="m").verdict == "done"
    assert ledger.status("a").status == "done"
    assert ledger.result("a") == result_of(lease, "e1", "e2")
    assert events(world) == [("depesche.event.v1", "e1"), ("depesche.event.v1", "e2")]
    assert len(world.published(STREAM_RESULTS)) == 1


def test_article_without_events_has_a_result(world, ledger):
    ledger.accept([work()])
    lease = begin(ledger)
    ledger.finish(lease, result_of(lease))
    assert events(world) == []
    assert [data["data"]["events"] for _, _, data in world.published(STREAM_RESULTS)] == [[]]


def test_entries_carry_id_and_type_of_their_cloudevent(world, ledger):
    ledger.accept([work()])
    lease = begin(ledger)
    ledger.finish(lease, result_of(lease, "e1"))
    for kind, entry_id, data in world.published(STREAM_EVENTS) + world.published(STREAM_RESULTS):
        assert (data["type"], data["id"], data["subject"], data["specversion"]) == (kind, entry_id, "a", "1.0")


def test_new_revision_retracts_what_no_longer_holds(world, ledger):
    """Retractions come first and name both revisions; what still holds is not announced again."""
    for text, found in (("eins", ("e1", "e2")), ("zwei", ("e2", "e3"))):
        ledger.accept([work(text)])
        lease = begin(ledger)
        ledger.finish(lease, result_of(lease, *found))
    assert events(world)[2:] == [("depesche.event.retracted.v1", "e1"), ("depesche.event.v1", "e3")]
    retraction = world.published(STREAM_EVENTS)[2][2]["data"]
    assert (retraction["revision"], retraction["replaced_by"], retraction["article_id"]) == (1, 2, "a")
    assert ledger.result("a").revision == 2


def test_returning_events_have_new_cloudevent_ids(world, ledger):
    """A reader that skips ids it has seen must not skip an event that holds again."""
    for text, found in (("eins", "e1"), ("zwei", "e2"), ("eins", "e1")):
        ledger.accept([work(text)])
        lease = begin(ledger)
        ledger.finish(lease, result_of(lease, found))
    ids = [entry_id for _, entry_id, _ in world.published(STREAM_EVENTS)]
    assert len(ids) == len(set(ids)) == 5


def test_overtaken_revision_publishes_nothing(world, ledger):
    """A worker that is still at the earlier content finds itself overtaken."""
    ledger.accept([work("eins")])
    old = begin(ledger, holder="m1")
    ledger.accept([work("zwei")])
    assert ledger.finish(old, result_of(old, "e1")) == "stale"
    assert ledger.fail(old, failure_of(old)) == "stale"
    new = begin(ledger, holder="m2")
    assert ledger.finish(new, result_of(new, "e2")) == "published"
    assert events(world) == [("depesche.event.v1", "e2")]


def test_duplicate_message_costs_no_attempt(ledger):
    """While somebody is at the article, another message finds it busy."""
    ledger.accept([work()])
    begin(ledger, holder="m1")
    assert [ledger.start("a", holder=f"m{n}").verdict for n in range(2, 9)] == ["busy"] * 7
    assert ledger.status("a").attempts == 1


def test_same_message_again_is_another_attempt(ledger):
    """The broker delivers a message again when the process that had it died."""
    ledger.accept([work()])
    assert [begin(ledger, holder="m").attempt for _ in range(3)] == [1, 2, 3]
    exhausted = ledger.start("a", holder="m")
    assert (exhausted.verdict, exhausted.lease.attempt) == ("exhausted", 3)
    assert exhausted.lease.article == work().article


def test_failure_is_recorded_once(world, ledger):
    """With what came in kept in one place, and out of the stream."""
    ledger.accept([work()])
    lease = begin(ledger)
    assert ledger.fail(lease, failure_of(lease)) == "recorded"
    assert ledger.fail(lease, failure_of(lease)) == "failed"
    assert ledger.finish(lease, result_of(lease, "e1")) == "failed"
    assert ledger.start("a", holder="m").verdict == "failed"
    assert ledger.failure("a").failure == failure_of(lease)
    assert [data["data"]["article"] for _, _, data in world.published(STREAM_FAILURES)] == [None]
    assert events(world) == world.published(STREAM_RESULTS) == []
    status = ledger.status("a")
    assert (status.status, status.failure.code) == ("failed", "extraction_failed")


def test_late_failure_of_a_done_article_is_dropped(world, ledger):
    ledger.accept([work()])
    first = begin(ledger)
    second = begin(ledger)
    ledger.finish(second, result_of(second))
    assert ledger.fail(first, failure_of(first)) == "done"
    assert world.published(STREAM_FAILURES) == []


def test_retry_waits_and_is_bounded(world, ledger):
    """Each failed attempt sends the article back after a delay, until none is left."""
    ledger.accept([work()])
    verdicts = []
    for attempt in (1, 2, 3):
        lease = begin(ledger, holder=f"m{attempt}")
        verdicts.append(ledger.fail(lease, failure_of(lease, "time_limit_exceeded"), retry=True))
        assert ledger.sweep() == []
        world.advance(5 * attempt + 1)
        assert [each.article_id for each in ledger.sweep()] == (["a"] if attempt < 3 else [])
    assert verdicts == ["retry", "retry", "recorded"]
    assert ledger.status("a").failure.attempts == 3


def test_next_attempt_knows_why_the_last_one_failed(ledger):
    ledger.accept([work()])
    lease = begin(ledger)
    ledger.fail(lease, failure_of(lease, "time_limit_exceeded"), retry=True)
    assert begin(ledger, holder="m2").cause == "time_limit_exceeded"


def test_retry_of_an_earlier_attempt_leaves_the_later_one_alone(ledger):
    ledger.accept([work()])
    first = begin(ledger)
    begin(ledger)
    assert ledger.fail(first, failure_of(first), retry=True) == "stale"
    assert ledger.status("a").status == "running"


def test_lost_run_is_swept_once(world, ledger):
    """After its limit and a margin, one sweeper gets it, the others nothing."""
    ledger.accept([work(queue="backfill", limit_s=30)])
    ledger.mark_sent(["a"])
    begin(ledger)
    world.advance(44)
    assert ledger.sweep() == []
    world.advance(2)
    (lost,) = ledger.sweep()
    assert (lost.article_id, lost.queue, lost.limit_s, lost.size) == ("a", "backfill", 30, 4)
    assert ledger.sweep() == []
    assert begin(ledger, holder="m2").attempt == 2


def test_unsent_article_is_swept(world, ledger):
    """The producer died between accepting and sending."""
    ledger.accept([work()])
    world.wait_on("live", 5)
    world.advance(61)
    assert [each.article_id for each in ledger.sweep()] == ["a"]


@pytest.mark.parametrize(("waiting", "expected"), [(5, []), (0, ["a"])], ids=["list-not-empty", "list-empty"])
def test_sent_article_may_wait_its_turn(world, ledger, waiting, expected):
    """As long as messages wait in the list, its own is most likely among them."""
    ledger.accept([work()])
    if waiting:
        world.wait_on("live", waiting)
    ledger.mark_sent(["a"])
    world.advance(70)
    assert [each.article_id for each in ledger.sweep()] == expected


def test_patience_with_a_full_list_ends(world, ledger):
    """A message that got lost in a list that never empties is sent again after an hour."""
    ledger.accept([work()])
    world.wait_on("live", 5)
    ledger.mark_sent(["a"])
    swept = []
    for _ in range(70):
        world.advance(60)
        found = [each.article_id for each in ledger.sweep()]
        ledger.mark_sent(found)
        swept += found
    assert swept == ["a"]


def test_queue_elsewhere_is_trusted_with_its_messages(elsewhere):
    """How many wait there, the ledger does not know: it waits as long as for a full list."""
    elsewhere.ledger.accept([work()])
    elsewhere.ledger.mark_sent(["a"])
    elsewhere.advance(3_590)
    assert elsewhere.ledger.sweep() == []
    elsewhere.advance(20)
    assert [each.article_id for each in elsewhere.ledger.sweep()] == ["a"]


def test_ends_of_the_last_while_are_counted(ledger):
    """By family: the submitter's failures say nothing about the service."""
    bad = [("language_unsupported", "invalid")] * 2 + [("redis_unreachable", "transient"), ("model_missing", "defect")]
    for number, (code, family) in enumerate(bad):
        ledger.accept([work(article_id=f"a-{number}")])
        lease = begin(ledger, f"a-{number}")
        for _ in range(2):  # a second time changes nothing
            ledger.fail(lease, failure_of(lease, code, family))
    ledger.accept([work(article_id="good")])
    lease = begin(ledger, "good")
    for _ in range(2):
        ledger.finish(lease, result_of(lease))
    found = ledger.outcomes(window_s=600)
    assert found == Outcomes(done=1, invalid=2, transient=1, defect=1)
    assert (found.bad, found.judged) == (2, 3)


def test_attempt_that_goes_back_is_no_end(ledger):
    ledger.accept([work()])
    lease = begin(ledger)
    ledger.fail(lease, failure_of(lease), retry=True)
    assert ledger.outcomes(window_s=600) == Outcomes()


def test_marking_an_article_as_sent_that_is_running_keeps_its_lease(world, ledger):
    """A worker may be quicker than the producer's second call."""
    ledger.accept([work()])
    begin(ledger)
    ledger.mark_sent(["a", "unknown"])
    world.advance(46)
    assert [each.article_id for each in ledger.sweep()] == ["a"]


def test_sweep_takes_so_many_at_most(world, ledger):
    ledger.accept([work(article_id=f"a{n}") for n in range(7)])
    world.advance(61)
    taken = [len(ledger.sweep(limit=3)) for _ in range(4)]
    assert taken == [3, 3, 1, 0]


def test_done_article_is_worked_on_again_only_on_demand(world, ledger):
    """A new extractor version may find other events in the same content."""
    for again, found in ((False, ("e1", "e2")), (True, ("e2", "e3"))):
        assert ledger.accept([work()], again=again)[0].is_new
        lease = begin(ledger, holder=str(again))
        ledger.finish(lease, result_of(lease, *found, version=str(again)))
    assert ledger.result("a").revision == 1
    assert events(world)[2:] == [("depesche.event.retracted.v1", "e1"), ("depesche.event.v1", "e3")]


def test_demand_while_it_is_under_way_changes_nothing(ledger):
    ledger.accept([work()])
    begin(ledger)
    assert not ledger.accept([work()], again=True)[0].is_new
    assert ledger.status("a").status == "running"


@pytest.mark.parametrize("change", ["again", "other-content"])
def test_failed_article_that_comes_again_has_no_failure_any_more(ledger, change):
    ledger.accept([work()])
    lease = begin(ledger)
    ledger.fail(lease, failure_of(lease))
    assert ledger.accept([work()])[0].status == "failed"
    ledger.accept([work("zwei" if change == "other-content" else "eins")], again=change == "again")
    assert (ledger.failures(), ledger.failure("a"), ledger.status("a").status) == ([], None, "queued")
    assert begin(ledger, holder="m2").attempt == 1


def test_failures_are_listed_latest_first(ledger):
    for name in ("a", "b", "c"):
        ledger.accept([work(article_id=name)])
        lease = begin(ledger, name)
        ledger.fail(lease, failure_of(lease))
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


def test_whatever_order_of_calls_gives_one_outcome(world, ledger):
    """Every interleaving of two workers at one article publishes exactly one result or one failure."""
    for number, order in enumerate(set(itertools.permutations("1122"))):
        name = f"a{number}"
        ledger.accept([work(article_id=name)])
        leases = {}
        for step in order:
            if step not in leases:
                leases[step] = ledger.start(name, holder="same").lease
            elif leases[step] is None:
                continue  # the other one was quicker
            elif step == "1":
                ledger.finish(leases[step], result_of(leases[step], f"e-{name}"))
            else:
                ledger.fail(leases[step], failure_of(leases[step]))
    ended = world.published(STREAM_RESULTS) + world.published(STREAM_FAILURES)
    assert Counter(data["subject"] for _, _, data in ended) == {f"a{n}": 1 for n in range(6)}


def publish(ledger, *event_ids, text="eins"):
    ledger.accept([work(text)])
    lease = ledger.start("a", holder=text).lease
    assert ledger.finish(lease, result_of(lease, *event_ids)) == "published"


def test_deleted_article_leaves_nothing_and_its_events_are_retracted(world, ledger):
    publish(ledger, "e1", "e2")
    assert ledger.delete("a")
    assert (ledger.status("a").status, ledger.result("a")) == ("unknown", None)
    gone = [data["data"] for kind, _, data in world.published(STREAM_EVENTS) if kind == "depesche.event.retracted.v1"]
    assert sorted((each["event_id"], each["replaced_by"]) for each in gone) == [("e1", None), ("e2", None)]
    assert not ledger.delete("a")


def test_deleted_article_that_comes_back_repeats_no_id(world, ledger):
    """A reader skips messages that it has seen; it must not skip these."""
    publish(ledger, "e1")
    ledger.delete("a")
    publish(ledger, "e1")
    assert ledger.status("a").revision == 2
    ids = [identity for _, identity, _ in world.published(STREAM_EVENTS)]
    assert len(ids) == len(set(ids)) == 3


def test_article_deleted_while_it_is_worked_on_publishes_nothing(world, ledger):
    ledger.accept([work()])
    lease = ledger.start("a", holder="m").lease
    assert ledger.delete("a")
    assert ledger.finish(lease, result_of(lease, "e1")) == "unknown"
    assert world.published(STREAM_EVENTS) == []
    assert ledger.sweep() == []


def test_failure_can_be_deleted(ledger):
    ledger.accept([work()])
    lease = ledger.start("a", holder="m").lease
    ledger.fail(lease, failure_of(lease))
    assert ledger.delete("a")
    assert ledger.failures() == []
    assert not ledger.delete("never seen")
