"""The article: what a producer hands in."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    Field,
    JsonValue,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

from .model import Closed

MAX_TEXT_CHARS = 1_000_000
"""Longest text, unless the validation context sets another limit.

``Article.model_validate(data, context={"max_text_chars": 50_000})``
"""

MAX_TITLE_CHARS = 10_000
MAX_ID_CHARS = 200
MAX_METADATA_BYTES = 16 * 1024
MAX_METADATA_DEPTH = 64
"""JSON readers give up at depths of their own, some at 128; what is let in must come out again."""
ISO_PATTERN = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,6})?)?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?)?"
)
_ISO = re.compile(ISO_PATTERN)


Language = Literal["de", "en"]


def parse_published(value: Any) -> date:
    """Read an ISO 8601 date or date-time; a number or anything else is refused.

    Returns:
        A ``date``, or a ``datetime`` (aware when an offset was given) where a time was written.
    """
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError(
            "date_invalid",
            "expected an ISO 8601 date or date-time as a string, found {kind}",
            {"kind": "a number" if isinstance(value, int | float) else type(value).__name__},
        )
    if not _ISO.fullmatch(value):
        raise _no_date()
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value.upper())
    except ValueError:
        raise _no_date() from None


def _no_date() -> PydanticCustomError:
    return PydanticCustomError(
        "date_invalid", "expected an ISO 8601 date or date-time such as 2025-08-07 or 2025-08-07T14:00+02:00"
    )


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Zl", "Zp"}


def _depth(value: JsonValue) -> int:
    """Count the levels of lists and objects; at most one more than is allowed."""
    level, depth = [value], 0
    while level and depth <= MAX_METADATA_DEPTH:
        nested = [each for each in level if isinstance(each, list | dict)]
        depth += bool(nested)
        level = [inner for each in nested for inner in (each.values() if isinstance(each, dict) else each)]
    return depth


Published = Annotated[
    date,
    PlainValidator(parse_published),
    PlainSerializer(lambda value: value.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{ISO_PATTERN}$"}),
]
"""A date or date-time that is written, and read, as ISO 8601."""

ArticleId = Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID_CHARS)]
_NO_CONTROL = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*\S[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$"


class Article(Closed):
    """One news article as submitted."""

    id: ArticleId | None = Field(
        default=None,
        description="1 to 200 characters, no control characters. Without one it is derived from url, else from text.",
        examples=["apa-2025-08-07-0042"],
        json_schema_extra={"pattern": _NO_CONTROL},
    )
    text: str = Field(
        min_length=1,
        json_schema_extra={"maxLength": MAX_TEXT_CHARS, "pattern": r"\S"},
        description="The article's text; at most 1,000,000 characters unless the installation sets another limit.",
    )
    title: str | None = Field(
        default=None, max_length=MAX_TITLE_CHARS, description="The headline, if it is not part of text."
    )
    published: Published | None = Field(
        default=None,
        description="ISO 8601 date or date-time that relative times resolve against.",
        examples=["2025-08-07"],
    )
    language: Language | None = Field(default=None, description="Detected when absent.")
    url: str | None = Field(default=None, max_length=8_192, description="Handed through.")
    publisher: str | None = Field(default=None, max_length=1_000, description="Handed through.")
    metadata: dict[str, JsonValue] | None = Field(
        default=None, description="Handed through untouched; at most 16 KiB as JSON."
    )

    @field_validator("id")
    @classmethod
    def _has_no_control_characters(cls, value: str | None) -> str | None:
        if value is not None and (not value.strip() or any(map(_is_control, value))):
            raise PydanticCustomError("id_invalid", "expected 1 to 200 visible characters without control characters")
        return value

    @field_validator("text")
    @classmethod
    def _has_words(cls, value: str, info: ValidationInfo) -> str:
        limit = (info.context or {}).get("max_text_chars", MAX_TEXT_CHARS)
        if len(value) > limit:
            raise PydanticCustomError(
                "text_too_long",
                "expected at most {limit} characters, found {found}",
                {"limit": f"{limit:,}", "found": f"{len(value):,}"},
            )
        if not value.strip():
            raise PydanticCustomError("text_empty", "expected text, found only whitespace")
        return value

    @field_validator("title", "url", "publisher")
    @classmethod
    def _blank_is_absent(cls, value: str | None) -> str | None:
        return value if value and value.strip() else None

    @field_validator("metadata")
    @classmethod
    def _metadata_is_small(cls, value: dict[str, JsonValue] | None) -> dict[str, JsonValue] | None:
        if value is None:
            return None
        try:
            size = len(json.dumps(value, ensure_ascii=False, allow_nan=False).encode())
        except (ValueError, RecursionError):
            raise PydanticCustomError(
                "metadata_invalid", "expected plain JSON values, found NaN, infinity or a bad string"
            ) from None
        if _depth(value) > MAX_METADATA_DEPTH:
            raise PydanticCustomError(
                "metadata_invalid",
                "expected at most {limit} levels of nesting, found more",
                {"limit": MAX_METADATA_DEPTH},
            )
        if size > MAX_METADATA_BYTES:
            raise PydanticCustomError(
                "metadata_too_large",
                "expected at most {limit} bytes as JSON, found {found}",
                {"limit": f"{MAX_METADATA_BYTES:,}", "found": f"{size:,}"},
            )
        return value


class ArticleInfo(Closed):
    """The article's handed-through fields, as they stand in a result."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: Published | None = None
    metadata: dict[str, JsonValue] | None = None
