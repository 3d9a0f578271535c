"""``/v1/failures``: articles that could not be processed."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from gateway.articles import ArticleState
from gateway.documentation import answer, problems, reference
from gateway.errors import NotFound
from gateway.requests import Admin, FailureIdPath, PartsDependency, check_id
from ledger.record import StoredFailure
from schemas.failure import Failure

router = APIRouter(prefix="/v1/failures", tags=["failures"])

LARGEST_PAGE: Final = 1_000


class ListedFailure(BaseModel):
    """A failure and the id it is kept under."""

    failure_id: str = Field(description="The article's id where there is one, else that of the entry it came in.")
    failure: Failure


class FailureList(BaseModel):
    """Failures, the latest first."""

    failures: tuple[ListedFailure, ...]


@router.get(
    "",
    summary="List failures",
    response_class=Response,
    responses={200: answer("The latest first.", reference("FailureList")), **problems(400, 401, 403)},
)
def list_failures(
    parts: PartsDependency,
    _token: Admin,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="So many at most.")] = 100,
) -> Response:
    """List the failures that are kept, the latest first, without what came in."""
    found = tuple(
        ListedFailure(
            failure_id=each.failure_id, failure=each.failure.model_copy(update={"article": None, "raw": None})
        )
        for each in parts.ledger.failures(limit=limit)
    )
    return Response(FailureList(failures=found).model_dump_json(), media_type="application/json")


@router.get(
    "/{failure_id:path}",
    summary="Show a failure",
    response_class=Response,
    responses={
        200: answer("With what came in.", reference("ListedFailure")),
        **problems(400, 401, 403, 404, 422, s404="not_found"),
    },
)
def get_failure(parts: PartsDependency, _token: Admin, failure_id: FailureIdPath) -> Response:
    """Show a failure with what came in, as long as that is kept."""
    found = _find(parts, failure_id)
    shown = ListedFailure(failure_id=found.failure_id, failure=found.failure)
    return Response(shown.model_dump_json(), media_type="application/json", headers={"cache-control": "no-store"})


@router.post(
    "/{failure_id:path}/replay",
    status_code=202,
    summary="Try a failed article again",
    response_class=Response,
    responses={
        202: answer("Queued.", reference("ArticleState")),
        **problems(400, 401, 403, 404, 409, 422, 429, s404="not_found", s409="text_gone"),
    },
)
def replay(parts: PartsDependency, _token: Admin, failure_id: FailureIdPath) -> Response:
    """Hand in again what came in; what was no article is read again, for instance with a larger limit."""
    found = _find(parts, failure_id)
    parts.pressure.check("live")
    submission = parts.client.replay(found)
    return Response(ArticleState.of(submission).model_dump_json(), status_code=202, media_type="application/json")


def _find(parts: PartsDependency, failure_id: str) -> StoredFailure:
    found = parts.ledger.failure(check_id(failure_id))
    if found is None:
        raise NotFound("expected the id of a failure that is kept, found none")
    return found
