"""Redis goes away under a reader, and comes back."""

import os
import signal
import threading

import pytest

from consumer import Consumer
from ledger import EmbeddedServer, LedgerSettings
from ledger.connection import open_redis
from schemas.envelope import CloudEvent, Retraction
from schemas.names import CE_RETRACTED, STREAM_EVENTS

pytestmark = pytest.mark.redis


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "redis"


def put(url, number):
    message = CloudEvent[Retraction](
        id=f"m{number}",
        type=CE_RETRACTED,
        subject="a",
        time="2025-11-05T09:00:00Z",
        data=Retraction(event_id=f"e{number}", article_id="a", revision=1),
    )
    with open_redis(LedgerSettings(redis_url=url)) as client:
        client.xadd(STREAM_EVENTS, {"id": message.id, "type": message.type, "event": message.model_dump_json()})


def test_reader_waits_and_goes_on(folder, wait_until):
    """Nothing is missed, and what was acknowledged does not come again."""
    first = EmbeddedServer(folder, appendfsync="always")
    url = first.start()
    seen = []
    consumer = Consumer(url, group="archive", settings=LedgerSettings(redis_url=url, redis_timeout_s=1))

    def read():
        for received in consumer:
            received.ack()
            seen.append(received.id)

    thread = threading.Thread(target=read)
    thread.start()
    second = None
    try:
        put(url, 1)
        wait_until(lambda: seen == ["m1"], what="the first message")
        os.kill(first.pid, signal.SIGKILL)
        second = EmbeddedServer(folder, port=int(url.split(":")[-1].split("/")[0]), appendfsync="always")
        second.start()
        put(url, 2)
        wait_until(lambda: seen == ["m1", "m2"], what="the second message")
    finally:
        consumer.stop()
        thread.join(90)
        (second or first).stop()
    assert not thread.is_alive()
