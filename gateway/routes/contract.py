"""``/v1/schemas``: the contract as JSON Schema."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import JSONResponse, Response

from gateway.documentation import answer, problems
from gateway.errors import NotFound
from schemas.export import exported, json_schemas

router = APIRouter(prefix="/v1/schemas", tags=["contract"])

NAMES = tuple(json_schemas())


@router.get(
    "",
    summary="List the schemas",
    response_class=Response,
    responses={
        200: answer(
            "Their names.",
            {
                "type": "object",
                "required": ["schemas"],
                "properties": {"schemas": {"type": "array", "items": {"type": "string"}}},
            },
            example={"schemas": NAMES},
        ),
        **problems(),
    },
)
def list_schemas() -> Response:
    """List the names of the schemas; no token is needed."""
    return JSONResponse({"schemas": NAMES})


@router.get(
    "/{name}",
    summary="Get a schema",
    response_class=Response,
    responses={
        200: answer("JSON Schema 2020-12.", {"type": "object"}, media_type="application/schema+json"),
        **problems(404, s404="not_found"),
    },
)
def get_schema(
    name: Annotated[str, Path(description="article, event, result, failure, …", examples=["event"])],
) -> Response:
    """Give a schema of the contract; no token is needed."""
    if name not in NAMES:
        raise NotFound(f"expected one of {', '.join(NAMES)}, found another name")
    return Response(exported(name), media_type="application/schema+json", headers={"cache-control": "max-age=3600"})
