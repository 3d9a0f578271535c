"""Errors as HTTP knows them: RFC 9457 problems with the stable codes of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from gateway.errors import NotFound, RequestInvalid
from schemas.errors import DepescheError, Family, Invalid
from schemas.failure_codes import FAILURE_CODES

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER_S: Final = 5

_STATUS_OF_FAMILY: Final = {"invalid": 422, "transient": 503, "defect": 500}
STATUS: Mapping[str, int] = MappingProxyType(
    {
        "json_invalid": 400,
        "encoding_invalid": 400,
        "request_invalid": 400,
        "token_invalid": 401,
        "access_denied": 403,
        "not_found": 404,
        "method_not_allowed": 405,
        "request_timeout": 408,
        "text_gone": 409,
        "body_too_large": 413,
        "media_type_unsupported": 415,
        "queue_full": 429,
        "redis_unfit": 503,
    }
)
"""Where the status is not that of the code's family (422 invalid, 503 transient, 500 defect)."""


class Problem(BaseModel):
    """What went wrong, for programs and for people (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(
        description="Names the kind of problem; made from the code.", examples=["urn:depesche:problem:text_empty"]
    )
    title: str = Field(description="What the code means.")
    status: int = Field(description="The HTTP status.", ge=400, le=599)
    detail: str = Field(description="What was found, what was expected, where; never article text.")
    code: str = Field(description="Stable code; see the reference of failure codes.", examples=["text_empty"])
    family: Family = Field(description="invalid: do not retry. transient: retry later. defect: report it.")
    remedy: str = Field(description="What mends it.")


def status_of(code: str) -> int:
    """Give the HTTP status of a code."""
    return STATUS.get(code, _STATUS_OF_FAMILY[FAILURE_CODES[code].family])


def to_problem(error: DepescheError, **more: Any) -> Problem:
    """Describe an error.

    Args:
        error: What was raised.
        more: Members beyond those of every problem, for instance which lines were taken.
    """
    code = FAILURE_CODES[error.code]
    return Problem(
        type=f"urn:depesche:problem:{error.code}",
        title=code.meaning,
        status=status_of(error.code),
        detail=error.message,
        code=error.code,
        family=code.family,
        remedy=code.remedy,
        **more,
    )


def respond(error: DepescheError, **more: Any) -> Response:
    """Answer with the problem that an error is."""
    problem = to_problem(error, **more)
    headers = {"cache-control": "no-store"}
    if problem.status in {429, 503}:
        headers["retry-after"] = str(getattr(error, "retry_after_s", RETRY_AFTER_S))
    if problem.status == 401:
        headers["www-authenticate"] = 'Bearer realm="depesche"'
    return Response(
        problem.model_dump_json(exclude_none=True), status_code=problem.status, media_type=MEDIA_TYPE, headers=headers
    )


def answer_with_problems(app: FastAPI) -> None:
    """Make every foreseen error of an app a problem."""

    @app.exception_handler(DepescheError)
    async def on_error(_request: Request, error: DepescheError) -> Response:
        return respond(error)

    @app.exception_handler(RequestValidationError)
    async def on_parameters(_request: Request, error: RequestValidationError) -> Response:
        return respond(RequestInvalid("; ".join(_sentence(fault) for fault in error.errors()[:3])))

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        return _of_status(request, error)


def _sentence(fault: Mapping[str, Any]) -> str:
    """Name the parameter and what is wrong with it, never its value."""
    place = ".".join(str(each) for each in fault["loc"])
    return f"{place}: {str(fault['msg'])[:200]}"


def _of_status(request: Request, error: HTTPException) -> Response:
    if error.status_code == 405:
        problem = Invalid(f"{request.method} is not possible here", code="method_not_allowed")
        response = respond(problem)
        response.headers["allow"] = (error.headers or {}).get("Allow", "GET")
        return response
    if error.status_code == 404:
        return respond(NotFound("there is nothing at this address"))
    return respond(RequestInvalid(str(error.detail)[:200]))
