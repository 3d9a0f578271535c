"""What happens when a worker starts, forks and stops."""

from __future__ import annotations

import gc
import sys
import time
from typing import Any, Final, NoReturn

import structlog
from celery import Celery, signals

from ledger import tracing
from ledger.errors import RedisUnfit
from ledger.message import Message
from schemas.errors import Defect, DepescheError, Transient
from schemas.failure_codes import FAILURE_CODES
from worker.service.bootstrap import Parts
from worker.service.ending import Ending
from worker.service.heartbeat import beat
from worker.service.logs import configure_logs
from worker.service.memory_limit import limit_memory
from worker.service.sweeper import Sweeper

LOOK_AGAIN_S: Final = 1.0

log = structlog.get_logger(__name__)


class Lifecycle:
    """Connects a worker's parts to Celery's signals.

    Args:
        app: The Celery app.
        parts: What the worker is made of.
    """

    def __init__(self, app: Celery, parts: Parts) -> None:
        self._app = app
        self._parts = parts
        self._sweeper: Sweeper | None = None

    def connect(self) -> None:
        """Connect to the signals; weak references would be gone at once."""
        signals.setup_logging.connect(self.set_up_logs, weak=False)
        signals.worker_init.connect(self.prepare, weak=False)
        signals.worker_before_create_process.connect(freeze, weak=False)
        signals.worker_process_init.connect(self.limit_child, weak=False)
        signals.worker_process_init.connect(self.trace, weak=False)
        signals.worker_process_shutdown.connect(self.stop_tracing, weak=False)
        signals.worker_ready.connect(self.start_sweeping, weak=False)
        signals.worker_shutdown.connect(self.stop_sweeping, weak=False)
        # A cold shutdown, which SIGTERM is here, sends only this one; it comes after the patience for running articles.
        signals.worker_shutting_down.connect(self.stop_sweeping, weak=False)

    def set_up_logs(self, **_: Any) -> None:
        """Log in our own way instead of Celery's."""
        configure_logs(self._parts.settings)

    def prepare(self, **_: Any) -> None:
        """Refuse a Redis that could lose articles, and load the models before the children are forked."""
        self.set_up_logs()  # Celery asks for it only later, and waiting for Redis is worth a line
        try:
            self._wait_until_fit()
            started = time.monotonic()
            self._parts.measuring.prepare()
            self._parts.load()
            if self._parts.settings.tracing:
                tracing.check_tracing()
            log.info("extraction loaded", seconds=round(time.monotonic() - started, 1))
        except DepescheError as error:
            _end(error)
        except Exception as error:  # noqa: BLE001 - a worker that cannot extract would look well and finish nothing
            _end(Defect(f"expected the extraction to load, found {type(error).__name__}: {error}"))

    def _wait_until_fit(self) -> None:
        """Check the server; one that is not there yet is waited for, with signs of life."""
        ledger = self._parts.open_ledger()
        is_told = False
        while True:
            try:
                ledger.check_fitness()
            except Transient as error:
                if not is_told:
                    log.warning("waiting for redis", code=error.code, message=error.message)
                is_told = True
                beat(self._parts.settings.heartbeat_file)
                time.sleep(LOOK_AGAIN_S)
            else:
                ledger.close()
                return

    def limit_child(self, **_: Any) -> None:
        """Limit the memory of a process that extracts, as it starts."""
        if limit_memory(self._parts.settings.article_memory_mib) is None:
            log.warning("no memory limit per article on this system")

    def trace(self, **_: Any) -> None:
        """Begin to trace, in each process that extracts: what sends traces does not live through a fork."""
        if self._parts.settings.tracing:
            tracing.set_up_tracing(service="depesche-worker")

    def stop_tracing(self, **_: Any) -> None:
        """Send what is left of the traces."""
        tracing.stop_tracing()

    def start_sweeping(self, sender: Any, **_: Any) -> None:
        """Start the thread that finds lost articles."""
        measuring = self._parts.measuring
        ending = Ending(sender.controller, patience_s=self._parts.settings.stop_patience_s)
        self._sweeper = Sweeper(
            self._parts.settings,
            self._parts.open_ledger(),
            self._send,
            name=sender.hostname,
            meter=measuring.parent,
            tidy=measuring.tidy,
            look=ending.look,
        )
        self._sweeper.start()
        measuring.serve()
        log.info("worker ready")

    def stop_sweeping(self, **_: Any) -> None:
        """Stop it."""
        if self._sweeper is not None:
            self._sweeper.stop()
        self._parts.measuring.stop()

    def _send(self, message: Message) -> None:
        self._app.send_task(**message.as_task())


def freeze(**_: Any) -> None:
    """Move all that lives before a fork out of the garbage collector's sight, so that its pages stay shared."""
    gc.collect()
    gc.freeze()


def _end(error: DepescheError) -> NoReturn:
    """Leave with one sentence: Celery only logs what a signal's receiver raises, and would go on."""
    remedy = "" if isinstance(error, RedisUnfit) else f" {FAILURE_CODES[error.code].remedy}"
    print(f"depesche worker: {error.code}: {error.message.rstrip('.')}.{remedy}", file=sys.stderr)  # noqa: T201 - the last words
    sys.exit(FAILURE_CODES[error.code].exit_status)
