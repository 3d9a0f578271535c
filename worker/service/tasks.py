"""The one task of a worker."""

from __future__ import annotations

from typing import Any

from celery import Celery, Task

from schemas.names import TASK_EXTRACT
from worker.service.bootstrap import Parts


def register(app: Celery, parts: Parts) -> None:
    """Register the task under its name."""

    @app.task(name=TASK_EXTRACT, bind=True, ignore_result=True, max_retries=0)  # type: ignore[untyped-decorator,unused-ignore]
    def extract(self: Task[Any, Any], article_ids: list[str]) -> None:
        """Work on the articles with these ids."""
        parts.processor.process(article_ids, holder=str(self.request.id))
