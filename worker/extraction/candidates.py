"""The candidates of a sentence, found without going over those of the whole article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from .document import Document, Mention

_BY_SENTENCE = attrgetter("sentence")


def mentions_in(sentence: int, document: Document) -> tuple[Mention, ...]:
    """Give the candidates of a sentence by its index; those of an article are in text order at every step."""
    first = bisect_left(document.mentions, sentence, key=_BY_SENTENCE)
    return document.mentions[first : bisect_right(document.mentions, sentence, first, key=_BY_SENTENCE)]
