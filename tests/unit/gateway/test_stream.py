"""The stream as Server-Sent Events: from any place onward, at the reader's pace."""

import asyncio

import pytest

from gateway.app import create_app
from gateway.feed import MemoryFeed
from schemas import Article
from schemas.names import STREAM_EVENTS

PATH = "/v1/events/stream"


class Reader:
    """An ASGI client that reads as many frames as a test wants, and then goes away; or stops reading."""

    def __init__(self, app, query="", headers=(), stops_after=None):
        self.app = app
        self.query = query
        self.headers = headers
        self.stops_after = stops_after
        self.status = None
        self.received = []
        self.gone = asyncio.Event()
        self.news = asyncio.Event()
        self.begun = asyncio.Event()

    async def read(self, frames):
        task = asyncio.create_task(self.app(self._scope(), self._receive, self._send))
        async with asyncio.timeout(90):
            while len(self.received) < frames and not task.done():
                await asyncio.wait({task, asyncio.ensure_future(self.news.wait())}, return_when="FIRST_COMPLETED")
                self.news.clear()
        self.gone.set()
        await task
        return b"".join(self.received).decode()

    async def until_dropped(self):
        async with asyncio.timeout(90):
            await self.app(self._scope(), self._receive, self._send)

    def _scope(self):
        return {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "path": PATH,
            "raw_path": PATH.encode(),
            "query_string": self.query.encode(),
            "headers": [(b"host", b"localhost"), *self.headers],
            "client": None,
            "server": None,
            "scheme": "http",
            "root_path": "",
            "app": None,
        }

    async def _receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif len(self.received) == self.stops_after:
            await asyncio.Event().wait()
        else:
            self.received.append(message["body"])
            self.news.set()
            self.begun.set()


@pytest.fixture
def app(world):
    return create_app(world.parts)


@pytest.fixture
def publish(world):
    def run(article_id, *events):
        world.parts.client.submit(
            Article(id=article_id, text=f"Sie trafen sich. {len(world.ledger.streams[STREAM_EVENTS])}")
        )
        world.finish(article_id, *events)

    return run


def ids(text):
    return [line.removeprefix("id: ") for line in text.splitlines() if line.startswith("id: ")]


def kinds(text):
    return [line.removeprefix("event: ") for line in text.splitlines() if line.startswith("event: ")]


def test_reader_gets_what_is_kept_from_the_beginning(app, publish):
    publish("a-1", "e1")
    publish("a-1", "e2")
    text = asyncio.run(Reader(app, "after=0").read(2))
    assert text.startswith("retry: 3000\n\n")
    assert ids(text) == ["1-0", "2-0", "3-0"]
    assert kinds(text) == ["depesche.event.v1", "depesche.event.retracted.v1", "depesche.event.v1"]


def test_reader_goes_on_where_it_stopped(app, publish):
    publish("a-1", "e1", "e2", "e3")
    text = asyncio.run(Reader(app, headers=[(b"last-event-id", b"2-0")]).read(2))
    assert ids(text) == ["3-0"]


def test_reader_gets_what_comes_from_now_on(app, publish):
    publish("a-1", "e1")

    async def run():
        reader = Reader(app)
        reading = asyncio.create_task(reader.read(2))
        await reader.begun.wait()
        publish("a-2", "e2")
        return await reading

    assert ids(asyncio.run(run())) == ["2-0"]


def test_reader_is_told_when_some_are_gone(world, publish):
    publish("a-1", "e1", "e2", "e3")
    world.parts.feed = MemoryFeed(lambda: world.ledger.streams[STREAM_EVENTS], trimmed=2)
    text = asyncio.run(Reader(create_app(world.parts), headers=[(b"last-event-id", b"1-0")]).read(2))
    assert kinds(text) == ["depesche.gap", "depesche.event.v1"]


def test_slow_reader_is_dropped_and_its_place_is_free_again(make_world):
    world = make_world(gateway_access="open", gateway_stream_patience_s=0.05, gateway_max_streams=1)
    app = create_app(world.parts)

    async def run():
        for _ in range(2):
            reader = Reader(app, "after=0", stops_after=0)
            await reader.until_dropped()
            assert (reader.status, reader.received) == (200, [])

    asyncio.run(run())


def test_too_many_readers_are_a_problem(make_world):
    world = make_world(gateway_access="open", gateway_max_streams=1)
    app = create_app(world.parts)

    async def run():
        first = Reader(app)
        reading = asyncio.create_task(first.read(10))
        await first.begun.wait()
        second = Reader(app)
        await second.read(1)
        first.gone.set()
        reading.cancel()
        return second

    second = asyncio.run(run())
    assert second.status == 503
    assert b"gateway_busy" in second.received[0]


@pytest.mark.parametrize("place", ["now", "-1", "1-0-0", "1" * 30, "0x1"])
def test_place_of_another_form_is_a_problem(http, problem, place):
    problem(http.get(PATH, headers={"last-event-id": place}), 400, "request_invalid")
