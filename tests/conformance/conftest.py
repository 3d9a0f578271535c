"""Each ledger and each queue, with what a test needs to look into it and to let time pass."""

import base64
import json
from datetime import UTC, datetime

import pytest

from ledger import LedgerSettings, MemoryLedger, RedisLedger
from ledger.memory_ledger import FixedClock
from ledger.record import Work
from producer import CeleryQueue, MemoryQueue
from schemas import Article, Event, ExtractorInfo, Failure, Mention, Result, content_hash
from schemas.article import ArticleInfo
from schemas.model import Extent
from schemas.names import KEY_ARTICLE, KEY_LEASES, QUEUES, STREAM_EVENTS

NOW = datetime(2025, 11, 5, 9, 0, tzinfo=UTC)
SETTINGS = LedgerSettings(redis_url=None, max_attempts=3, retry_delay_s=5, resend_after_s=60, lease_margin_s=15)


class World:
    """What the tests do the same way with each ledger."""

    def begin(self, article_id="a", holder="m"):
        """Start an article that can be started."""
        start = self.ledger.start(article_id, holder=holder)
        assert start.verdict == "started"
        return start.lease

    def events(self):
        """Read what was announced and retracted, as (type, event)."""
        entries = self.published(STREAM_EVENTS)
        return [(kind, data["data"].get("id") or data["data"]["event_id"]) for kind, _, data in entries]


class OnRedis(World):
    """Time passes by moving every time stamp into the past: the server's own clock cannot be set."""

    def __init__(self, url, settings=SETTINGS):
        self.ledger = RedisLedger.open(settings, url=url)
        self._client = self.ledger.client

    def advance(self, seconds):
        for article_id in self._client.zrange(KEY_LEASES, 0, -1):
            self._client.zincrby(KEY_LEASES, -seconds * 1000, article_id)
            if self._client.hexists(KEY_ARTICLE + article_id, "sent_at"):
                self._client.hincrby(KEY_ARTICLE + article_id, "sent_at", -seconds * 1000)

    def wait_on(self, queue, messages):
        self._client.lpush(QUEUES[queue], *["message"] * messages)

    def published(self, stream):
        return [
            (fields["type"], fields["id"], json.loads(fields["event"])) for _, fields in self._client.xrange(stream)
        ]


class InMemory(World):
    def __init__(self, settings=SETTINGS):
        self._clock = FixedClock(1_000_000.0)
        self._backlog = {}
        self.ledger = MemoryLedger(settings, clock=self._clock, backlog=lambda queue: self._backlog.get(queue, 0))

    def advance(self, seconds):
        self._clock.advance(seconds)

    def wait_on(self, queue, messages):
        self._backlog[queue] = messages

    def published(self, stream):
        return [(entry.type, entry.id, json.loads(entry.event)) for entry in self.ledger.streams[stream]]


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def world(request):
    if request.param == "memory":
        yield InMemory()
        return
    made = OnRedis(request.getfixturevalue("redis_url"))
    yield made
    made.ledger.close()


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def elsewhere(request):
    """Give a ledger whose queue is on RabbitMQ."""
    settings = SETTINGS.model_copy(update={"broker_url": "amqp://rabbit.example"})
    if request.param == "memory":
        yield InMemory(settings)
        return
    made = OnRedis(request.getfixturevalue("redis_url"), settings)
    yield made
    made.ledger.close()


@pytest.fixture
def ledger(world):
    return world.ledger


class Make:
    """Makes what goes into a ledger."""

    def work(self, text="eins", article_id="a", queue="live", limit_s=30):
        article = Article(id=article_id, text=text, metadata={"desk": None, "n": 1.5})
        return Work(article_id, content_hash(article), article, queue=queue, limit_s=limit_s)

    def result(self, lease, *event_ids, version="1"):
        return Result(
            article_id=lease.article_id,
            revision=lease.revision,
            content_hash=lease.content_hash,
            article=ArticleInfo(),
            language="de",
            events=tuple(self._event(each) for each in event_ids),
            extractor=ExtractorInfo(version=version, language_pack="p", model="m"),
            extracted_at=NOW,
            elapsed_ms=1,
        )

    def _event(self, event_id):
        mention = Mention(text="x", start=0, end=1, sentence=Extent(start=0, end=1), section="lead")
        return Event(id=event_id, type="meeting", mentions=(mention,), factuality="asserted", confidence=1)

    def failure(self, lease, code="extraction_failed", family="defect"):
        return Failure(
            article_id=lease.article_id,
            revision=lease.revision,
            code=code,
            family=family,
            message="expected a result, found none",
            attempts=lease.attempt,
            failed_at=NOW,
            article=lease.article,
        )


@pytest.fixture
def make():
    return Make()


class CeleryWorld:
    def __init__(self, url):
        self.queue = CeleryQueue(url, SETTINGS)
        self._client = RedisLedger.open(SETTINGS, url=url).client

    def taken(self, name):
        """Read what a worker would: oldest first."""
        for entry in self._client.lrange(QUEUES[name], 0, -1)[::-1]:
            message = json.loads(entry)
            args, kwargs, _ = json.loads(base64.b64decode(message["body"]))
            assert kwargs == {}
            hard, soft = message["headers"]["timelimit"]
            assert soft is None
            yield tuple(args[0]), message["headers"]["task"], hard


class MemoryWorld:
    def __init__(self):
        self.queue = MemoryQueue()

    def taken(self, name):
        while (message := self.queue.take(name)) is not None:
            task = message.as_task()
            assert "soft_time_limit" not in task
            yield message.article_ids, task["name"], task["time_limit"]


@pytest.fixture(params=["memory", pytest.param("celery", marks=pytest.mark.redis)])
def queue_world(request):
    made = MemoryWorld() if request.param == "memory" else CeleryWorld(request.getfixturevalue("redis_url"))
    yield made
    made.queue.close()
