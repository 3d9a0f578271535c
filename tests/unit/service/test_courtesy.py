"""A message of a corpus gives way to fresh news, and what is left of it is not lost."""

import pytest
import redis
from redis.exceptions import ConnectionError as Unreachable

from ledger.message import Message
from schemas.names import QUEUE_BACKFILL, QUEUE_LIVE
from worker.service.courtesy import Courtesy

pytestmark = pytest.mark.redis


@pytest.fixture
def client(redis_url):
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        yield client


def test_rest_goes_back_when_news_waits(client):
    sent = []
    courtesy = Courtesy(client, sent.append, QUEUE_BACKFILL, limit_s=60)
    assert not courtesy.give_way(["b", "c"])
    client.lpush(QUEUE_LIVE, "message")
    assert courtesy.give_way(["b", "c"])
    assert sent == [Message("backfill", ("b", "c"), 60)]


def test_news_gives_way_to_nobody(client):
    client.lpush(QUEUE_LIVE, "message")
    assert not Courtesy(client, pytest.fail, QUEUE_LIVE, limit_s=60).give_way(["b"])


def test_rest_that_cannot_be_sent_is_worked_on(client):
    def send(_message):
        raise Unreachable

    client.lpush(QUEUE_LIVE, "message")
    assert not Courtesy(client, send, QUEUE_BACKFILL, limit_s=60).give_way(["b"])
