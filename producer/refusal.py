"""Makes an article of what a caller hands in, or the failure that says why it is none."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from pydantic import ValidationError

from schemas.article import Article
from schemas.errors import DepescheError
from schemas.failure import Failure
from schemas.failure_codes import FAILURE_CODES
from schemas.reading import build_article, read_article

Handed: TypeAlias = "Article | Mapping[str, Any] | bytes | str"
"""An article, its fields, or its JSON."""


def to_article(handed: Handed, *, where: str, max_text_chars: int) -> Article:
    """Read what was handed in as an article.

    Raises:
        InvalidArticle: It does not keep the contract; the message says what was found and what was expected.
    """
    if isinstance(handed, Article):
        if len(handed.text) <= max_text_chars:
            return handed
        return build_article(handed.model_dump(), where=where, max_text_chars=max_text_chars)
    if isinstance(handed, str):
        return read_article(handed.encode("utf-8", "surrogatepass"), where=where, max_text_chars=max_text_chars)
    if isinstance(handed, bytes):
        return read_article(handed, where=where, max_text_chars=max_text_chars)
    return build_article(handed, where=where, max_text_chars=max_text_chars)


def to_failure(error: DepescheError, handed: Handed, *, failed_at: datetime) -> Failure:
    """Make the failure of something that is no article; what came in goes along in base64."""
    raw = _raw(handed)
    return Failure(
        article_id=_readable_id(raw),
        code=error.code,
        family=FAILURE_CODES[error.code].family,
        message=error.message,
        attempts=0,
        failed_at=failed_at,
        raw=base64.b64encode(raw).decode("ascii") or None,
    )


def _raw(handed: Handed) -> bytes:
    if isinstance(handed, bytes):
        return handed
    if isinstance(handed, str):
        return handed.encode("utf-8", "surrogatepass")
    if isinstance(handed, Article):
        return handed.model_dump_json().encode()
    try:
        return json.dumps(dict(handed), ensure_ascii=True, default=str).encode()
    except (TypeError, ValueError):
        return b""


def _readable_id(raw: bytes) -> str | None:
    """Give the id where it is a good one by itself, whatever else is wrong."""
    try:
        data = json.loads(raw)
        return Article.model_validate({"id": data["id"], "text": "."}).id
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError):
        return None
