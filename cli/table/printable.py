"""Makes what came from an article harmless for a terminal: no control characters, no reversed writing."""

from __future__ import annotations

from typing import Any, Final

from schemas.article import Article
from schemas.result import Result

_CONTROL: Final = (*range(0x20), *range(0x7F, 0xA0))
_BIDI: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_WHITE_SPACE: Final = {ord("\n"), ord("\t"), ord("\r")}
_TABLE: Final = dict.fromkeys({*_CONTROL, *_BIDI} - _WHITE_SPACE, "\N{REPLACEMENT CHARACTER}")


def printable(text: str) -> str:
    """Replace the control characters of a text, white space kept."""
    return text.translate(_TABLE)


def printable_result(result: Result) -> Result:
    """Replace control characters one by one, so that offsets still hold."""
    return Result.model_validate(_walk(result.model_dump()))


def printable_article(article: Article | None) -> Article | None:
    """Do the same in an article's text and title."""
    if article is None:
        return None
    title = None if article.title is None else article.title.translate(_TABLE)
    return article.model_copy(update={"text": article.text.translate(_TABLE), "title": title})


def _walk(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_TABLE)
    if isinstance(value, dict):
        return {key: _walk(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(item) for item in value]
    return value
