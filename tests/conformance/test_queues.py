"""What every queue promises."""

from ledger.message import Message
from schemas.names import TASK_EXTRACT


def test_messages_come_out_in_order(queue_world):
    """First in, first out, with the article ids as they were."""
    for number in range(3):
        queue_world.queue.send(Message("live", (f"a-{number}", "https://bote.example/ä b"), 31))
    taken = list(queue_world.taken("live"))
    assert [ids for ids, *_ in taken] == [(f"a-{number}", "https://bote.example/ä b") for number in range(3)]
    assert {task for _, task, *_ in taken} == {TASK_EXTRACT}


def test_queues_are_apart(queue_world):
    """A corpus never stands in the way of the news."""
    queue_world.queue.send(Message("backfill", ("old",), 31))
    assert list(queue_world.taken("live")) == []
    assert [ids for ids, *_ in queue_world.taken("backfill")] == [("old",)]


def test_the_limit_of_celery_stands_above_the_articles_own(queue_world):
    """And there is no soft one: its signal may come when the process is at something else."""
    queue_world.queue.send(Message("live", ("a", "b"), 62))
    ((_, _, limit_s),) = queue_world.taken("live")
    assert limit_s > 62
