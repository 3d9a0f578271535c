"""What came in and failed, as an article to hand in again."""

from __future__ import annotations

import base64

from ledger.record import StoredFailure
from schemas.article import Article
from schemas.errors import Invalid
from schemas.reading import read_article


def to_article_again(stored: StoredFailure, *, max_text_chars: int) -> Article:
    """Give the article of a failure; what was none is read again.

    Raises:
        Invalid: With code ``text_gone``: what came in is not kept.
        InvalidArticle: What came in still is no article.
    """
    failure, where = stored.failure, f"failure {stored.failure_id}"
    if failure.article is not None:
        return failure.article
    if failure.raw is None:
        raise Invalid(f"{where}: expected what came in, found that it is not kept", code="text_gone")
    return read_article(base64.b64decode(failure.raw), where=where, max_text_chars=max_text_chars)
