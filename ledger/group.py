"""A consumer group of a Redis stream, command by command."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from redis.exceptions import ResponseError

from ledger.connection import Client, translated

FORGET_READER_AFTER_MS: Final = 24 * 3_600_000
"""A reader without messages that has not been heard of for a day is forgotten: names with process ids pile up."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the stream, and how often it was handed out."""

    id: str
    fields: Mapping[str, str]
    deliveries: int = 1


@dataclass(frozen=True)
class Group:
    """One reader's view of a group; it is made when it is first needed, and again when Redis has lost it.

    Args:
        client: The server.
        stream: Name of the stream.
        group: Name of the group.
        consumer: Name of this reader.
        start: Where a new group begins: ``0`` or ``$``.
        where: The server as messages name it.

    Note:
        A group that is lost while it is read from is made again at the oldest entry: the stream is most likely a new
        one, and nothing of it may be missed.
    """

    client: Client
    stream: str
    group: str
    consumer: str
    start: str
    where: str
    _has_existed: threading.Event = field(default_factory=threading.Event, init=False, repr=False, compare=False)

    def own(self, count: int, *, after: str = "0") -> list[Entry]:
        """Give what this reader was handed and has not acknowledged."""
        reply = self._do(lambda: self.client.xreadgroup(self.group, self.consumer, {self.stream: after}, count=count))
        return self._existing(stream_entries(reply), again=True)

    def new(self, count: int, *, block_s: float) -> list[Entry]:
        """Give what nobody was handed yet; wait for it a while."""
        block_ms = max(1, int(block_s * 1000))
        reply = self._do(
            lambda: self.client.xreadgroup(self.group, self.consumer, {self.stream: ">"}, count=count, block=block_ms)
        )
        return self._existing(stream_entries(reply), again=False)

    def claim(self, count: int, *, idle_s: float) -> list[Entry]:
        """Take over what others were handed and have not answered for long."""
        reply: Any = self._do(
            lambda: self.client.xautoclaim(
                self.stream, self.group, self.consumer, min_idle_time=int(idle_s * 1000), count=count
            )
        )
        self._do(self._forget_readers)
        return self._existing(reply[1], again=True)

    def ack(self, *entry_ids: str) -> None:
        """Acknowledge entries."""
        if entry_ids:
            self._do(lambda: self.client.xack(self.stream, self.group, *entry_ids))

    def remove(self, *entry_ids: str) -> None:
        """Acknowledge entries and take them out of the stream, in one step."""

        def remove() -> None:
            pipe = self.client.pipeline(transaction=True)
            pipe.xack(self.stream, self.group, *entry_ids)
            pipe.xdel(self.stream, *entry_ids)
            pipe.execute()

        self._do(remove)

    def _existing(self, pairs: Iterable[tuple[str, Mapping[str, str] | None]], *, again: bool) -> list[Entry]:
        """Leave out what was trimmed meanwhile: there is nothing left to read of it."""
        listed = list(pairs)
        self.ack(*[entry_id for entry_id, fields in listed if not fields])
        found = [(entry_id, fields) for entry_id, fields in listed if fields]
        counts = self._deliveries([entry_id for entry_id, _ in found]) if again else {}
        return [Entry(entry_id, fields, counts.get(entry_id, 1)) for entry_id, fields in found]

    def _deliveries(self, entry_ids: list[str]) -> dict[str, int]:
        if not entry_ids:
            return {}
        pending: Any = self._do(
            lambda: self.client.xpending_range(
                self.stream,
                self.group,
                min=entry_ids[0],
                max=entry_ids[-1],
                count=len(entry_ids),
                consumername=self.consumer,
            )
        )
        return {str(each["message_id"]): int(each["times_delivered"]) for each in pending}

    def _forget_readers(self) -> None:
        for reader in self.client.xinfo_consumers(self.stream, self.group):
            is_gone = reader["pending"] == 0 and reader["idle"] > FORGET_READER_AFTER_MS
            if is_gone and reader["name"] != self.consumer:
                self.client.xgroup_delconsumer(self.stream, self.group, reader["name"])

    def _do(self, command: Callable[[], T]) -> T:
        with translated(self.where):
            try:
                found = command()
            except ResponseError as error:
                if not str(error).startswith("NOGROUP"):
                    raise
                self._make()
                found = command()
        self._has_existed.set()
        return found

    def _make(self) -> None:
        start = "0" if self._has_existed.is_set() else self.start
        try:
            self.client.xgroup_create(self.stream, self.group, id=start, mkstream=True)
        except ResponseError as error:
            if not str(error).startswith("BUSYGROUP"):
                raise


def stream_entries(reply: Any) -> list[tuple[str, Mapping[str, str] | None]]:
    """Take the entries of the one stream out of the reply, whatever protocol it came by."""
    if not reply:
        return []
    streams = reply.items() if isinstance(reply, dict) else reply
    found: list[tuple[str, Mapping[str, str] | None]] = []
    for _, entries in streams:
        pairs = entries[0] if entries and isinstance(entries[0], list) else entries
        found.extend(pairs)
    return found
