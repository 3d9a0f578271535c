"""What a worker writes: one line per happening, with the article's id, never its text."""

from __future__ import annotations

import logging

import ledger.logs
from worker.service.settings import WorkerSettings


def configure_logs(settings: WorkerSettings) -> None:
    """Send the log of Depesche, Celery and the libraries below to stderr, in one format."""
    ledger.logs.configure_logs(level=settings.log_level, as_json=settings.log_format == "json")
    # Celery tells of each message twice; what matters about an article is logged by its id.
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)
