"""What a worker writes: one line per happening, with the article's id, never its text."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

import celery.apps.worker
from billiard.util import get_logger

import ledger.logs
from ledger.logs import is_json
from worker.service.settings import WorkerSettings

STDERR: Final = 2


def configure_logs(settings: WorkerSettings) -> None:
    """Send the log of Depesche, Celery and the libraries below to stderr, in one format."""
    ledger.logs.configure_logs(level=settings.log_level, log_format=settings.log_format)
    # Celery tells of each message twice; what matters about an article is logged by its id.
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("celery.app.trace", "celery.worker.request"):
        logging.getLogger(name).addFilter(leave_error_out)
    get_logger().propagate = True  # what the pool says about its processes; else it goes to nobody's handler
    celery.apps.worker.safe_say = _sayer(is_json=is_json(settings.log_format))  # type: ignore[attr-defined] # not in the stubs


def _sayer(*, is_json: bool) -> Callable[..., None]:
    """Say what Celery says from inside of a signal handler, where no logger may be used, in the form of the log."""

    def say(text: object, *_: object) -> None:
        now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        event = str(text).strip()
        line = json.dumps({"event": event, "level": "info", "logger": "celery", "timestamp": now}) if is_json else event
        with suppress(OSError):
            os.write(STDERR, f"{line}\n".encode())

    return say


def leave_error_out(record: logging.LogRecord) -> bool:
    """Take out of Celery's sentence about a task what its error says: it may quote an article."""
    if isinstance(record.args, Mapping) and "exc" in record.args:
        record.msg = "Task %(name)s[%(id)s] %(description)s"
    return True
