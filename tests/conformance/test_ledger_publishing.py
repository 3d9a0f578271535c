"""What a ledger publishes: each event once, retractions of those that no longer hold, one result for each revision."""

import itertools
from collections import Counter

from schemas.names import STREAM_EVENTS, STREAM_FAILURES, STREAM_RESULTS


def test_finished_article_is_published_once(world, ledger, make):
    """A second result for it changes nothing."""
    ledger.accept([make.work()])
    lease = world.begin()
    assert ledger.finish(lease, make.result(lease, "e1", "e2")) == "published"
    assert ledger.finish(lease, make.result(lease, "e1", "e2")) == "done"
    assert ledger.start("a", holder="m").verdict == "done"
    assert ledger.status("a").status == "done"
    assert ledger.result("a") == make.result(lease, "e1", "e2")
    assert world.events() == [("depesche.event.v1", "e1"), ("depesche.event.v1", "e2")]
    assert len(world.published(STREAM_RESULTS)) == 1


def test_article_without_events_has_a_result(world, ledger, make):
    ledger.accept([make.work()])
    lease = world.begin()
    ledger.finish(lease, make.result(lease))
    assert world.events() == []
    assert [data["data"]["events"] for _, _, data in world.published(STREAM_RESULTS)] == [[]]


def test_entries_carry_id_and_type_of_their_cloudevent(world, ledger, make):
    ledger.accept([make.work()])
    lease = world.begin()
    ledger.finish(lease, make.result(lease, "e1"))
    for kind, entry_id, data in world.published(STREAM_EVENTS) + world.published(STREAM_RESULTS):
        assert (data["type"], data["id"], data["subject"], data["specversion"]) == (kind, entry_id, "a", "1.0")


def test_new_revision_retracts_what_no_longer_holds(world, ledger, make):
    """Retractions come first and name both revisions; what still holds is not announced again."""
    for text, found in (("eins", ("e1", "e2")), ("zwei", ("e2", "e3"))):
        ledger.accept([make.work(text)])
        lease = world.begin()
        ledger.finish(lease, make.result(lease, *found))
    assert world.events()[2:] == [("depesche.event.retracted.v1", "e1"), ("depesche.event.v1", "e3")]
    retraction = world.published(STREAM_EVENTS)[2][2]["data"]
    assert (retraction["revision"], retraction["replaced_by"], retraction["article_id"]) == (1, 2, "a")
    assert ledger.result("a").revision == 2


def test_returning_events_have_new_cloudevent_ids(world, ledger, make):
    """A reader that skips ids it has seen must not skip an event that holds again."""
    for text, found in (("eins", "e1"), ("zwei", "e2"), ("eins", "e1")):
        ledger.accept([make.work(text)])
        lease = world.begin()
        ledger.finish(lease, make.result(lease, found))
    ids = [entry_id for _, entry_id, _ in world.published(STREAM_EVENTS)]
    assert len(ids) == len(set(ids)) == 5


def test_overtaken_revision_publishes_nothing(world, ledger, make):
    """A worker that is still at the earlier content finds itself overtaken."""
    ledger.accept([make.work("eins")])
    old = world.begin(holder="m1")
    ledger.accept([make.work("zwei")])
    assert ledger.finish(old, make.result(old, "e1")) == "stale"
    assert ledger.fail(old, make.failure(old)) == "stale"
    new = world.begin(holder="m2")
    assert ledger.finish(new, make.result(new, "e2")) == "published"
    assert world.events() == [("depesche.event.v1", "e2")]


def test_whatever_order_of_calls_gives_one_outcome(world, ledger, make):
    """Every interleaving of two workers at one article publishes exactly one result or one failure."""
    for number, order in enumerate(set(itertools.permutations("1122"))):
        name = f"a{number}"
        ledger.accept([make.work(article_id=name)])
        leases = {}
        for step in order:
            if step not in leases:
                leases[step] = ledger.start(name, holder="same").lease
            elif leases[step] is None:
                continue  # the other one was quicker
            elif step == "1":
                ledger.finish(leases[step], make.result(leases[step], f"e-{name}"))
            else:
                ledger.fail(leases[step], make.failure(leases[step]))
    ended = world.published(STREAM_RESULTS) + world.published(STREAM_FAILURES)
    assert Counter(data["subject"] for _, _, data in ended) == {f"a{n}": 1 for n in range(6)}
