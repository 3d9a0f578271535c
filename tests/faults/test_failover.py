"""A Redis that fails over to its replica: found again through its Sentinels, by submitters and workers alike."""

import os
import shutil
import signal
import subprocess

import pytest
import redis

from ledger import EmbeddedServer
from ledger.embedded import free_port
from ledger.server_binary import find_server_binary
from schemas import Result
from schemas.errors import Transient
from schemas.names import QUEUE_LIVE

pytestmark = [pytest.mark.redis, pytest.mark.slow, pytest.mark.timeout(900)]

SERVICE = "news"


def tells(port, command):
    with redis.Redis(port=port, decode_responses=True) as client:
        try:
            return client.execute_command(*command)
        except redis.RedisError:
            return None


@pytest.fixture
def replica(server, tmp_path):
    port = server.url.split(":")[2].removesuffix("/0")
    arguments = ["--replicaof", f"127.0.0.1 {port}", "--repl-diskless-sync-delay", "0"]
    replica = EmbeddedServer(tmp_path / "replica", port=free_port(), arguments=arguments)
    replica.start(timeout_s=120)
    yield replica
    replica.stop()


@pytest.fixture
def sentinel_port(server, replica, tmp_path, wait_until):
    """Start a Sentinel that watches the two servers; it decides alone."""
    port, primary = free_port(), server.url.split(":")[2].removesuffix("/0")
    configuration = tmp_path / "sentinel.conf"
    # A primary that is merely busy must not be taken for a dead one: the test says when it ends.
    configuration.write_text(
        f"port {port}\nbind 127.0.0.1\nsentinel monitor {SERVICE} 127.0.0.1 {primary} 1\n"
        f"sentinel down-after-milliseconds {SERVICE} 10000\nsentinel failover-timeout {SERVICE} 5000\n"
    )
    # The name of the program decides what it is.
    program = shutil.copy(find_server_binary(), tmp_path / "redis-sentinel")
    with (tmp_path / "sentinel.log").open("wb") as log:
        process = subprocess.Popen([program, str(configuration), "--sentinel"], stdout=log, stderr=log, cwd=tmp_path)
    wait_until(lambda: tells(port, ("SENTINEL", "REPLICAS", SERVICE)), what="the Sentinel to know the replica")
    wait_until(lambda: replica_is_in_step(replica), what="the replica to be in step")
    yield port
    process.kill()
    process.wait()


def replica_is_in_step(replica):
    with redis.Redis.from_url(replica.url) as client:
        return client.info("replication")["master_link_status"] == "up"


def offset(client):
    """Give how far a server is in the writes of the primary."""
    found = client.info("replication")
    return found["slave_repl_offset" if found["role"] == "slave" else "master_repl_offset"]


@pytest.fixture
def redis_url(sentinel_port):
    """Name two Sentinels, of which the first one is dead."""
    return f"sentinel://127.0.0.1:1,127.0.0.1:{sentinel_port}/{SERVICE}/0"


@pytest.fixture
def fail_over(server, replica, wait_until):
    """End the primary once the replica has what was acknowledged; nothing more is acknowledged meanwhile."""

    def run(after):
        after()
        with redis.Redis.from_url(server.url) as primary, redis.Redis.from_url(replica.url) as follower:
            primary.client_pause(600_000, all=False)
            wait_until(lambda: offset(follower) >= offset(primary), what="the replica to have everything")
            os.kill(server.pid, signal.SIGKILL)

    return run


def test_work_goes_on_at_the_replica(start, flood, client, fail_over, wait_until):
    """What the replica had received is done exactly once; new articles go there, too."""
    workers = [start().wait_ready(), start().wait_ready()]
    flood.submit()
    fail_over(after=lambda: flood.wait_for_ends(100))
    wait_until(lambda: is_submitted(client), 300, "the failover")
    flood.wait_for_ends()
    assert isinstance(client.wait("after", timeout_s=300), Result)
    assert flood.tally.twice() == []
    assert [worker.process.poll() for worker in workers] == [None, None]
    # The guard stands there as well, and nothing is written outside of our names.
    flood.tally.client.lpush(QUEUE_LIVE, "no message")
    wait_until(client.failures, what="the stranger's entry among the failures")
    assert [key for key in flood.tally.client.scan_iter() if not key.startswith("depesche:")] == []
    assert [worker.process.poll() for worker in workers] == [None, None]


def is_submitted(client):
    try:
        return client.submit({"id": "after", "text": "Anna traf Ben ."})
    except Transient:
        return False
