"""What the gateway sees in Redis when it is asked for its metrics."""

import pytest

from gateway.metrics import (
    FAILURES_KEPT,
    GROUP_LAG,
    GROUP_PENDING,
    MEMORY_USED,
    MESSAGES,
    OF_REDIS,
    OLDEST,
    REDIS_UP,
    STREAM_ENTRIES,
    STREAM_FILL,
    UNFINISHED,
    WORKERS,
)
from gateway.metrics_queue import QueueLook
from gateway.monitor import RedisMonitor
from ledger import LedgerSettings, RedisLedger
from ledger.connection import open_redis
from producer import Client
from schemas import Article
from schemas.names import KEY_ARTICLE, KEY_WORKER, STREAM_EVENTS

pytestmark = pytest.mark.redis


@pytest.fixture
def settings(redis_url):
    return LedgerSettings(redis_url=redis_url, stream_max_entries=10)


@pytest.fixture
def ledger(settings):
    ledger = RedisLedger.open(settings)
    yield ledger
    ledger.close()


@pytest.fixture
def look(ledger, settings):
    monitor = RedisMonitor(ledger.client, where="redis")
    return lambda: QueueLook(ledger.client, monitor, settings, where="redis")().values


def test_depth_and_age_are_those_of_each_queue(look, ledger, settings):
    with Client(settings=settings) as client:
        for number, queue in enumerate(["live", "backfill", "backfill"]):
            client.submit(Article(id=f"a-{number}", text="Ein Text."), queue=queue)
    seconds, _ = ledger.client.time()
    ledger.client.hset(f"{KEY_ARTICLE}a-1", "accepted_at", (seconds - 90) * 1000)
    ledger.client.set(f"{KEY_WORKER}w1", "1")
    found = look()
    assert (found[MESSAGES, ("live",)], found[MESSAGES, ("backfill",)], found[UNFINISHED, ()]) == (1, 2, 3)
    assert 0 <= found[OLDEST, ("live",)] < 30
    assert 85 <= found[OLDEST, ("backfill",)] < 120
    assert (found[WORKERS, ()], found[REDIS_UP, ()], found[FAILURES_KEPT, ()]) == (1, 1, 0)
    assert found[MEMORY_USED, ()] > 100_000


def test_lag_and_pending_are_those_of_each_group(look, ledger):
    ids = [ledger.client.xadd(STREAM_EVENTS, {"event": "{}"}) for _ in range(5)]
    ledger.client.xgroup_create(STREAM_EVENTS, "slow", id="0")
    ledger.client.xgroup_create(STREAM_EVENTS, "quick", id="0")
    ledger.client.xreadgroup("slow", "reader", {STREAM_EVENTS: ">"}, count=2)
    ledger.client.xreadgroup("quick", "reader", {STREAM_EVENTS: ">"})
    ledger.client.xack(STREAM_EVENTS, "quick", *ids)
    found = look()
    assert (found[STREAM_ENTRIES, (STREAM_EVENTS,)], found[STREAM_FILL, (STREAM_EVENTS,)]) == (5, 0.5)
    lags = {
        group: (found[GROUP_LAG, (STREAM_EVENTS, group)], found[GROUP_PENDING, (STREAM_EVENTS, group)])
        for group in ("slow", "quick")
    }
    assert lags == {"slow": (3, 2), "quick": (0, 0)}


def test_lag_is_counted_where_redis_has_lost_count(look, ledger):
    """After an entry in the middle was removed, Redis does not know any more."""
    ids = [ledger.client.xadd(STREAM_EVENTS, {"event": "{}"}) for _ in range(5)]
    ledger.client.xgroup_create(STREAM_EVENTS, "slow", id="0")
    ledger.client.xreadgroup("slow", "reader", {STREAM_EVENTS: ">"}, count=1)
    ledger.client.xdel(STREAM_EVENTS, ids[2])
    assert look()[GROUP_LAG, (STREAM_EVENTS, "slow")] == 3


def test_redis_that_is_away_is_said_and_nothing_else():
    """The numbers of a moment ago would look like those of now."""
    away = LedgerSettings(redis_url="redis://127.0.0.1:1/0", redis_connect_timeout_s=0.2)
    client = open_redis(away, url=away.redis_url)
    found = QueueLook(client, RedisMonitor(client, where="redis"), away, where="redis")().values
    assert found == {(REDIS_UP, ()): 0}


def test_every_metric_of_redis_is_found(look, ledger):
    ledger.client.xadd(STREAM_EVENTS, {"event": "{}"})
    ledger.client.xgroup_create(STREAM_EVENTS, "group", id="0")
    assert {metric for metric, _ in look()} == set(OF_REDIS)
