"""The stream of events as the gateway reads it for its own readers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ledger.cloudevents import Entry
from ledger.connection import async_client_of, shown, translated
from ledger.group import stream_entries
from ledger.settings import LedgerSettings
from ledger.streams import entry_order
from schemas.names import STREAM_EVENTS


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry: its place in the stream, the CloudEvent's type, the CloudEvent as JSON."""

    id: str
    type: str
    event: str


class EventFeed(Protocol):
    """Reads the stream from any place, for any number of readers."""

    async def newest(self) -> str:
        """Give the place of the last entry there is."""
        ...

    async def may_miss(self, after: str) -> bool:
        """Tell whether entries after this place may be gone already."""
        ...

    async def read(self, after: str, *, count: int, block_s: float) -> Sequence[FeedEntry]:
        """Give the next entries after a place; wait for them a while."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class RedisFeed:
    """The feed on Redis: a connection for each reader that waits.

    Args:
        url: The server.
        settings: Timeouts.
        max_readers: Readers at the same time.
    """

    def __init__(self, url: str, settings: LedgerSettings, *, max_readers: int) -> None:
        self._where = shown(url)
        self._client: Any = async_client_of(
            url,
            decode_responses=True,
            encoding_errors="replace",
            socket_timeout=settings.redis_timeout_s,
            socket_connect_timeout=settings.redis_connect_timeout_s,
            socket_keepalive=True,
            max_connections=2 * max_readers + 10,
        )
        # An answer may take so long; waiting for news must end before that counts as a fault.
        self._longest_block_s = settings.redis_timeout_s / 2

    async def newest(self) -> str:
        """Give the place of the last entry there is."""
        with translated(self._where):
            found = await self._client.xrevrange(STREAM_EVENTS, count=1)
        return str(found[0][0]) if found else "0-0"

    async def may_miss(self, after: str) -> bool:
        """Tell whether entries after this place may be gone already."""
        with translated(self._where):
            first = await self._client.xrange(STREAM_EVENTS, count=1)
        return bool(first) and (0, 0) < entry_order(after) < entry_order(str(first[0][0]))

    async def read(self, after: str, *, count: int, block_s: float) -> Sequence[FeedEntry]:
        """Give the next entries after a place; wait for them a while."""
        block_ms = max(1, int(min(block_s, self._longest_block_s) * 1000))
        with translated(self._where):
            reply = await self._client.xread({STREAM_EVENTS: after}, count=count, block=block_ms)
        return [
            FeedEntry(entry_id, (fields or {}).get("type", ""), (fields or {}).get("event", "{}"))
            for entry_id, fields in stream_entries(reply)
        ]

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


class MemoryFeed:
    """The feed of a ledger in memory, for tests."""

    def __init__(self, entries: Callable[[], Sequence[Entry]], *, trimmed: int = 0) -> None:
        self._entries = entries
        self._trimmed = trimmed

    async def newest(self) -> str:
        """Give the place of the last entry there is."""
        return f"{len(self._entries())}-0"

    async def may_miss(self, after: str) -> bool:
        """Tell whether entries after this place may be gone already."""
        return 0 < entry_order(after)[0] < self._trimmed

    async def read(self, after: str, *, count: int, block_s: float) -> Sequence[FeedEntry]:
        """Give the next entries after a place; wait for them a while."""
        start = max(entry_order(after)[0], self._trimmed)
        found = self._entries()[start : start + count]
        if not found:
            await asyncio.sleep(block_s)
        return [FeedEntry(f"{start + n}-0", each.type, each.event) for n, each in enumerate(found, start=1)]

    async def close(self) -> None:
        """Do nothing; there is no connection."""
