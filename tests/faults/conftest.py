"""Many articles under way on a Redis and workers of the test's own, and a count of what became of each article."""

import contextlib
import importlib.util
import threading
from collections import Counter
from pathlib import Path

import pytest
import redis

from benchmarks.soak.tally import Tally
from consumer import Consumer
from ledger import EmbeddedServer, LedgerSettings, RedisLedger
from ledger.embedded import free_port
from producer import Client
from schemas import Article
from schemas.errors import DepescheError

_WORKERS = Path(__file__).parents[1] / "integration" / "conftest.py"
_spec = importlib.util.spec_from_file_location("workers_as_processes", _WORKERS)
_workers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_workers)
start_worker = _workers.start_worker

ARTICLES = 500
ENDS_S = 600
"""A deadline is for what hangs, not for a slow machine; where it passes, the count and the workers' logs are shown."""
START_S = 120
"""A server that was killed reads its file first, beside workers that all ask for it."""
LAST_LINES = 25
PATIENCE = _workers.FAST | {
    # On a machine that is busy with something else an article of 0.05 s may well take one.
    "DEPESCHE_ARTICLE_TIMEOUT_S": "3",
    # Twenty deaths among few children: the same article may be the one at hand several times.
    "DEPESCHE_MAX_ATTEMPTS": "6",
    "DEPESCHE_CONCURRENCY": "2",
    "DEPESCHE_MESSAGE_MAX_ARTICLES": "16",
}


@pytest.fixture
def server(tmp_path):
    """Give a Redis that survives kill -9, as far as Redis can."""
    server = EmbeddedServer(tmp_path / "redis", port=free_port(), appendfsync="always")
    server.start(timeout_s=START_S)
    yield server
    server.start(timeout_s=START_S)  # so that it is there to be stopped, however the test ended
    server.stop()


@pytest.fixture
def redis_url(server):
    return server.url


@pytest.fixture
def settings(redis_url):
    """Give the settings that the workers of the test have, too."""
    given = {key.removeprefix("DEPESCHE_").lower(): value for key, value in PATIENCE.items()}
    known = {key: value for key, value in given.items() if key in LedgerSettings.model_fields}
    return LedgerSettings(redis_url=redis_url, **known)


@pytest.fixture
def client(settings):
    with Client(settings=settings) as client:
        yield client


@pytest.fixture
def start(start_worker):
    """Start a worker with two children; all are ended with the test."""
    return lambda **variables: start_worker(**{**PATIENCE, **variables})


@pytest.fixture
def tally(settings):
    """Count what was published."""
    ledger = RedisLedger.open(settings)
    yield Tally(ledger.client)
    ledger.close()


class Flood:
    """Five hundred articles, each some work, and what became of them."""

    def __init__(self, client, tally, wait_until):
        self.tally = tally
        self.ids = []
        self._client = client
        self._wait_until = wait_until

    def submit(self, seconds=0.05, mischief=()):
        """Hand them in, with some among them that make mischief."""
        articles = [article(number, seconds) for number in range(ARTICLES)]
        for place, do in enumerate(mischief):
            bad = Article(id=f"bad-{do}-{place}", text="Anna traf Ben .", metadata={"do": do})
            articles[50 + 90 * place] = bad
        self.ids = [each.article_id for each in self._client.submit_many(articles)]

    def wait_for_ends(self, count=ARTICLES, timeout_s=ENDS_S):
        """Wait for the ends of its own articles; one that a test handed in besides may come sooner than the last."""
        self._wait_until(lambda: self._ended() >= count, timeout_s, f"the end of {count} articles")

    def _ended(self):
        return len(self.ids) - len(self.tally.read().lost(self.ids))

    def describe(self):
        """Say what became of the articles so far."""
        with contextlib.suppress(redis.RedisError):
            self.tally.read()
        lost = self.tally.lost(self.ids)
        lines = [
            f"{len(self.ids)} handed in, {len(lost)} open: {lost[:10]}; {self.tally.ended()} ended in all",
            f"failures {Counter(self.tally.causes.values())}, twice {self.tally.twice()[:10]}",
        ]
        with contextlib.suppress(DepescheError):
            lines.append(f"open ones: {Counter(self._client.status(each).status for each in lost)}")
        return "\n".join(lines)

    def expect_each_once(self):
        """Each has one result, each event was announced once, and the ledger says so, too."""
        self.tally.read()
        assert self.tally.lost(self.ids) == []
        assert self.tally.twice() == []
        assert self.tally.unannounced() == []
        assert self.tally.failures == {}
        assert Counter(self._client.status(each).status for each in self.ids) == {"done": ARTICLES}


def article(number, seconds):
    return Article(id=f"a-{number}", text="Anna traf Ben .", metadata={"do": "sleep", "seconds": seconds})


@pytest.fixture
def flood(client, tally, wait_until):
    return Flood(client, tally, wait_until)


class Reader:
    """A reader of events that goes on for as long as the test."""

    def __init__(self, settings):
        self.seen = []
        self._consumer = Consumer(settings.redis_url, group="archive", settings=settings)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self):
        for received in self._consumer:
            received.ack()
            self.seen.append(received.event.id)

    def stop(self):
        self._consumer.stop()
        self._thread.join(60)
        assert not self._thread.is_alive()


@pytest.fixture
def reader(settings):
    reader = Reader(settings)
    yield reader
    reader.stop()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Show with a failure what became of the articles, and the end of what each process wrote."""
    report = (yield).get_result()
    if report.when != "call" or not report.failed or "tests/faults" not in item.nodeid:
        return
    if "flood" in item.funcargs:
        report.sections.append(("Articles", item.funcargs["flood"].describe()))
    for log in sorted(item.funcargs["tmp_path"].rglob("*.log")) if "tmp_path" in item.funcargs else ():
        lines = [line for line in log.read_text(errors="replace").splitlines() if '"article done"' not in line][
            -LAST_LINES:
        ]
        report.sections.append((f"End of {log.name}", "\n".join(line[:400] for line in lines)))
