"""How a ledger finds again what got lost: each overdue article is given to one sweeper."""

import pytest


def test_lost_run_is_swept_once(world, ledger, make):
    """After its limit and a margin, one sweeper gets it, the others nothing."""
    ledger.accept([make.work(queue="backfill", limit_s=30)])
    ledger.mark_sent(["a"])
    world.begin()
    world.advance(44)
    assert ledger.sweep() == []
    world.advance(2)
    (lost,) = ledger.sweep()
    assert (lost.article_id, lost.queue, lost.limit_s, lost.size) == ("a", "backfill", 30, 4)
    assert ledger.sweep() == []
    assert world.begin(holder="m2").attempt == 2


def test_unsent_article_is_swept(world, ledger, make):
    """The producer died between accepting and sending."""
    ledger.accept([make.work()])
    world.wait_on("live", 5)
    world.advance(61)
    assert [each.article_id for each in ledger.sweep()] == ["a"]


@pytest.mark.parametrize(("waiting", "expected"), [(5, []), (0, ["a"])], ids=["list-not-empty", "list-empty"])
def test_sent_article_may_wait_its_turn(world, ledger, waiting, expected, make):
    """As long as messages wait in the list, its own is most likely among them."""
    ledger.accept([make.work()])
    if waiting:
        world.wait_on("live", waiting)
    ledger.mark_sent(["a"])
    world.advance(70)
    assert [each.article_id for each in ledger.sweep()] == expected


def test_patience_with_a_full_list_ends(world, ledger, make):
    """A message that got lost in a list that never empties is sent again after an hour."""
    ledger.accept([make.work()])
    world.wait_on("live", 5)
    ledger.mark_sent(["a"])
    swept = []
    for _ in range(70):
        world.advance(60)
        found = [each.article_id for each in ledger.sweep()]
        ledger.mark_sent(found)
        swept += found
    assert swept == ["a"]


def test_queue_elsewhere_is_trusted_with_its_messages(elsewhere, make):
    """How many wait there, the ledger does not know: it waits as long as for a full list."""
    elsewhere.ledger.accept([make.work()])
    elsewhere.ledger.mark_sent(["a"])
    elsewhere.advance(3_590)
    assert elsewhere.ledger.sweep() == []
    elsewhere.advance(20)
    assert [each.article_id for each in elsewhere.ledger.sweep()] == ["a"]


def test_marking_an_article_as_sent_that_is_running_keeps_its_lease(world, ledger, make):
    """A worker may be quicker than the producer's second call."""
    ledger.accept([make.work()])
    world.begin()
    ledger.mark_sent(["a", "unknown"])
    world.advance(46)
    assert [each.article_id for each in ledger.sweep()] == ["a"]


def test_sweep_takes_so_many_at_most(world, ledger, make):
    ledger.accept([make.work(article_id=f"a{n}") for n in range(7)])
    world.advance(61)
    taken = [len(ledger.sweep(limit=3)) for _ in range(4)]
    assert taken == [3, 3, 1, 0]
