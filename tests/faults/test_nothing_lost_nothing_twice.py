"""Five hundred articles under way, and a fault: none is lost, and none is published twice."""

import json
import os
import random
import signal
import time
from collections import Counter

import pytest

from ledger.errors import RedisUnreachable
from schemas import Article
from schemas.names import STREAM_EVENTS

pytestmark = [pytest.mark.redis, pytest.mark.slow, pytest.mark.timeout(900)]

PLACES = random.Random(6)  # noqa: S311 - the same places each time
AWAY_S = 60
START_S = 120
"""A server that was killed reads its file first, beside workers that all ask for it."""


def kill_a_child(workers, wait_until):
    """Kill one process that extracts, whatever it is doing."""

    def kill():
        children = wait_until(lambda: [pid for worker in workers for pid in worker.children()], what="a child")
        try:
            os.kill(PLACES.choice(children), signal.SIGKILL)
        except ProcessLookupError:  # the one before, collected by its worker since it was listed
            return False
        return True

    wait_until(kill, what="the end of a child")


def is_told(client):
    try:
        client.submit(Article(id="refused", text="Anna traf Ben ."))
    except RedisUnreachable:
        return True
    return False


def test_redis_away_for_a_minute(start, flood, client, server, wait_until):
    """Submitters are told within seconds; the workers live on and come back by themselves."""
    workers = [start().wait_ready(), start().wait_ready()]
    flood.submit()
    flood.wait_for_ends(100)
    os.kill(server.pid, signal.SIGKILL)
    gone_at = time.monotonic()
    wait_until(lambda: is_told(client), what="the first refusal")
    asked_at = time.monotonic()
    assert is_told(client)
    assert time.monotonic() - asked_at < 15
    wait_until(lambda: time.monotonic() - gone_at > AWAY_S, AWAY_S + 10, "a minute")
    server.start(timeout_s=START_S)
    flood.wait_for_ends()
    flood.expect_each_once()
    assert [worker.process.poll() for worker in workers] == [None, None]
    events = Counter(json.loads(fields["event"])["subject"] for _, fields in flood.tally.client.xrange(STREAM_EVENTS))
    # The one that was refused may have come through all the same: its submitter was told to try again.
    assert events.pop("refused", 1) == 1
    assert events == Counter(flood.ids)


def test_children_killed_twenty_times(start, flood, wait_until):
    """What a killed process was at is done by another one, and its companions in the message, too."""
    workers = [start().wait_ready(), start().wait_ready()]
    flood.submit()
    for number in range(20):
        flood.wait_for_ends(number * 22)
        kill_a_child(workers, wait_until)
    flood.wait_for_ends()
    flood.expect_each_once()
    assert [worker.process.poll() for worker in workers] == [None, None]


def test_whole_workers_killed_five_times(start, flood):
    """kill -9 of a worker with all its children; others take up what it had."""
    workers = [start().wait_ready(), start().wait_ready()]
    flood.submit(seconds=0.08)
    for number in range(5):
        flood.wait_for_ends(20 + number * 80)
        workers.pop(0).kill()
        workers.append(start())
    flood.wait_for_ends()
    flood.expect_each_once()


def test_redis_killed_three_times(start, flood, client, server, wait_until):
    """kill -9 of a server that writes every change down at once: nothing that was acknowledged is lost."""
    for worker in [start(), start()]:
        worker.wait_ready()
    flood.submit()
    for number in range(3):
        flood.wait_for_ends(20 + number * 120)
        os.kill(server.pid, signal.SIGKILL)
        with pytest.raises(RedisUnreachable):
            wait_until(lambda: client.submit(Article(id="refused", text="Anna traf Ben .")) is None)
        server.start(timeout_s=START_S)
    flood.wait_for_ends()
    flood.expect_each_once()


def test_scaled_from_one_to_four_to_one_by_sigterm(start, flood):
    """Workers that are stopped finish what runs and hand back the rest, and end by themselves."""
    workers = [start().wait_ready()]
    flood.submit(seconds=0.08)
    flood.wait_for_ends(30)
    workers += [start(), start(), start()]
    flood.wait_for_ends(200)
    for worker in workers[:3]:
        worker.terminate()
    for worker in workers[:3]:
        worker.process.wait(300)
    flood.wait_for_ends()
    flood.expect_each_once()


def test_five_poison_articles(start, flood, client):
    """A crash, two endless loops (one of them deaf), two that fill the memory: each fails with its cause, alone."""
    workers = [start(DEPESCHE_MAX_ATTEMPTS="2") for _ in range(2)]
    for worker in workers:
        worker.wait_ready()
    flood.submit(seconds=0.02, mischief=("die", "hang", "hang_deaf", "hoard", "hoard"))
    flood.wait_for_ends()
    assert flood.tally.lost(flood.ids) == []
    assert flood.tally.twice() == []
    assert flood.tally.causes == {
        "bad-die-0": "attempts_exhausted",
        "bad-hang-1": "time_limit_exceeded",
        "bad-hang_deaf-2": "attempts_exhausted",
        "bad-hoard-3": "memory_limit_exceeded",
        "bad-hoard-4": "memory_limit_exceeded",
    }
    assert sorted(each.failure_id for each in client.failures()) == sorted(flood.tally.causes)
    assert [worker.process.poll() for worker in workers] == [None, None]
