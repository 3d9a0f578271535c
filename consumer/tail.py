"""Looks on at a stream without belonging to a group: everybody who looks sees everything."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from consumer.errors import EntryUnreadable
from consumer.received import Received, read_entry
from ledger.connection import Client, translated
from ledger.group import stream_entries

log = structlog.get_logger(__name__)


class Tail:
    """Reads a stream from a place onward.

    Args:
        client: The server; its timeout must be longer than the wait for news.
        stream: Name of the stream.
        after: Id of the entry to go on after; ``0`` for all that is kept, ``$`` for what comes from now on.
        where: The server as messages name it.
    """

    def __init__(self, client: Client, stream: str, *, after: str = "$", where: str = "redis") -> None:
        self._client = client
        self._stream = stream
        self._after = after
        self._where = where

    @property
    def position(self) -> str:
        """Id of the last entry read; begin there next time."""
        return self._after

    def read(self, *, count: int = 100, block_s: float | None = None) -> Sequence[Received]:
        """Give the next messages, in order; none when nothing came.

        Args:
            count: So many at most.
            block_s: How long to wait for the first, in seconds; None does not wait.

        Raises:
            RedisUnreachable: Redis does not answer; reading again goes on at the same place.
        """
        with translated(self._where):
            self._settle()
            block_ms = None if block_s is None else max(1, int(block_s * 1000))
            reply = self._client.xread({self._stream: self._after}, count=count, block=block_ms)
        found = []
        for entry_id, fields in stream_entries(reply):
            self._after = entry_id
            try:
                found.append(read_entry(entry_id, fields or {}))
            except EntryUnreadable as error:
                log.error("entry left out", code=error.code, message=error.message)  # noqa: TRY400 - no traceback
        return found

    def _settle(self) -> None:
        """Turn ``$`` into an id once: asked for again and again, what came in between would be missed."""
        if self._after == "$":
            newest = self._client.xrevrange(self._stream, count=1)
            self._after = str(newest[0][0]) if newest else "0-0"
