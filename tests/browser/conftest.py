"""A real browser, a gateway whose parts are in memory, and one with everything behind it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn

from consumer.received import read_entry
from gateway.access.store import MemoryTokens
from gateway.app import create_app
from gateway.memory import build_memory_parts
from gateway.settings import GatewaySettings
from ledger.memory_ledger import MemoryLedger
from schemas import Article, Event, Failure, Result
from schemas.envelope import CloudEvent
from schemas.failure_codes import FAILURE_CODES
from schemas.names import CE_EVENT, STREAM_EVENTS

EXAMPLES = Path(__file__).parents[2] / "schemas" / "examples" / "v1" / "valid"
EVENT = json.loads((EXAMPLES / "event.meeting.json").read_text(encoding="utf-8"))
RESULT = Result.model_validate_json((EXAMPLES / "result.one-event.json").read_text(encoding="utf-8"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ANNOUNCED = datetime(2025, 11, 5, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium; nothing is downloaded."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: make test-browser installs it")
        pytest.skip("no Chromium is installed: make test-browser installs it")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    sync_api.expect.set_options(timeout=60_000)
    with sync_api.sync_playwright() as playwright:
        # Containers of CI have neither the privileges for its sandbox nor much shared memory.
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser):
    """Open pages of their own; what the browser complains about fails the test."""
    contexts, complaints = [], []

    def make(base, address="", *, allowed=(), **options):
        context = browser.new_context(**{"locale": "en", "viewport": {"width": 1366, "height": 860}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)

        def complain(text):
            if not any(each in text for each in allowed):
                complaints.append(text)

        page.on("pageerror", lambda error: complain(str(error)))
        page.on("console", lambda message: complain(message.text) if message.type == "error" else None)
        visit(page, f"{base}/{address}", complaints)
        return page

    yield make
    for each in contexts:
        each.close()
    assert not complaints


def visit(page, address, complaints):
    """Open an address; once more where an interface of the machine came or went, which Chromium takes amiss."""
    page.goto(address)
    try:
        page.wait_for_selector("h1", timeout=30_000)
    except Exception:
        if not any("ERR_NETWORK_CHANGED" in each for each in complaints):
            raise
        complaints.clear()
        page.reload()
        page.wait_for_selector("h1")


class Newsroom:
    """A gateway in memory with its address, and what workers would do."""

    def __init__(self, **settings):
        self.settings = GatewaySettings(redis_url=None, **{"gateway_access": "open", **settings})
        self.ledger = MemoryLedger(self.settings)
        self.tokens = MemoryTokens()
        self.leases = {}
        self.parts = build_memory_parts(self.settings, ledger=self.ledger, tokens=self.tokens)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(
            create_app(self.parts), port=self.port, log_config=None, timeout_graceful_shutdown=1, lifespan="on"
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def start(self):
        self.thread.start()
        deadline = time.monotonic() + 90
        while not self.server.started:
            assert time.monotonic() < deadline, "the gateway did not start"
            time.sleep(0.01)

    def stop(self):
        self.server.should_exit = True
        self.thread.join(90)

    def accept(self, article_id="a-1", text="Nora Feldt traf in Bern Luca Arnaud.", **more):
        self.parts.client.submit(Article(id=article_id, text=text, **more))
        self.leases[article_id] = self.ledger.start(article_id, holder="test").lease
        return self.leases[article_id]

    def finish(self, article_id="a-1", *events, **article):
        """Take an article through; each event is what differs from the example."""
        lease = self.accept(article_id, **article)
        made = [Event.model_validate({**EVENT, "id": f"{article_id}-{n}", **each}) for n, each in enumerate(events)]
        known = {"article_id": article_id, "revision": lease.revision, "content_hash": lease.content_hash}
        assert self.ledger.finish(lease, RESULT.model_copy(update={**known, "events": tuple(made)})) == "published"
        self._index(self.ledger.streams[STREAM_EVENTS][-len(made) :] if made else [])

    def fail(self, article_id="a-1", code="extraction_failed"):
        self.accept(article_id)
        self.break_down(article_id, code)

    def break_down(self, article_id, code="extraction_failed"):
        """Let an article fail that is queued or under way."""
        lease = self.leases.pop(article_id, None) or self.ledger.start(article_id, holder="test").lease
        failure = Failure(
            article_id=article_id,
            revision=lease.revision,
            code=code,
            family=FAILURE_CODES[code].family,
            message="expected a result, found none",
            attempts=3,
            failed_at=RESULT.extracted_at,
            article=lease.article,
        )
        assert self.ledger.fail(lease, failure) == "recorded"

    def _index(self, entries):
        """Do what the indexer does."""
        self.parts.index.apply([read_entry("1762344000000-0", {"event": each.event}) for each in entries], position="1")

    def fill(self, number):
        """Put so many events into the index, over three years, among two hundred parties."""
        start = datetime(2023, 1, 1, tzinfo=UTC)
        facts = ("asserted", "asserted", "asserted", "planned", "reported", "possible", "denied")
        party = EVENT["participants"][0]
        messages = []
        for n in range(number):
            day = (start + timedelta(hours=n * 26_000 / number)).date()
            names = [f"Person {n * 7 % 200}", f"Person {n * 13 % 200 + 200}"]
            event = {
                **EVENT,
                "id": f"many-{n}",
                "type": ("meeting", "talks")[n % 2],
                "factuality": facts[n % len(facts)],
                "participants": [{**party, "name": name, "country": ("AUT", "NOR", "POL")[n % 3]} for name in names],
                "time": {**EVENT["time"], "interval": {"start": str(day), "end": str(day + timedelta(days=1))}},
                "cameo": [],
            }
            message = CloudEvent[Event](
                id=f"m-{n}", type=CE_EVENT, subject=f"article-{n}", time=ANNOUNCED, data=Event.model_validate(event)
            )
            messages.append(read_entry(f"{1_762_344_000_000 + n}-0", {"event": message.model_dump_json()}))
        self.parts.index.apply(messages, position="2")


@pytest.fixture
def newsroom():
    """Start gateways in memory; they end with the test."""
    started = []

    def make(**settings):
        started.append(Newsroom(**settings))
        started[-1].start()
        return started[-1]

    yield make
    for each in started:
        each.stop()


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    """Start all of it as users do: embedded broker, a worker with the small model, the gateway."""
    folder = tmp_path_factory.mktemp("service")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("DEPESCHE_")},
        "DEPESCHE_MODEL": "small",
        "DEPESCHE_CONCURRENCY": "1",
        "DEPESCHE_INDEX_PATH": str(folder / "index.sqlite3"),
    }
    command = ["-P", "-m", "cli", "up", "--workers", "1", "--gateway", "--gateway-port", str(port)]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command, "--data", str(folder / "data")],
            env=environment,
            stdout=output,
            stderr=output,
            cwd=folder,
        )
    base = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 150
    while not is_ready(base):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    yield base
    process.send_signal(signal.SIGINT)
    process.wait(90)


def is_ready(base):
    try:
        with urllib.request.urlopen(f"{base}/health/ready", timeout=5) as answer:  # noqa: S310 - ours, on loopback
            return answer.status == 200
    except OSError:
        return False
