"""``/v1/events/stream``: events as they are announced, as Server-Sent Events."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Annotated, Final

import structlog
from fastapi import APIRouter, Header, Query
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.bootstrap import Parts
from gateway.documentation import answer, problems
from gateway.errors import GatewayBusy, RequestInvalid
from gateway.feed import EventFeed, FeedEntry
from gateway.requests import PartsDependency, Reader
from schemas.errors import Transient

router = APIRouter(prefix="/v1/events", tags=["events"])

MEDIA_TYPE: Final = "text/event-stream"
BATCH: Final = 50
BLOCK_S: Final = 2.0
HEARTBEAT_EVERY: Final = 5
"""Rounds without news after which a comment is sent: proxies close silent connections."""
_PLACE: Final = re.compile(r"[0-9]{1,18}(-[0-9]{1,18})?")

log = structlog.get_logger(__name__)


@router.get(
    "/stream",
    summary="Get events as they are announced",
    response_class=Response,
    responses={
        200: answer(
            "Server-Sent Events without end; `event` is the CloudEvent's type, `data` the CloudEvent.",
            {"type": "string"},
            media_type=MEDIA_TYPE,
            example='id: 1762334400000-0\nevent: depesche.event.v1\ndata: {"specversion":"1.0"}\n\n',
        ),
        **problems(400, 401, 403, s400="request_invalid"),
    },
)
async def stream_events(
    *,
    parts: PartsDependency,
    _token: Reader,
    last_event_id: Annotated[
        str | None, Header(alias="Last-Event-ID", description="Go on after this one; browsers send it by themselves.")
    ] = None,
    after: Annotated[
        str | None, Query(max_length=40, description="The same as a parameter; 0 for all that is kept.")
    ] = None,
) -> Response:
    """Send events and retractions as they are announced, without end.

    A reader that was away goes on where it stopped, by `Last-Event-ID`. If it was away so long that some are gone, it
    is told by an event of type `depesche.gap`: ask `GET /v1/events` for what holds. A reader that takes nothing for a
    while is dropped, and may come back.
    """
    place = _read_place(last_event_id if last_event_id is not None else after)
    if not parts.readers.acquire(blocking=False):
        raise GatewayBusy("expected fewer readers of the stream, found as many as may be", retry_after_s=10)
    try:
        frames = _Frames(parts.feed, place or await parts.feed.newest())
        await frames.begin()
    except BaseException:
        parts.readers.release()
        raise
    return _EventStream(frames, parts)


def _read_place(written: str | None) -> str | None:
    if written is None or not written.strip():
        return None
    if not _PLACE.fullmatch(written.strip()):
        raise RequestInvalid("Last-Event-ID: expected the id of an event of this stream, found another form")
    return written.strip()


class _Frames:
    """The text of the stream, from a place onward."""

    def __init__(self, feed: EventFeed, after: str) -> None:
        self._feed = feed
        self._after = after
        self._first = ""

    async def begin(self) -> None:
        """Look whether something is missing; so an absent Redis is a problem with a status, not a broken stream."""
        self._first = "retry: 3000\n\n"
        if await self._feed.may_miss(self._after):
            self._first += 'event: depesche.gap\ndata: {"detail":"some events are no longer kept"}\n\n'

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._first.encode()
        silent = 0
        while True:
            entries = await self._feed.read(self._after, count=BATCH, block_s=BLOCK_S)
            if entries:
                silent, self._after = 0, entries[-1].id
                yield b"".join(_frame(each) for each in entries)
            else:
                silent += 1
                if silent % HEARTBEAT_EVERY == 0:
                    yield b": still here\n\n"


def _frame(entry: FeedEntry) -> bytes:
    # JSON holds no raw line break; a stranger's entry might, and could else pretend to be another event.
    event = entry.event.replace("\r", " ").replace("\n", " ")
    kind = entry.type.replace("\r", " ").replace("\n", " ")
    return f"id: {entry.id}\nevent: {kind}\ndata: {event}\n\n".encode()


class _EventStream(Response):
    """Sends frames at the pace of its reader: nothing is collected for one that does not read."""

    media_type = MEDIA_TYPE

    def __init__(self, frames: _Frames, parts: Parts) -> None:
        super().__init__(headers={"cache-control": "no-store", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._frames = frames
        self._readers = parts.readers
        self._patience_s = parts.settings.gateway_stream_patience_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            sending = asyncio.ensure_future(self._send_all(send))
            leaving = asyncio.ensure_future(_until_gone(receive))
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            for each in (sending, leaving):
                each.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
        finally:
            self._readers.release()

    async def _send_all(self, send: Send) -> None:
        try:
            async for frame in self._frames:
                async with asyncio.timeout(self._patience_s):
                    await send({"type": "http.response.body", "body": frame, "more_body": True})
        except TimeoutError:
            # Nothing more is sent, not even an end: that would wait for the reader as well.
            log.info("slow reader dropped", patience_s=self._patience_s)
        except OSError:
            log.debug("reader gone")
        except Transient as error:
            log.warning("stream ended", code=error.code)
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
