"""``POST /v1/articles``: hand articles in."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any, Final

import anyio.to_thread
from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response, StreamingResponse

from gateway.articles import ArticleState, answer_with_state, read_state
from gateway.bootstrap import Parts
from gateway.documentation import ARTICLE, LOCATION, QUEUED, answer, problems, reference
from gateway.errors import BodyTooLarge, Busy
from gateway.intake.batch import Report
from gateway.intake.body import drain, kind_of_body, read_body
from gateway.intake.idempotency import check_key
from gateway.problems import respond
from gateway.requests import PartsDependency, QueueParameter, Submitter
from ledger.record import QueueName
from producer.submission import Submission
from schemas.errors import Transient
from schemas.reading import read_article

router = APIRouter(prefix="/v1/articles", tags=["articles"])

NDJSON: Final = "application/x-ndjson"
_STATE: Final = reference("ArticleState")
_REPORT_LINES: Final = (
    '{"line":1,"id":"bote-2025-11-05-17","revision":1,"status":"queued","is_new":true}\n'
    '{"line":2,"problem":{"code":"field_missing","detail":"line 2: text: missing; it is required","status":422}}\n'
)
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": reference("Article"), "example": ARTICLE},
            NDJSON: {
                "schema": {"type": "string", "description": "An Article as JSON in each line."},
                "example": '{"id":"bote-17","text":"Nora Feldt traf in Bern Luca Arnaud."}\n{"text":"…"}\n',
            },
        },
    }
}
Wait = Annotated[
    float,
    Query(ge=0, allow_inf_nan=False, description="Wait so long for the result, in seconds; 200 when it is there."),
]
Again = Annotated[bool, Query(description="Work on it once more although the same content is done or failed.")]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="A key of yours for this request: the same key with another body is refused. For one article; many "
        "need none, since submitting the same article again is harmless.",
    ),
]


@router.post(
    "",
    status_code=202,
    summary="Hand in one article, or many",
    response_class=Response,
    responses={
        200: answer("The result, in time for `wait`.", _STATE),
        202: {
            "description": "In safe hands. One article: its state. Many: a report, one line for each.",
            "content": {
                "application/json": {"schema": _STATE, "example": QUEUED},
                NDJSON: {"schema": {"type": "string"}, "example": _REPORT_LINES},
            },
            "headers": LOCATION,
        },
        207: answer(
            "Many: some lines are no articles; the others are in safe hands.",
            {"type": "string"},
            media_type=NDJSON,
            example=_REPORT_LINES,
        ),
        **problems(400, 401, 403, 408, 413, 415, 422, 429, s422="text_empty", s429="queue_full"),
    },
    openapi_extra=_BODY,
)
async def submit(
    *,
    request: Request,
    parts: PartsDependency,
    token: Submitter,
    wait: Wait = 0,
    queue: QueueParameter = "live",
    again: Again = False,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Hand in an article as JSON, or many as JSON Lines (`application/x-ndjson`), read as they come.

    Submitting the same article again is harmless: the same id with the same content is the same work. The same id with
    other content is the next revision; its events replace the earlier ones, which are retracted.
    """
    if kind_of_body(request) == "many":
        return await _submit_many(request, parts, queue=queue, again=again)
    settings = parts.settings
    body = await read_body(
        request, max_bytes=settings.gateway_max_body_bytes, patience_s=settings.gateway_body_patience_s
    )

    def hand_in() -> Submission:
        article = read_article(body, where="body", max_text_chars=settings.max_text_chars)
        parts.pressure.check(queue)
        if idempotency_key is not None:
            check_key(parts.idempotency, idempotency_key, client=token, body=body)
        return parts.client.submit(article, queue=queue, again=again)

    submission = await anyio.to_thread.run_sync(hand_in)
    state = await _wait(parts, submission, min(wait, settings.gateway_max_wait_s))
    return answer_with_state(state, status=200 if wait and state.is_over else 202)


async def _submit_many(request: Request, parts: Parts, *, queue: QueueName, again: bool) -> Response:
    report = Report()
    try:
        await parts.batches.take(request, report, queue=queue, again=again)
    except (BodyTooLarge, Transient) as error:
        if not isinstance(error, Busy) or error.code != "request_timeout":
            await drain(request)
        # What was taken is safe; the client goes on at the line named, or sends all again, which is harmless.
        return respond(error, accepted=report.accepted, refused=report.refused, next_line=report.next_line)
    return StreamingResponse(
        report.read(),
        status_code=207 if report.refused else 202,
        media_type=NDJSON,
        headers={"Depesche-Accepted": str(report.accepted), "Depesche-Refused": str(report.refused)},
    )


async def _wait(parts: Parts, submission: Submission, wait_s: float) -> ArticleState:
    """Wait for the result; where too many wait already, do not."""
    state = ArticleState.of(submission)
    if not wait_s or not parts.waiters.acquire(blocking=False):
        return state
    try:
        deadline, pause_s = time.monotonic() + wait_s, 0.02
        while True:
            found = await anyio.to_thread.run_sync(read_state, parts.ledger, submission.article_id)
            if found is not None and found.is_over:
                return found.model_copy(update={"is_new": submission.is_new})
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                return state
            await asyncio.sleep(min(pause_s, left_s))
            pause_s = min(0.5, pause_s * 1.3)
    finally:
        parts.waiters.release()
