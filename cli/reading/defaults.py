"""What the options ``--published`` and ``--language`` fill in where an article leaves it open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast, get_args

from pydantic_core import PydanticCustomError

from schemas.article import Article, Language, parse_published
from schemas.errors import Invalid


@dataclass(frozen=True)
class Defaults:
    """Values for articles that lack them."""

    published: date | None = None
    language: Language | None = None

    def fill(self, article: Article) -> Article:
        """Give the article with what it lacks."""
        missing: dict[str, Any] = {
            name: value
            for name, value in (("published", self.published), ("language", self.language))
            if value is not None and getattr(article, name) is None
        }
        return article.model_copy(update=missing) if missing else article


def read_defaults(*, published: str | None, language: str | None) -> Defaults:
    """Read the options as typed.

    Raises:
        Invalid: The date is none, or the language is neither de nor en.
    """
    return Defaults(published=_read_published(published), language=_read_language(language))


def _read_published(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return parse_published(value)
    except PydanticCustomError as error:
        raise Invalid(f"--published: {error.message()}", code="date_invalid") from None


def _read_language(value: str | None) -> Language | None:
    if value is None or value in get_args(Language):
        return cast("Language | None", value)
    raise Invalid(f"--language: expected de or en, found {value[:20]!r}", code="language_unsupported")
