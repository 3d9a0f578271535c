"""The thread beside the workers: finds lost articles, trims the streams, gives signs of life."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import structlog

from ledger.connection import translated
from ledger.message import Message, plan_messages
from ledger.metrics import Meter, NoMeter
from ledger.redis_ledger import RedisLedger
from ledger.streams import Loss, trim_streams
from schemas.errors import DepescheError
from schemas.names import KEY_WORKER
from worker.service.heartbeat import MISSED_BEATS, beat
from worker.service.metrics import RESENT, TRIMMED, UNREAD_TRIMMED
from worker.service.settings import WorkerSettings

CLAIM: Final = 500
"""Articles claimed at a time."""

NEARLY_FULL: Final = 0.8
"""Share of a stream's hard cap from which on its filling up is reported, while nothing is lost yet."""
MOST_CLAIMS: Final = 100
"""Per round; the other chores want their turn."""

log = structlog.get_logger(__name__)


@dataclass
class _Chore:
    """Something done again and again."""

    name: str
    every_s: float
    run: Callable[[], object]
    due_at: float = 0.0
    is_failing: bool = field(default=False)


class Sweeper:
    """Runs in every worker; they may all do it, since each lost article is claimed by one of them alone.

    Args:
        settings: How often.
        ledger: A ledger of its own.
        send: Puts a message on its queue.
        name: Of the worker, for its sign of life in Redis.
        meter: Counts what is sent again and trimmed.
        tidy: Clears away what processes of this worker left behind.
        look: Sees to it that a worker that has ended is gone.
    """

    def __init__(
        self,
        settings: WorkerSettings,
        ledger: RedisLedger,
        send: Callable[[Message], None],
        *,
        name: str | None = None,
        meter: Meter | None = None,
        tidy: Callable[[], None] = lambda: None,
        look: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._send = send
        self._name = name or socket.gethostname()
        self._meter: Meter = meter or NoMeter()
        self._stopped = threading.Event()
        self._chores = (
            _Chore("beat", settings.heartbeat_every_s, lambda: beat(settings.heartbeat_file)),
            _Chore("look", settings.heartbeat_every_s, look),
            _Chore("announce", settings.heartbeat_every_s, self._announce),
            _Chore("sweep", settings.sweep_every_s, self.sweep),
            _Chore("trim", settings.trim_every_s, self.trim),
            _Chore("tidy", settings.trim_every_s, tidy),
        )
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self, *, timeout_s: float = 5.0) -> None:
        """Stop it; what it was doing is finished."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        self._settings.heartbeat_file.unlink(missing_ok=True)

    def sweep(self) -> int:
        """Send the articles again whose lease has run out; gives how many."""
        total = 0
        for _ in range(MOST_CLAIMS):
            found = self._sweep_some()
            total += found
            if found < CLAIM:
                break
        if total:
            self._meter.count(RESENT, by=total)
            log.warning("articles sent again", articles=total)
        return total

    def _sweep_some(self) -> int:
        settings = self._settings
        found = self._ledger.sweep(limit=CLAIM)
        for message in plan_messages(
            found,
            max_ids=settings.message_max_articles,
            max_limit_s=settings.message_max_limit_s,
            alone_chars=settings.message_alone_chars,
        ):
            self._send(message)
            self._ledger.mark_sent(message.article_ids)
        return len(found)

    def trim(self) -> None:
        """Trim the streams, and raise the alarm where only the hard cap helped."""
        for each in trim_streams(self._ledger.client, self._settings, where=self._ledger.where, report=self._report):
            self._meter.count(TRIMMED, each.stream, "age", by=each.by_age)
            self._meter.count(TRIMMED, each.stream, "cap", by=each.by_cap)
            if each.by_cap:
                log.error(
                    "stream over its hard cap",
                    stream=each.stream,
                    removed=each.by_cap,
                    cap=self._settings.stream_max_entries,
                    waiting_group=each.waiting_group,
                )
            elif each.fill >= NEARLY_FULL:
                log.warning(
                    "stream near its hard cap: what the slowest group has not read goes next",
                    stream=each.stream,
                    fill=round(each.fill, 2),
                    slowest_group=each.slowest_group,
                )

    def _report(self, loss: Loss) -> None:
        self._meter.count(UNREAD_TRIMMED, loss.stream, loss.group, by=loss.entries)
        log.warning(
            "entries go from a stream before they were read", stream=loss.stream, group=loss.group, entries=loss.entries
        )

    def _announce(self) -> None:
        lifetime_s = int(MISSED_BEATS * self._settings.heartbeat_every_s) + 1
        with translated(self._ledger.where):
            self._ledger.client.set(KEY_WORKER + self._name, f"{time.time():.0f}", ex=lifetime_s)

    def _run(self) -> None:
        while not self._stopped.is_set():
            for chore in self._chores:
                if time.monotonic() >= chore.due_at:
                    self._do(chore)
                    chore.due_at = time.monotonic() + chore.every_s
            self._stopped.wait(max(0.05, min(each.due_at for each in self._chores) - time.monotonic()))

    def _do(self, chore: _Chore) -> None:
        """Do one; a failure is logged when it begins and when it ends, and stops nothing."""
        try:
            chore.run()
        except DepescheError as error:
            if not chore.is_failing:
                log.warning("chore failing", chore=chore.name, code=error.code, message=error.message)
            chore.is_failing = True
        except Exception as error:  # noqa: BLE001 - the thread must outlive everything
            log.error("chore broken", chore=chore.name, error=type(error).__name__)  # noqa: TRY400 - may hold text
            chore.is_failing = True
        else:
            if chore.is_failing:
                log.info("chore works again", chore=chore.name)
            chore.is_failing = False
