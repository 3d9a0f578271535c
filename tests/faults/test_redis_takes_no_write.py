"""Redis answers and takes no write: read-only as after a failover, or out of memory. Nothing is lost, all goes on."""

import contextlib
import itertools
import os
import time

import pytest
import redis

from ledger.errors import RedisRefused
from schemas import Article, Result
from schemas.errors import Transient

pytestmark = [pytest.mark.redis, pytest.mark.slow, pytest.mark.timeout(900)]

MIB = 1 << 20
READ_ONLY_S = 20
"""Longer than an article may take, so that attempts end while nothing can be written."""


@pytest.fixture
def admin(server):
    with redis.Redis.from_url(server.url, decode_responses=True) as client:
        yield client


def article(name, **more):
    return Article(id=name, text="Anna traf Ben .", **more)


_numbers = itertools.count()


def is_refused(client):
    """Give the article whose submitter gets the error that says so; each try is another, for some are accepted."""
    name = f"refused-{next(_numbers)}"
    try:
        client.submit(article(name))
    except RedisRefused:
        return name
    return None


def test_refusal_is_told_as_one_that_may_pass():
    """Submitters may try again: it is documented as transient."""
    assert issubclass(RedisRefused, Transient)
    assert RedisRefused("full").code == "redis_refused"


def make_read_only(admin):
    """Make it the replica of a server that is not there: it keeps its data and refuses to change it."""
    admin.replicaof("127.0.0.1", 1)  # on a free port another test's server might come to listen


def fill(admin):
    """Fill the server to the last hundred bytes."""
    for size in (50_000, 1_000, 50):
        with contextlib.suppress(redis.exceptions.OutOfMemoryError):
            while admin.rpush("filler", os.urandom(size).hex()):
                pass


class TestReadOnly:
    """The server under the workers becomes a replica, and takes writes again after a while."""

    def test_workers_come_back_by_themselves(self, start, flood, client, admin, wait_until):
        workers = [start().wait_ready(), start().wait_ready()]
        flood.submit()
        flood.wait_for_ends(100)
        make_read_only(admin)
        since = time.monotonic()
        wait_until(lambda: is_refused(client), what="the refusal")
        ended = flood.tally.read().ended()
        wait_until(lambda: all("redis_refused" in worker.text for worker in workers), 120, "the workers to notice")
        wait_until(lambda: time.monotonic() - since > READ_ONLY_S, READ_ONLY_S + 60, "some time")
        assert flood.tally.read().ended() == ended
        assert client.status("a-0").status == "done", "it can still be read"
        admin.replicaof("NO", "ONE")
        flood.wait_for_ends()
        flood.expect_each_once()
        assert client.submit(article("after")).status == "queued"
        assert isinstance(client.wait("after", timeout_s=300), Result)
        assert [worker.process.poll() for worker in workers] == [None, None]

    def test_workers_that_wait_for_articles_come_back(self, start, client, admin, wait_until):
        """They stand in a blocking read when it happens, which the server breaks off."""
        workers = [start().wait_ready(), start().wait_ready()]
        client.submit(article("before"))
        assert isinstance(client.wait("before", timeout_s=300), Result)
        make_read_only(admin)
        wait_until(lambda: is_refused(client), what="the refusal")
        admin.replicaof("NO", "ONE")
        for number in range(8):
            client.submit(article(f"after-{number}"))
        assert all(isinstance(client.wait(f"after-{number}", timeout_s=300), Result) for number in range(8))
        assert [worker.process.poll() for worker in workers] == [None, None]

    def test_readers_that_wait_for_events_come_back(self, start, client, admin, reader, wait_until):
        """They, too, stand in a blocking read."""
        start().wait_ready()
        client.submit(article("before"))
        wait_until(lambda: len(reader.seen) == 1, 120, "the first event at the reader")
        make_read_only(admin)
        wait_until(lambda: is_refused(client), what="the refusal")
        admin.replicaof("NO", "ONE")
        client.submit(article("after"))
        wait_until(lambda: len(reader.seen) == 2, 300, "the second event at the reader")


class TestOutOfMemory:
    """maxmemory is reached, with the policy noeviction, while articles are under way."""

    def test_new_articles_are_refused_and_accepted_ones_end(self, start, flood, client, admin, wait_until):
        """At nine tenths; the rest of the memory is for those under way."""
        workers = [start().wait_ready(), start().wait_ready()]
        flood.submit()
        flood.wait_for_ends(50)
        admin.set("filler", b"x" * 50 * MIB)
        admin.config_set("maxmemory", int(admin.info("memory")["used_memory"] / 0.92))
        refused = wait_until(lambda: is_refused(client), what="the refusal")
        assert client.status(refused).status == "unknown"
        flood.wait_for_ends()
        flood.expect_each_once()
        admin.delete("filler")
        wait_until(lambda: not is_refused(client), 120, "room for another article")
        client.submit(article(refused))
        assert isinstance(client.wait(refused, timeout_s=300), Result)
        assert [worker.process.poll() for worker in workers] == [None, None]

    def test_workers_outlive_a_server_that_is_full_to_the_last_byte(self, start, flood, client, admin, wait_until):
        """Not even Celery's own bookkeeping finds room; once there is some, everything goes on."""
        workers = [start().wait_ready(), start().wait_ready()]
        flood.submit()
        flood.wait_for_ends(50)
        # Without the filler there must be room for all results.
        admin.config_set("maxmemory", int(admin.info("memory")["used_memory"]) + 16 * MIB)
        fill(admin)
        wait_until(lambda: is_refused(client), what="the refusal")
        fill(admin)
        wait_until(lambda: all("OOM" in worker.text or "redis_refused" in worker.text for worker in workers), 120)
        admin.delete("filler")
        flood.wait_for_ends()
        flood.expect_each_once()
        assert [worker.process.poll() for worker in workers] == [None, None]
