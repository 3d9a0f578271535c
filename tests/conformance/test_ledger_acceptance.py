"""What a ledger does with an article that is handed in: the same again, or the next revision."""

import pytest


def test_unknown_article_has_no_status(ledger):
    assert ledger.status("a").status == "unknown"
    assert ledger.result("a") is None
    assert ledger.failure("a") is None
    assert ledger.start("a", holder="m").verdict == "unknown"


def test_same_content_is_the_same_work(ledger, make):
    """However often it is handed in, also twice in one call."""
    first, second = ledger.accept([make.work(), make.work()])
    (third,) = ledger.accept([make.work()])
    assert [each.is_new for each in (first, second, third)] == [True, False, False]
    assert {each.revision for each in (first, second, third)} == {1}


def test_article_that_was_never_sent_is_to_be_sent_by_the_next_submitter(ledger, make):
    """The one before died, or its queue was away; nobody needs to wait for the sweeper then."""
    assert [ledger.accept([make.work()])[0].is_to_send for _ in range(2)] == [True, True]
    ledger.mark_sent(["a"])
    assert ledger.accept([make.work()])[0].is_to_send is False


@pytest.mark.parametrize("until", ["running", "done"])
def test_article_that_somebody_took_is_not_to_be_sent(ledger, until, world, make):
    ledger.accept([make.work()])
    lease = world.begin()
    if until == "done":
        ledger.finish(lease, make.result(lease))
    assert ledger.accept([make.work()])[0].is_to_send is False


def test_other_content_is_the_next_revision(ledger, make):
    """Going back to an earlier content is a new revision too."""
    assert [ledger.accept([make.work(text)])[0].revision for text in ("eins", "zwei", "eins")] == [1, 2, 3]


def test_article_comes_back_as_it_was(ledger, world, make):
    """With its metadata untouched."""
    ledger.accept([make.work("Ä 😀 \u2028 x")])
    lease = world.begin()
    assert lease.article == make.work("Ä 😀 \u2028 x").article
    assert (lease.revision, lease.attempt, lease.limit_s, lease.previous_events) == (1, 1, 30, ())


def test_done_article_is_worked_on_again_only_on_demand(world, ledger, make):
    """A new extractor version may find other events in the same content."""
    for again, found in ((False, ("e1", "e2")), (True, ("e2", "e3"))):
        assert ledger.accept([make.work()], again=again)[0].is_new
        lease = world.begin(holder=str(again))
        ledger.finish(lease, make.result(lease, *found, version=str(again)))
    assert ledger.result("a").revision == 1
    assert world.events()[2:] == [("depesche.event.retracted.v1", "e1"), ("depesche.event.v1", "e3")]


def test_demand_while_it_is_under_way_changes_nothing(ledger, world, make):
    ledger.accept([make.work()])
    world.begin()
    assert not ledger.accept([make.work()], again=True)[0].is_new
    assert ledger.status("a").status == "running"


@pytest.mark.parametrize("change", ["again", "other-content"])
def test_failed_article_that_comes_again_has_no_failure_any_more(ledger, change, world, make):
    ledger.accept([make.work()])
    lease = world.begin()
    ledger.fail(lease, make.failure(lease))
    assert ledger.accept([make.work()])[0].status == "failed"
    ledger.accept([make.work("zwei" if change == "other-content" else "eins")], again=change == "again")
    assert (ledger.failures(), ledger.failure("a"), ledger.status("a").status) == ([], None, "queued")
    assert world.begin(holder="m2").attempt == 1
