"""A gateway process on a real server, with its log."""

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import redis

from ledger import LedgerSettings, RedisLedger
from schemas import Event, Result

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "schemas" / "examples" / "v1" / "valid"
EVENT = Event.model_validate_json((EXAMPLES / "event.meeting.json").read_text(encoding="utf-8"))
RESULT = Result.model_validate_json((EXAMPLES / "result.one-event.json").read_text(encoding="utf-8"))


class Gateway:
    """A running gateway."""

    def __init__(self, url, folder, **variables):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = folder / "gateway.log"
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("DEPESCHE_")},
            "DEPESCHE_REDIS_URL": url,
            "DEPESCHE_GATEWAY_PORT": str(self.port),
            "DEPESCHE_INDEX_PATH": str(folder / "index.sqlite3"),
            **variables,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "cli", "gateway"], env=environment, stdout=log, stderr=log, cwd=ROOT
            )
        self.http = httpx.Client(base_url=self.base, timeout=90)
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + 90
        while True:
            try:
                if self.http.get("/health/live").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def memory_mib(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def stop(self):
        self.http.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(90)


@pytest.fixture(scope="module")
def redis_url(redis_server):
    """One database for the tests of a file, which share a gateway; each has articles of its own."""
    url = f"{redis_server}/0"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture(scope="module")
def ledger(redis_url):
    ledger = RedisLedger.open(LedgerSettings(redis_url=redis_url))
    yield ledger
    ledger.close()


@pytest.fixture(scope="module")
def gateway(redis_url, tmp_path_factory):
    gateway = Gateway(redis_url, tmp_path_factory.mktemp("gateway"), DEPESCHE_GATEWAY_ACCESS="open")
    yield gateway
    gateway.stop()


@pytest.fixture
def start_gateway(redis_url, tmp_path):
    """Start a gateway with settings of its own; it is ended with the test."""
    started = []

    def start(**variables):
        started.append(Gateway(redis_url, tmp_path, **variables))
        return started[-1]

    yield start
    for each in started:
        each.stop()


_numbers = itertools.count()


@pytest.fixture
def article():
    """Make articles whose ids no other test has."""
    prefix = f"t{next(_numbers)}"

    def make(number, text="Nora Feldt traf Gast {} in Bern."):
        return {"id": f"{prefix}-{number}", "text": text.format(number)}

    return make


@pytest.fixture
def finish(ledger):
    """Do what a worker would."""

    def run(article_id, *events):
        lease = ledger.start(article_id, holder="test").lease
        result = RESULT.model_copy(
            update={
                "article_id": article_id,
                "revision": lease.revision,
                "content_hash": lease.content_hash,
                "events": tuple(EVENT.model_copy(update={"id": each}) for each in events),
            }
        )
        assert ledger.finish(lease, result) == "published"

    return run
