"""The clause that holds an expression, cut from the text without a parse."""

from __future__ import annotations

import re
from functools import cache

from .pack import load_time_words

SENTENCE_REACH = 240  # characters on either side that a sentence may take; bounds the work for texts without full stops
MOST_STEPS = 6  # borders to cross on either side; a sentence of more is a list
# A full stop ends a sentence unless a digit or a single letter stands before it ("8. Mai", "J. Roth").
_SENTENCE_END = re.compile(r"(?<![\d.])(?<!\b\w)[.!?][\"“”»«')\]]*(?=\s)|\n\s*\n|\n(?=[^\n]*$)")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the extent of the sentence around an expression."""
    left = max(0, start - SENTENCE_REACH)
    begin = left
    for border in _SENTENCE_END.finditer(text, left, start):
        begin = border.end()
    border_after = _SENTENCE_END.search(text, end, min(len(text), end + SENTENCE_REACH))
    return begin, border_after.start() if border_after else min(len(text), end + SENTENCE_REACH)


def clauses_around(text: str, start: int, end: int, *, language: str) -> list[tuple[int, int]]:
    """Give the clause of an expression, then wider and wider pieces of its sentence.

    An apposition or a list cuts a clause apart ("am Freitag, 8. August, in Wien"): where the nearest piece has no
    verb the next one may. The last is the widest.
    """
    first, last = sentence_around(text, start, end)
    borders = [border.span() for border in _borders(language).finditer(text, first, last)]
    begins = [first, *(stop for _, stop in borders if stop <= start)][::-1]
    ends = [*(begin for begin, _ in borders if begin >= end), last]
    pieces = [(begins[0], ends[0])]
    for step in range(1, min(max(len(begins), len(ends)), MOST_STEPS)):
        begin = begins[min(step, len(begins) - 1)]
        pieces += [(begin, ends[min(step - 1, len(ends) - 1)]), (begin, ends[min(step, len(ends) - 1)])]
    return pieces


@cache
def _borders(language: str) -> re.Pattern[str]:
    return re.compile(load_time_words(language).direction.borders)
