"""Looks at Redis for the metrics: how much waits and for how long, who works, who lags behind."""

from __future__ import annotations

import base64
import json
from typing import Any, Final

from gateway.metrics import (
    FAILURES_KEPT,
    GROUP_LAG,
    GROUP_PENDING,
    MEMORY_MAX,
    MEMORY_USED,
    MESSAGES,
    OLDEST,
    REDIS_UP,
    STREAM_ENTRIES,
    STREAM_FILL,
    UNFINISHED,
    WORKERS,
)
from gateway.monitor import Monitor
from ledger.connection import Client, translated
from ledger.metrics import MemoryMeter
from ledger.settings import LedgerSettings
from schemas.errors import DepescheError
from schemas.names import (
    INDEX_FAILURES,
    KEY_ARTICLE,
    QUEUES,
    STREAM_ARTICLES,
    STREAM_EVENTS,
    STREAM_FAILURES,
    STREAM_RESULTS,
)

STREAMS: Final = (STREAM_EVENTS, STREAM_RESULTS, STREAM_FAILURES, STREAM_ARTICLES)
MAX_GROUPS: Final = 50
"""Of a stream; a label must not have as many values as somebody likes to make groups."""
COUNTED: Final = 1_000
"""Entries counted one by one where Redis does not know how far behind a group is."""


class QueueLook:
    """Looks at what is in Redis.

    Args:
        client: The server.
        monitor: Knows what waits, and the workers.
        settings: The cap of the streams, and whether the queue is elsewhere.
        where: The server as messages name it.
    """

    def __init__(self, client: Client, monitor: Monitor, settings: LedgerSettings, *, where: str) -> None:
        self._client = client
        self._monitor = monitor
        self._settings = settings
        self._where = where

    def __call__(self) -> MemoryMeter:
        """Give what was found; with Redis away, that alone."""
        found = MemoryMeter()
        try:
            with translated(self._where):
                self._look(found)
        except DepescheError:
            found = MemoryMeter()
            found.set(REDIS_UP, 0)
        else:
            found.set(REDIS_UP, 1)
        return found

    def _look(self, found: MemoryMeter) -> None:
        found.set(UNFINISHED, self._monitor.waiting())
        found.set(WORKERS, self._monitor.workers())
        found.set(FAILURES_KEPT, self._client.zcard(INDEX_FAILURES))
        memory: Any = self._client.info("memory")
        found.set(MEMORY_USED, memory["used_memory"])
        found.set(MEMORY_MAX, memory.get("maxmemory", 0))
        if self._settings.broker_url is None:
            for name, key in QUEUES.items():
                found.set(MESSAGES, self._client.llen(key), name)
                found.set(OLDEST, self._age_of_next(key), name)
        for stream in STREAMS:
            self._look_at_stream(stream, found)

    def _age_of_next(self, queue: str) -> float:
        """Give the age of the oldest article in the message that is next; what is no message of ours has none."""
        raw: Any = self._client.lindex(queue, -1)
        pipe = self._client.pipeline(transaction=False)
        for article_id in article_ids(raw) if raw else ():
            pipe.hget(KEY_ARTICLE + article_id, "accepted_at")
        accepted = [int(each) for each in pipe.execute() if each]
        seconds, microseconds = self._client.time()
        return max(0.0, seconds + microseconds / 1e6 - min(accepted) / 1000) if accepted else 0.0

    def _look_at_stream(self, stream: str, found: MemoryMeter) -> None:
        entries = int(self._client.xlen(stream))
        found.set(STREAM_ENTRIES, entries, stream)
        if stream != STREAM_ARTICLES:  # what is handed in is never cut
            found.set(STREAM_FILL, entries / self._settings.stream_max_entries, stream)
        groups: Any = self._client.xinfo_groups(stream) if self._client.exists(stream) else []
        for group in groups[:MAX_GROUPS]:
            name = str(group["name"])
            found.set(GROUP_LAG, self._lag(stream, group), stream, name)
            found.set(GROUP_PENDING, group["pending"], stream, name)

    def _lag(self, stream: str, group: dict[str, Any]) -> int:
        if group.get("lag") is not None:
            return int(group["lag"])
        found: Any = self._client.xrange(stream, min=f"({group['last-delivered-id']}", count=COUNTED)
        return len(found)


def article_ids(raw: str) -> list[str]:
    """Read the ids of the articles in a message of ours; none where it is something else.

    Example:
        >>> article_ids("hello")
        []
    """
    try:
        ((ids,), _kwargs, _embed) = json.loads(base64.b64decode(json.loads(raw)["body"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return []
    return [each for each in ids if isinstance(each, str)] if isinstance(ids, list) else []
