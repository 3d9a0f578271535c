"""The one task of a worker."""

from __future__ import annotations

from typing import Any

from celery import Celery, Task

from ledger.message import MESSAGE_MARGIN_S
from schemas.names import TASK_EXTRACT
from worker.service.bootstrap import Parts
from worker.service.courtesy import Courtesy
from worker.service.measured import at_work


def register(app: Celery, parts: Parts) -> None:
    """Register the task under its name."""

    @app.task(name=TASK_EXTRACT, bind=True, ignore_result=True, max_retries=0)  # type: ignore[untyped-decorator,unused-ignore]
    def extract(self: Task[Any, Any], article_ids: list[str]) -> None:
        """Work on the articles with these ids."""
        request = self.request
        limit_s = (request.timelimit or (None, None))[0]
        courtesy = Courtesy(
            client=parts.ledger.client,
            send=lambda message: app.send_task(**message.as_task()),
            queue=str((request.delivery_info or {}).get("routing_key")),
            limit_s=max(1, int(limit_s or 0) - 2 * MESSAGE_MARGIN_S),
        )
        with at_work(parts.measuring.meter, request, queue=courtesy.queue, articles=len(article_ids)):
            parts.processor.process(article_ids, holder=str(request.id), give_way=courtesy.give_way)
