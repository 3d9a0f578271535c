"""One article as it came in, or why it cannot be one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from schemas.article import Article
from schemas.errors import Invalid
from schemas.reading import build_article


@dataclass(frozen=True)
class Read:
    """An article of the contract."""

    article: Article
    where: str
    """File, and line where a file holds many: what messages name."""
    size: int
    """Bytes it took in its file."""
    is_only_here: bool = False
    """It came from standard input: nothing but this process has it."""


@dataclass(frozen=True)
class Refused:
    """Something that is no article of the contract."""

    error: Invalid
    where: str
    size: int
    article_id: str | None = None
    """Where at least that could be read."""
    raw: bytes | None = None
    """What came in, where nothing but this process has it."""
    whole_file: bool = False
    """Nothing more can be read from this file."""


Input = Read | Refused


def salvage_id(raw: bytes) -> str | None:
    """Read the id of an article that is refused for another reason, so that its failure can be matched."""
    try:
        return checked_id(json.loads(raw).get("id"))
    except (ValueError, AttributeError, RecursionError):
        return None


def checked_id(value: Any) -> str | None:
    """Give the value back where it can be an article's id."""
    try:
        return build_article({"id": value, "text": "."}).id
    except Invalid:
        return None
