"""``GET /metrics``: for Prometheus."""

from __future__ import annotations

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Request, Security
from fastapi.security import HTTPAuthorizationCredentials
from starlette.responses import Response

from gateway.documentation import answer, problems
from gateway.errors import NotFound
from gateway.metrics import CONTENT_TYPE
from gateway.requests import PartsDependency, bearer, requires

router = APIRouter(tags=["health"])


@router.get(
    "/metrics",
    summary="Get the metrics",
    response_class=Response,
    responses={
        200: answer("Prometheus' text format.", {"type": "string"}, media_type="text/plain"),
        **problems(401, 403, 404),
    },
)
async def metrics(
    request: Request,
    parts: PartsDependency,
    shown_in_the_document: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
) -> Response:
    """Give all that is measured here, for Prometheus; a token with the scope read is needed unless set otherwise."""
    rule = parts.settings.gateway_metrics
    if rule == "off":
        raise NotFound("there is nothing at this address")
    if rule == "token":
        await requires("read")(request, parts, shown_in_the_document)
    text = await anyio.to_thread.run_sync(parts.metrics.render)
    return Response(text, media_type=None, headers={"content-type": CONTENT_TYPE, "cache-control": "no-store"})
