"""What a worker writes: one line per happening, with the article's id, never its text."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import ledger.logs
from worker.service.settings import WorkerSettings


def configure_logs(settings: WorkerSettings) -> None:
    """Send the log of Depesche, Celery and the libraries below to stderr, in one format."""
    ledger.logs.configure_logs(level=settings.log_level, log_format=settings.log_format)
    # Celery tells of each message twice; what matters about an article is logged by its id.
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("celery.app.trace", "celery.worker.request"):
        logging.getLogger(name).addFilter(leave_error_out)


def leave_error_out(record: logging.LogRecord) -> bool:
    """Take out of Celery's sentence about a task what its error says: it may quote an article."""
    if isinstance(record.args, Mapping) and "exc" in record.args:
        record.msg = "Task %(name)s[%(id)s] %(description)s"
    return True
