"""Looks at an entry of a queue before Celery does: one that Celery cannot read stops every worker."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.article import MAX_ID_CHARS
from schemas.names import TASK_EXTRACT

Id = Annotated[str, Field(min_length=1, max_length=MAX_ID_CHARS)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow")


class _Headers(_Part):
    task: Literal["depesche.extract.v1"]
    id: Id
    timelimit: Annotated[list[float | None], Field(min_length=2, max_length=2)] | None = None
    eta: None = None
    expires: None = None
    retries: int = 0
    stamped_headers: None = None
    stamps: dict[str, Any] | None = None


class _DeliveryInfo(_Part):
    exchange: str
    routing_key: str


class _Properties(_Part):
    delivery_tag: Annotated[str, Field(min_length=1)]
    delivery_info: _DeliveryInfo
    body_encoding: Literal["base64"]
    correlation_id: str | None = None
    reply_to: str | None = None
    priority: int | None = None


class _Entry(_Part):
    body: str
    content_encoding: Literal["utf-8"] = Field(alias="content-encoding")
    content_type: Literal["application/json"] = Field(alias="content-type")
    headers: _Headers
    properties: _Properties


class _Embed(_Part):
    callbacks: None = None
    errbacks: None = None
    chain: None = None
    chord: None = None


class _Body(BaseModel):
    model_config = ConfigDict(strict=True)

    args: tuple[list[Id]]
    kwargs: Annotated[dict[str, Any], Field(max_length=0)]
    embed: _Embed


def fault_of(raw: bytes) -> str | None:
    """Say what is wrong with an entry, or None when it is a message of ours.

    Example:
        >>> fault_of(b"hello")
        'expected a message for depesche.extract.v1, found no JSON'
    """
    found = _fault(raw)
    return None if found is None else f"expected a message for {TASK_EXTRACT}, found {found}"


def _fault(raw: bytes) -> str | None:
    try:
        entry = _Entry.model_validate(json.loads(raw))
    except ValidationError as error:
        return _place(error)
    except (ValueError, RecursionError):
        return "no JSON"
    try:
        body = json.loads(base64.b64decode(entry.body, validate=True))
        args, kwargs, embed = body
        _Body.model_validate({"args": tuple(args), "kwargs": kwargs, "embed": embed})
    except ValidationError as error:
        return f"in the body {_place(error)}"
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return "a body that is no list of article ids"
    return None


def _place(error: ValidationError) -> str:
    """Name the first place that is wrong, never what stands there."""
    fault = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part) for part in fault["loc"])[:80]
    return f"at {place or 'the top'}: {fault['type']}"
