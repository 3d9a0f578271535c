"""Real workers, as processes, around an extraction that does what the article says."""

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ledger import LedgerSettings, RedisLedger
from producer import Client

collect_ignore = ["stand_in"]

STAND_IN = Path(__file__).parent / "stand_in"
ROOT = Path(__file__).parents[2]

FAST = {
    "DEPESCHE_ARTICLE_TIMEOUT_S": "1",
    # An article that hangs is to be ended by its signal, also where the process waits for a processor by then.
    "DEPESCHE_LEASE_MARGIN_S": "3",
    "DEPESCHE_HANG_GRACE_S": "2",
    "DEPESCHE_MAX_ATTEMPTS": "2",
    "DEPESCHE_ARTICLE_MEMORY_MIB": "256",
    "DEPESCHE_RETRY_DELAY_S": "0.1",
    "DEPESCHE_RESEND_AFTER_S": "2",
    "DEPESCHE_SWEEP_EVERY_S": "0.2",
    "DEPESCHE_MESSAGE_MAX_LIMIT_S": "60",
    "DEPESCHE_STOP_PATIENCE_S": "3",
    "DEPESCHE_CONCURRENCY": "1",
    "DEPESCHE_HEARTBEAT_EVERY_S": "0.3",
}
"""Patience in seconds and less, so that faults heal within a test."""


class Worker:
    """A worker process with its log."""

    def __init__(self, url, folder, name, wait_until, app="stand_in_app", **variables):
        self._wait_until = wait_until
        self.log = folder / f"{name}.log"
        self.heartbeat = folder / f"{name}.heartbeat"
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("DEPESCHE_")},
            **FAST,
            "DEPESCHE_REDIS_URL": url,
            "DEPESCHE_HEARTBEAT_FILE": str(self.heartbeat),
            "REMAP_SIGTERM": "SIGQUIT",
            "PYTHONPATH": f"{STAND_IN}{os.pathsep}{ROOT}",
            **variables,
        }
        command = [sys.executable, "-m", "celery", "-A", app, "worker", "-n", f"{name}@test"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--without-gossip", "--without-mingle"],
                env=environment,
                stdout=log,
                stderr=log,
                cwd=folder,
                start_new_session=True,
            )

    @property
    def text(self):
        return self.log.read_text(errors="replace")

    def wait_ready(self):
        self._wait_until(
            lambda: "worker ready" in self.text or self.process.poll() is not None, 120, "the worker's start"
        )
        assert self.process.poll() is None, self.text
        return self

    def children(self):
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if found.exists():
            return [int(pid) for pid in found.read_text().split()]
        listed = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in listed.stdout.split()]

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def kill(self):
        """End it and its children at once."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(90)


@pytest.fixture(scope="session")
def stand_in():
    """Lend the stand-in extraction to the tests."""
    spec = importlib.util.spec_from_file_location("stand_in_extraction", STAND_IN / "stand_in_extraction.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def make_result(stand_in):
    """Lend the stand-in extraction's result of an article."""
    return stand_in.make_result


@pytest.fixture
def start_worker(redis_url, tmp_path, wait_until):
    """Start workers on the test's database; all are ended with the test."""
    workers = []

    def start(**variables):
        worker = Worker(variables.pop("url", redis_url), tmp_path, f"worker{len(workers)}", wait_until, **variables)
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.kill()


@pytest.fixture
def free_port():
    """Give a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def settings(redis_url):
    """Give the settings that the workers of the test have, too."""
    fast = {key.removeprefix("DEPESCHE_").lower(): value for key, value in FAST.items()}
    return LedgerSettings(redis_url=redis_url, **{key: fast[key] for key in fast if key in LedgerSettings.model_fields})


@pytest.fixture
def client(settings):
    with Client(settings=settings) as client:
        yield client


@pytest.fixture
def ledger(settings):
    ledger = RedisLedger.open(settings)
    yield ledger
    ledger.close()


@pytest.fixture
def published(ledger):
    """Read a stream: its entries as (type, data)."""

    def read(stream):
        return [(fields["type"], json.loads(fields["event"])["data"]) for _, fields in ledger.client.xrange(stream)]

    return read
