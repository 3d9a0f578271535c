"""Builds the Celery app of a worker."""

from __future__ import annotations

from celery import Celery

from ledger.connection import resolve_url
from worker.service.bootstrap import ExtractorFactory, Parts
from worker.service.celery_settings import celery_settings
from worker.service.lifecycle import Lifecycle
from worker.service.settings import WorkerSettings
from worker.service.tasks import register


def create_app(settings: WorkerSettings, *, make_extractor: ExtractorFactory | None = None) -> Celery:
    """Build the app; nothing is connected or loaded before the worker starts.

    Args:
        settings: As read from the environment.
        make_extractor: Builds the extraction; tests give one of their own.

    Raises:
        RedisUnreachable: No Redis server is named or running.
    """
    url = resolve_url(settings)
    app = Celery("depesche", set_as_current=False, fixups=[])
    app.conf.update(celery_settings(settings, url=url))
    parts = Parts(settings, url, make_extractor)
    register(app, parts)
    Lifecycle(app, parts).connect()
    return app
