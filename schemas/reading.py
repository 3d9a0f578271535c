"""Reading an article from bytes: every way it can be wrong has one sentence and one stable code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from pydantic import ValidationError

from .article import MAX_TEXT_CHARS, Article
from .errors import InvalidArticle

_CODES = {
    "extra_forbidden": "field_unknown",
    "missing": "field_missing",
    "date_invalid": "date_invalid",
    "text_too_long": "text_too_long",
    "text_empty": "text_empty",
    "id_invalid": "id_invalid",
    "metadata_invalid": "metadata_invalid",
    "recursion_depth_exceeded": "metadata_invalid",  # nothing else of an article can nest
    "metadata_too_large": "metadata_too_large",
    "string_unicode": "encoding_invalid",
}
_CODES_BY_FIELD = {
    ("id", "string_type"): "id_invalid",
    ("id", "string_too_short"): "id_invalid",
    ("id", "string_too_long"): "id_invalid",
    ("text", "string_too_short"): "text_empty",
    ("language", "literal_error"): "language_unsupported",
}


def read_article(raw: bytes, *, where: str = "article", max_text_chars: int = MAX_TEXT_CHARS) -> Article:
    """Read one article from JSON in UTF-8.

    Args:
        raw: The JSON object.
        where: What the message calls its origin, for instance ``articles.jsonl line 7``.
        max_text_chars: Longest text allowed.

    Raises:
        InvalidArticle: The bytes are not UTF-8, not JSON, or no article by the contract. A retry does not help.

    Example:
        >>> read_article(b'{"text": "Sie trafen sich."}').text
        'Sie trafen sich.'
    """
    text = decode(raw, where=where)
    try:
        data = json.loads(text)
    except ValueError as error:
        found = (
            f"column {error.colno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "a number out of range"
        )
        raise InvalidArticle(
            f"{where}: expected a JSON object, found broken JSON at {found}", code="json_invalid"
        ) from None
    except RecursionError:
        raise InvalidArticle(f"{where}: expected a JSON object, found nesting too deep", code="json_invalid") from None
    return build_article(data, where=where, max_text_chars=max_text_chars)


def decode(raw: bytes, *, where: str) -> str:
    """Decode UTF-8, a byte order mark allowed.

    Raises:
        InvalidArticle: Not UTF-8; the message names the byte.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = (
            f"byte 0x{raw[error.start]:02x} at offset {error.start}"
            if error.start < len(raw)
            else "a cut character at the end"
        )
        raise InvalidArticle(f"{where}: expected UTF-8, found {found}", code="encoding_invalid") from None


def build_article(data: Any, *, where: str = "article", max_text_chars: int = MAX_TEXT_CHARS) -> Article:
    """Validate parsed JSON as an article.

    Raises:
        InvalidArticle: With the code of the first fault found; the message lists up to three.
    """
    if not isinstance(data, Mapping):
        found = {"list": "an array", "str": "a string", "NoneType": "null", "bool": "a boolean"}.get(
            type(data).__name__, "a number"
        )
        raise InvalidArticle(f"{where}: expected a JSON object, found {found}", code="json_invalid")
    try:
        return Article.model_validate(data, context={"max_text_chars": max_text_chars})
    except ValidationError as error:
        _refuse(error, where)


def _refuse(error: ValidationError, where: str) -> NoReturn:
    faults = error.errors(include_url=False, include_input=True)
    sentences = [_sentence(fault) for fault in faults[:3]]
    more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
    raise InvalidArticle(f"{where}: {'; '.join(sentences)}{more}", code=_code(faults[0])) from None


def _code(fault: Mapping[str, Any]) -> str:
    field = str(fault["loc"][0]) if fault["loc"] else ""
    return _CODES_BY_FIELD.get((field, fault["type"]), _CODES.get(fault["type"], "field_invalid"))


def _sentence(fault: Mapping[str, Any]) -> str:
    """Say what was expected and found, naming types and lengths but never quoting text."""
    field = _shown(".".join(map(str, fault["loc"])) or "article")
    value, kind = fault["input"], fault["type"]
    if kind == "extra_forbidden":
        return f"{field}: unknown field; expected one of {', '.join(Article.model_fields)}"
    if kind == "missing":
        return f"{field}: missing; it is required"
    if kind == "literal_error":
        shown = repr(value[:20]) if isinstance(value, str) else type(value).__name__
        return f"{field}: expected de or en, found {shown}"
    if kind == "string_too_long":
        return f"{field}: expected at most {fault['ctx']['max_length']:,} characters, found {len(value):,}"
    if kind == "string_too_short":
        return f"{field}: expected text, found an empty string"
    if kind == "string_unicode":
        return f"{field}: expected Unicode text, found a lone surrogate"
    if kind.endswith("_type"):
        return f"{field}: {_lower(fault['msg'].removeprefix('Input should be '))} expected, found {_json_kind(value)}"
    return f"{field}: {_lower(fault['msg'])}"


def _shown(field: str) -> str:
    """Names of fields come from the sender: keep them short and on one line."""
    short = field if len(field) <= 60 else field[:57] + "..."
    return short if short.isprintable() else ascii(short)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _json_kind(value: Any) -> str:
    kinds = {
        "NoneType": "null",
        "bool": "a boolean",
        "int": "a number",
        "float": "a number",
        "str": "a string",
        "list": "an array",
    }
    return kinds.get(type(value).__name__, "an object")
