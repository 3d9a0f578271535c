"""Reads a stream as one of a group: every message reaches one of its readers, and none is lost with a reader."""

from __future__ import annotations

import os
import random
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Literal, Self

import structlog

from consumer.errors import EntryUnreadable
from consumer.received import Received, read_entry
from ledger.connection import open_redis, resolve_url, shown
from ledger.group import Entry, Group
from ledger.settings import LedgerSettings, read_settings
from ledger.streams import entry_order
from schemas.errors import Transient
from schemas.names import STREAM_EVENTS, STREAM_FAILURES, STREAM_RESULTS

STREAMS: Final = {"events": STREAM_EVENTS, "results": STREAM_RESULTS, "failures": STREAM_FAILURES}
LONGEST_PAUSE_S: Final = 5.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How a consumer reads.

    Args:
        batch: Messages fetched at a time.
        claim_after_s: After how long without an answer another reader's messages are taken over, in seconds; longer
            than a message ever takes, or it is worked on twice.
        block_s: Longest wait for new messages before looking around, in seconds.
        stop_when_idle_s: End the iteration when nothing has come for so long, in seconds; None goes on for ever.
    """

    batch: int = 16
    claim_after_s: float = 60.0
    block_s: float = 2.0
    stop_when_idle_s: float | None = None


class Consumer:
    """Iterates over events, and over those that no longer hold.

    Each message goes to one reader of the group. It is delivered at least once: acknowledge it when your work with
    it is safe. What a reader has not acknowledged when it dies, another one takes over.

    Args:
        url: The Redis server; without one DEPESCHE_REDIS_URL, else the server that ``depesche up`` runs in this folder.
        group: Name of your group; all readers with one name share the messages.
        stream: ``events``, ``results`` (one per article, also without events) or ``failures``.
        name: Of this reader. Give a stable one to get back at once, after a restart, what was not acknowledged.
        start: Where a new group begins: with the oldest message that is kept, or with the next one.
        reading: How much at a time, how patient.
        settings: Timeouts; read from the environment when left out.

    Raises:
        RedisUnreachable: No server is named or running.

    Example::

        for received in Consumer("redis://127.0.0.1:6379/0", group="archive"):
            if received.is_retraction:
                archive.remove(received.retraction.event_id)
            else:
                archive.store(received.event)
            received.ack()

    Note:
        Redis away: it waits and goes on. Not safe among threads: make one per thread.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        group: str,
        stream: Literal["events", "results", "failures"] = "events",
        name: str | None = None,
        start: Literal["oldest", "newest"] = "oldest",
        reading: Reading | None = None,
        settings: LedgerSettings | None = None,
    ) -> None:
        chosen = settings or read_settings(LedgerSettings)
        address = url or resolve_url(chosen)
        self._reading = reading or Reading()
        self._client = open_redis(chosen, url=address)
        self._group = Group(
            self._client,
            stream=STREAMS[stream],
            group=group,
            consumer=name or f"{socket.gethostname()}-{os.getpid()}-{threading.get_ident()}",
            start="0" if start == "oldest" else "$",
            where=shown(address),
        )
        # An answer of Redis may take so long; waiting for news must end before that counts as a fault.
        self._block_s = min(self._reading.block_s, chosen.redis_timeout_s / 2)
        self._stopped = threading.Event()
        self._unanswered: set[str] = set()
        self._has_looked_back = False
        self._claim_due_at = 0.0

    def __iter__(self) -> Iterator[Received]:
        """Give one message after the other; see ``stop``."""
        for batch in self.batches():
            for received in batch:
                if self._stopped.is_set():
                    return
                yield received

    def batches(self) -> Iterator[Sequence[Received]]:
        """Give the messages as they are fetched, several at a time; an empty batch says that nothing came."""
        idle_since = time.monotonic()
        failures = 0
        while not self._stopped.is_set():
            try:
                batch = self._next_batch()
            except Transient as error:
                failures += 1
                self._pause(error, failures)
                continue
            failures = 0
            yield batch
            if batch:
                idle_since = time.monotonic()
            elif self._is_over(idle_since):
                return

    def stop(self) -> None:
        """End the iteration after the message at hand; what was fetched and not given out goes to other readers."""
        self._stopped.set()

    def close(self) -> None:
        """Stop and close the connection."""
        self.stop()
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _is_over(self, idle_since: float) -> bool:
        patience = self._reading.stop_when_idle_s
        return patience is not None and time.monotonic() - idle_since >= patience

    def _next_batch(self) -> list[Received]:
        """Look for what was left behind first, then for what is new."""
        if not self._has_looked_back:
            entries = self._group.own(self._reading.batch, after=max(self._unanswered, key=entry_order, default="0"))
            self._has_looked_back = not entries
            if entries:
                return self._to_received(entries)
        if time.monotonic() >= self._claim_due_at:
            entries = self._group.claim(self._reading.batch, idle_s=self._reading.claim_after_s)
            if not entries:
                self._claim_due_at = time.monotonic() + self._reading.claim_after_s / 4
            # Our own that still wait for their acknowledgement are only renewed by being claimed.
            abandoned = [each for each in entries if each.id not in self._unanswered]
            if abandoned:
                return self._to_received(abandoned)
        return self._to_received(self._group.new(self._reading.batch, block_s=self._waiting_s()))

    def _waiting_s(self) -> float:
        patience = self._reading.stop_when_idle_s
        return self._block_s if patience is None else min(self._block_s, max(0.01, patience))

    def _to_received(self, entries: Sequence[Entry]) -> list[Received]:
        return [received for each in entries if (received := self._read(each)) is not None]

    def _read(self, entry: Entry) -> Received | None:
        """Read an entry; what is no message at all is logged and acknowledged, or it would come back for ever."""

        def acknowledge() -> None:
            self._group.ack(entry.id)
            self._unanswered.discard(entry.id)

        try:
            received = read_entry(entry.id, entry.fields, deliveries=entry.deliveries, acknowledge=acknowledge)
        except EntryUnreadable as error:
            log.error("entry left out", code=error.code, message=error.message)  # noqa: TRY400 - no traceback wanted
            self._group.ack(entry.id)
            return None
        self._unanswered.add(entry.id)
        return received

    def _pause(self, error: Transient, failures: int) -> None:
        if failures == 1:
            log.warning("reading interrupted", code=error.code, message=error.message)
        # With jitter, so that many readers do not come back at the same moment.
        pause_s = min(LONGEST_PAUSE_S, 0.1 * 2**failures)
        self._stopped.wait(pause_s * random.uniform(0.5, 1.0))  # noqa: S311 - no secret
