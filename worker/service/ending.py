"""Ends a worker whose main loop has ended and that does not come to its end by itself.

After an error that Celery calls unrecoverable it waits for its processes, without a limit. Such a worker gives signs of
life and takes no article; ended, it is started again by whatever runs it.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import structlog
from celery.bootsteps import RUN  # type: ignore[attr-defined] # missing in the stubs

STATUS: Final = 70
"""The exit status: an error of the software."""

log = structlog.get_logger(__name__)


class Ending:
    """Asked again and again whether the worker still runs; an ordered stop is not its business.

    Args:
        controller: Celery's worker.
        patience_s: How long articles under way may go on.
        end: Ends this process and those that extract.
    """

    def __init__(self, controller: Any, *, patience_s: float, end: Callable[[Any], None] | None = None) -> None:
        self._controller = controller
        self._patience_s = patience_s
        self._end = end or end_at_once
        self._ended_at: float | None = None

    def look(self) -> None:
        """End the worker if its main loop ended longer ago than its patience."""
        if self._controller.blueprint.state == RUN:
            return
        if self._ended_at is None:
            log.error("main loop ended; the worker ends with it", within_s=self._patience_s)
            self._ended_at = time.monotonic()
        elif time.monotonic() - self._ended_at >= self._patience_s:
            self._end(self._controller)


def end_at_once(controller: Any) -> None:
    """End the processes of the pool, and this one, without another word to anybody."""
    log.critical("ended without waiting any longer")
    pool = getattr(getattr(controller, "pool", None), "_pool", None)
    for process in getattr(pool, "_pool", ()):
        with suppress(OSError, TypeError):
            os.kill(process.pid, signal.SIGKILL)
    os._exit(STATUS)
