"""``/v1/articles/{id}``: ask what became of an article, delete it, work on it once more."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from gateway.articles import ArticleState, answer_with_state, read_state
from gateway.documentation import LOCATION, QUEUED, answer, problems, reference
from gateway.errors import NotFound, TextGone
from gateway.requests import Admin, ArticleIdPath, PartsDependency, QueueParameter, Reader, Submitter, check_id

router = APIRouter(prefix="/v1/articles", tags=["articles"])

_STATE: Final = reference("ArticleState")


@router.get(
    "/{article_id:path}",
    summary="Ask what became of an article",
    response_class=Response,
    responses={
        200: answer("Where it stands, with its result or failure.", _STATE),
        **problems(400, 401, 403, 404, 422, s404="not_found"),
    },
)
def get_article(parts: PartsDependency, _token: Reader, article_id: ArticleIdPath) -> Response:
    """Say where an article stands: queued, running, done (with its result) or failed (with the reason)."""
    state = read_state(parts.ledger, check_id(article_id))
    if state is None:
        raise NotFound("expected the id of an article that is known, found none")
    return Response(
        state.shown().model_dump_json(), media_type="application/json", headers={"cache-control": "no-store"}
    )


@router.delete(
    "/{article_id:path}",
    status_code=204,
    summary="Delete an article's traces",
    response_class=Response,
    responses={
        204: {"description": "Gone; its events are retracted on the stream."},
        **problems(400, 401, 403, 404, 422, s404="not_found"),
    },
)
def delete_article(parts: PartsDependency, _token: Admin, article_id: ArticleIdPath) -> Response:
    """Remove an article's text, result, failure and record, and retract its events."""
    if not parts.ledger.delete(check_id(article_id)):
        raise NotFound("expected the id of an article that is known, found none")
    return Response(status_code=204)


@router.post(
    "/{article_id:path}/reextract",
    status_code=202,
    summary="Work on an article once more",
    response_class=Response,
    responses={
        202: answer("Queued, or still under way.", _STATE, example=QUEUED, headers=LOCATION),
        **problems(400, 401, 403, 404, 409, 422, 429, s404="not_found", s409="text_gone"),
    },
)
def reextract(
    parts: PartsDependency, _token: Submitter, article_id: ArticleIdPath, queue: QueueParameter = "live"
) -> Response:
    """Work on an article again, for instance with a new version.

    Its text is kept until it is done, or longer by a setting; after that, submit the article again with `again=true`.
    """
    state = read_state(parts.ledger, check_id(article_id))
    if state is None:
        raise NotFound("expected the id of an article that is known, found none")
    if not state.is_over:
        return answer_with_state(state, status=202)
    article = state.failure.article if state.failure is not None else parts.ledger.article(article_id)
    if article is None:
        raise TextGone("expected the article's text, found that it is not kept any more")
    parts.pressure.check(queue)
    submission = parts.client.submit(article, queue=queue, again=True)
    return answer_with_state(ArticleState.of(submission), status=202)
