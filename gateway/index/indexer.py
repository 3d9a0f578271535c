"""Keeps the index up to date: a thread that reads the stream of events from where it stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

import structlog

from consumer.tail import Tail
from gateway.index.store import EventIndex
from ledger.connection import Client, translated
from ledger.streams import may_miss
from schemas.errors import DepescheError
from schemas.names import STREAM_EVENTS

BATCH: Final = 500
BLOCK_S: Final = 1.0
PAUSE_S: Final = 2.0
FORGET_EVERY_S: Final = 60.0

log = structlog.get_logger(__name__)


class Indexer:
    """Reads what was announced into the index, and drops what is too old.

    Args:
        index: The index.
        client: The server, with a connection of its own.
        lifetime_s: How long events stay, in seconds.
        where: The server as messages name it.
        clock: Seconds since 1970.
    """

    def __init__(
        self,
        index: EventIndex,
        client: Client,
        *,
        lifetime_s: float,
        where: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._index = index
        self._client = client
        self._lifetime_s = lifetime_s
        self._where = where
        self._clock = clock
        self._stopped = threading.Event()
        self._forget_due_at = 0.0
        self._tail: Tail | None = None
        self._thread = threading.Thread(target=self._run, name="indexer", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self, *, timeout_s: float = 5.0) -> None:
        """Stop it; what it was doing is finished."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        self._client.close()

    def catch_up(self, *, block_s: float | None = None) -> int:
        """Take in what is new, once; gives the number of messages.

        Raises:
            RedisUnreachable: Redis does not answer; the next call goes on at the same place.
        """
        tail = self._tail or self._open()
        messages = tail.read(count=BATCH, block_s=block_s)
        if messages:
            self._index.apply(messages, position=tail.position)
        self._tail = tail
        return len(messages)

    def _open(self) -> Tail:
        position = self._index.position
        with translated(self._where):
            if may_miss(self._client, STREAM_EVENTS, after=position):
                log.warning("index may miss events: the stream was trimmed before they were read", position=position)
            if position != "0" and not self._client.exists(STREAM_EVENTS):
                position = "0"  # a new server begins to count anew
        return Tail(self._client, STREAM_EVENTS, after=position, where=self._where)

    def _run(self) -> None:
        is_failing = False
        while not self._stopped.is_set():
            try:
                self.catch_up(block_s=BLOCK_S)
                self._forget()
            except DepescheError as error:
                if not is_failing:
                    log.warning("indexing interrupted", code=error.code, message=error.message)
                is_failing, self._tail = True, None
                self._stopped.wait(PAUSE_S)
            except Exception as error:  # noqa: BLE001 - the thread must outlive everything
                log.error("indexing broken", error=type(error).__name__)  # noqa: TRY400 - a traceback may hold text
                is_failing, self._tail = True, None
                self._stopped.wait(PAUSE_S)
            else:
                is_failing = False

    def _forget(self) -> None:
        """A little at a time, so that nothing else waits long."""
        if time.monotonic() >= self._forget_due_at and not self._index.forget(before=self._clock() - self._lifetime_s):
            self._forget_due_at = time.monotonic() + FORGET_EVERY_S
