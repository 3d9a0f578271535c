"""``/v1/overview``: how it goes at the moment, in a few numbers."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from gateway.documentation import answer, problems, reference
from gateway.requests import PartsDependency, Reader

router = APIRouter(prefix="/v1/overview", tags=["health"])

LONGEST_WINDOW_S: Final = 7_200


class Overview(BaseModel):
    """How it goes: what waits, who works, how the articles of the last while ended."""

    waiting: int = Field(ge=0, description="Articles that wait or are under way.")
    workers: int = Field(ge=0, description="Workers that have given a sign of life.")
    events: int = Field(ge=0, description="Events that hold, in the index of this gateway.")
    window_s: int = Field(ge=1, description="Over so much of the past the ends are counted, in seconds.")
    done: int = Field(ge=0, description="Articles that ended with a result.")
    invalid: int = Field(ge=0, description="Articles that failed by a fault of their own.")
    transient: int = Field(ge=0, description="Articles that failed by a fault of what Depesche depends on.")
    defect: int = Field(ge=0, description="Articles that failed by a fault of Depesche.")


@router.get(
    "",
    summary="How does it go?",
    response_class=Response,
    responses={
        200: answer("A few numbers.", reference("Overview")),
        **problems(400, 401, 403, s400="request_invalid"),
    },
)
def overview(
    parts: PartsDependency,
    _token: Reader,
    window_s: Annotated[
        int, Query(ge=60, le=LONGEST_WINDOW_S, description="Count ends over so much of the past, by whole minutes.")
    ] = 600,
) -> Response:
    """Say how many articles wait, how many workers live, how many events there are, and how the last articles ended."""
    ends = parts.ledger.outcomes(window_s=window_s)
    found = Overview(
        waiting=parts.monitor.waiting(),
        workers=parts.monitor.workers(),
        events=parts.index.count(),
        window_s=window_s,
        done=ends.done,
        invalid=ends.invalid,
        transient=ends.transient,
        defect=ends.defect,
    )
    return Response(found.model_dump_json(), media_type="application/json", headers={"cache-control": "no-store"})
