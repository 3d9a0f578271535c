"""RabbitMQ in the place of Redis for the queue, by its URL alone; articles and results stay on Redis."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import kombu
import pytest

from ledger.embedded import free_port
from schemas import Article, Result
from schemas.errors import Transient
from schemas.names import QUEUE_LIVE

pytestmark = [pytest.mark.redis, pytest.mark.slow, pytest.mark.timeout(900)]

SERVER = shutil.which("rabbitmq-server", path="/usr/lib/rabbitmq/bin") or shutil.which("rabbitmq-server")


class RabbitMQ:
    """A node of its own, with its data in a folder."""

    def __init__(self, folder, wait_until):
        self._folder = folder
        self._wait_until = wait_until
        self._port = free_port()
        self._epmd = free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self._port}//"
        (folder / "enabled_plugins").write_text("[].\n")
        self._process = None

    def start(self):
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "RABBITMQ_NODENAME": f"depesche{self._port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self._port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "ERL_EPMD_PORT": str(self._epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_MNESIA_BASE": str(self._folder / "data"),
            "RABBITMQ_LOG_BASE": str(self._folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._folder / "enabled_plugins"),
            "RABBITMQ_PID_FILE": str(self._folder / "pid"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        }
        with (self._folder / "output").open("ab") as log:
            self._process = subprocess.Popen(
                [SERVER], env=environment, stdout=log, stderr=log, cwd=self._folder, start_new_session=True
            )
        self._wait_until(self._answers, 300, "RabbitMQ")

    def _answers(self):
        assert self._process.poll() is None, (self._folder / "output").read_text()
        # While it starts it may also take a connection and close it again, or be slow to greet.
        with kombu.Connection(self.url, connect_timeout=10) as connection:
            try:
                connection.connect()
            except (OSError, *connection.connection_errors):
                return False
        return True

    def kill(self):
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self):
        self.kill()
        for found in Path("/proc").glob("[0-9]*/environ"):  # its port mapper makes itself independent
            try:
                is_ours = f"ERL_EPMD_PORT={self._epmd}\0".encode() in found.read_bytes()
                if is_ours:
                    os.kill(int(found.parent.name), signal.SIGKILL)
            except OSError:
                continue


@pytest.fixture
def rabbitmq(tmp_path, wait_until):
    if SERVER is None:
        pytest.skip("rabbitmq-server is not installed (Debian: apt-get install rabbitmq-server)")
    (tmp_path / "rabbitmq").mkdir()
    node = RabbitMQ(tmp_path / "rabbitmq", wait_until)
    try:
        node.start()
        yield node
    finally:
        node.stop()


@pytest.fixture
def settings(settings, rabbitmq):
    return settings.model_copy(update={"broker_url": rabbitmq.url})


def test_nothing_is_lost_when_workers_and_rabbitmq_are_killed(start, flood, client, rabbitmq, wait_until):
    """And a stranger's message stops nobody."""
    workers = [start(DEPESCHE_BROKER_URL=rabbitmq.url).wait_ready() for _ in range(2)]
    flood.submit()
    flood.wait_for_ends(100)
    workers.pop().kill()
    flood.wait_for_ends(200)
    rabbitmq.kill()
    with pytest.raises(Transient):
        wait_until(lambda: client.submit(Article(id="later", text="Anna traf Ben .")) is None)
    rabbitmq.start()
    flood.wait_for_ends()
    with kombu.Connection(rabbitmq.url) as connection, connection.SimpleQueue(QUEUE_LIVE) as queue:
        for entry in ("no message", b"\xff\x00", {"args": 1}):
            queue.put(entry)
    client.submit(Article(id="last", text="Anna traf Ben ."))
    assert isinstance(client.wait("last", timeout_s=300), Result)
    flood.expect_each_once()
    assert flood.tally.client.llen(QUEUE_LIVE) == 0
    assert workers[0].process.poll() is None
