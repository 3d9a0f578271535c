"""What makes an article and an event the same: derived ids and content hashes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from .article import Article


def _digest(value: Any) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def article_id(article: Article) -> str:
    """Give the article's id: the caller's, else one derived from url, else from the text.

    Example:
        >>> article_id(Article(id="a-1", text="Sie trafen sich."))
        'a-1'
        >>> article_id(Article(text="Sie trafen sich."))[:5]
        'text-'
    """
    if article.id is not None:
        return article.id
    if article.url is not None:
        return f"url-{_digest(article.url)[:32]}"
    return f"text-{_digest(article.text)[:32]}"


def content_hash(article: Article) -> str:
    """Hash what the extraction can see of an article, as 64 hexadecimal digits.

    Note:
        ``metadata`` stays out: a producer that stamps each copy with its fetch time hands in the same content.
    """
    return _digest(article.model_dump(mode="json", exclude={"id", "metadata"}))


def event_id(*, article_id: str, content: str, extractor: str, type: str, field: str, start: int) -> str:  # noqa: A002 - the contract's word
    """Make the id of an event: the same content, extractor version and place in the text give the same id.

    Args:
        article_id: Of the article; two articles with the same words have different events.
        content: The article's content hash.
        extractor: Version of the extractor.
        type: Event type.
        field: Field of the first mention.
        start: Its first code point.
    """
    return _digest([article_id, content, extractor, type, field, start])[:32]
