"""A gateway whose parts are all in memory, and a client for it."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gateway.access.store import MemoryTokens
from gateway.app import create_app
from gateway.memory import build_memory_parts
from gateway.monitor import MemoryMonitor
from gateway.settings import GatewaySettings
from ledger.memory_ledger import MemoryLedger
from producer import MemoryQueue
from schemas import Event, Failure, Result
from schemas.failure_codes import FAILURE_CODES

EXAMPLES = Path(__file__).parents[3] / "schemas" / "examples" / "v1" / "valid"
EVENT = Event.model_validate_json((EXAMPLES / "event.meeting.json").read_text(encoding="utf-8"))
RESULT = Result.model_validate_json((EXAMPLES / "result.one-event.json").read_text(encoding="utf-8"))
TEXT = "Nora Feldt traf am Dienstag in Bern Luca Arnaud."


class World:
    """The parts in memory, and what a worker would do."""

    def __init__(self, **settings):
        self.settings = GatewaySettings(redis_url=None, **settings)
        self.ledger = MemoryLedger(self.settings)
        self.queue = MemoryQueue()
        self.tokens = MemoryTokens()
        self.monitor = MemoryMonitor(waiting=self.count_waiting)
        self.parts = build_memory_parts(
            self.settings, ledger=self.ledger, queue=self.queue, monitor=self.monitor, tokens=self.tokens
        )
        self.index = self.parts.index

    def count_waiting(self):
        return sum(1 for each in self.ledger._records.values() if each.over is None)

    def finish(self, article_id, *events):
        lease = self.ledger.start(article_id, holder="test").lease
        result = RESULT.model_copy(
            update={
                "article_id": article_id,
                "revision": lease.revision,
                "content_hash": lease.content_hash,
                "events": tuple(EVENT.model_copy(update={"id": each}) for each in events),
            }
        )
        assert self.ledger.finish(lease, result) == "published"

    def fail(self, article_id, code="extraction_failed"):
        lease = self.ledger.start(article_id, holder="test").lease
        failure = Failure(
            article_id=article_id,
            revision=lease.revision,
            code=code,
            family=FAILURE_CODES[code].family,
            message="expected a result, found none",
            attempts=1,
            failed_at=RESULT.extracted_at,
            article=lease.article,
        )
        assert self.ledger.fail(lease, failure) == "recorded"


@pytest.fixture
def make_world():
    return World


@pytest.fixture
def world():
    return World(gateway_access="open")


@pytest.fixture
def http(world):
    with TestClient(create_app(world.parts), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def submit(http):
    def post(article_id="a-1", text=TEXT, **options):
        return http.post("/v1/articles", json={"id": article_id, "text": text}, **options)

    return post


@pytest.fixture
def problem():
    """Make sure that an answer is a problem as documented, and give it."""

    def check(response, status, code):
        assert response.headers["content-type"] == "application/problem+json", response.text[:300]
        found = json.loads(response.content)
        assert (response.status_code, found["status"], found["code"]) == (status, status, code)
        assert found["type"] == f"urn:depesche:problem:{code}"
        assert found["family"] == FAILURE_CODES[code].family
        assert found["detail"]
        return found

    return check
