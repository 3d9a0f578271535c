"""Redis goes away and comes back: workers find it again by themselves, and nothing is lost or done twice."""

import json
import os
import signal
from collections import Counter

import pytest

from ledger import EmbeddedServer, LedgerSettings, RedisLedger
from ledger.embedded import free_port
from ledger.errors import RedisUnreachable
from producer import Client
from schemas import Article, Result
from schemas.names import STREAM_RESULTS

pytestmark = pytest.mark.redis

START_S = 60
"""A server that was killed reads its file first, beside workers that all ask for it."""


@pytest.fixture
def server(tmp_path):
    """Give a server of its own that survives kill -9, as far as Redis can."""
    server = EmbeddedServer(tmp_path / "redis", port=free_port(), appendfsync="always")
    server.start(timeout_s=START_S)
    yield server
    server.start(timeout_s=START_S)  # so that it is there to be stopped, however the test ended
    server.stop()


def articles(start, end):
    return [
        Article(id=f"a-{n}", text="Anna traf Ben .", metadata={"do": "sleep", "seconds": 0.02})
        for n in range(start, end)
    ]


def results(url):
    client = RedisLedger.open(LedgerSettings(), url=url).client
    return Counter(json.loads(fields["event"])["subject"] for _, fields in client.xrange(STREAM_RESULTS))


def test_redis_killed_and_restarted_loses_nothing(server, settings, start_worker, wait_until):
    """kill -9 in the middle of the work, twice; what was acknowledged is done exactly once."""
    for worker in [start_worker(url=server.url), start_worker(url=server.url)]:
        worker.wait_ready()
    with Client(server.url, settings=settings) as client:
        for start in (0, 150):
            submitted = list(client.submit_many(articles(start, start + 150)))
            wait_until(lambda start=start: len(results(server.url)) > start + 5, what="the first results")
            os.kill(server.pid, signal.SIGKILL)
            with pytest.raises(RedisUnreachable):
                wait_until(lambda: client.submit(articles(999, 1000)[0]) is None)
            server.start(timeout_s=START_S)
            assert len(submitted) == 150
        ids = [f"a-{n}" for n in range(300)]
        assert all(isinstance(client.wait(each, timeout_s=90), Result) for each in ids)
    # The one that was refused may have come through all the same: its submitter was told to try again.
    done = results(server.url)
    assert done.pop("a-999", 1) == 1
    assert done == Counter(ids)


def test_worker_waits_for_a_redis_that_starts_later(tmp_path, start_worker, wait_until):
    """It gives signs of life meanwhile, so that nobody restarts it."""
    port = free_port()
    worker = start_worker(url=f"redis://127.0.0.1:{port}/0")
    wait_until(lambda: "waiting for redis" in worker.text)
    wait_until(worker.heartbeat.exists, what="the sign of life behind that line")
    with EmbeddedServer(tmp_path / "late", port=port) as server, Client(server.url) as client:
        worker.wait_ready()
        client.submit(articles(1, 2)[0])
        assert isinstance(client.wait("a-1"), Result)
        worker.kill()
