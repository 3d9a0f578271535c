"""The clause that holds an expression, cut from the text without a parse."""

from __future__ import annotations

import re
from functools import cache

from .pack import load_time_words

SENTENCE_REACH = 240  # characters on either side that a sentence may take; bounds the work for texts without full stops
MOST_STEPS = 6  # borders to cross on either side; a sentence of more is a list
_BLOCK = 512  # characters; a sentence touches one or two
_LOOK_AHEAD = 90  # characters that a border may reach or look ahead
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


class TextClauses:
    """The clause borders of one text, found block by block when they are asked for; one for each call."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self._border = _border(language)
        self._blocks: dict[int, list[tuple[int, int]]] = {}

    def around(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the clause of an expression, then wider and wider pieces of its sentence.

        An apposition or a list cuts a clause apart ("am Freitag, 8. August, in Wien"): where the nearest piece has
        no verb the next one may. The last is the widest.
        """
        first, last = sentence_around(self.text, start, end)
        borders = self._between(first, last)
        begins = [first, *(stop for _, stop in borders if stop <= start)][::-1]
        ends = [*(begin for begin, _ in borders if begin >= end), last]
        pieces = [(begins[0], ends[0])]
        for step in range(1, min(max(len(begins), len(ends)), MOST_STEPS)):
            begin = begins[min(step, len(begins) - 1)]
            pieces += [(begin, ends[min(step - 1, len(ends) - 1)]), (begin, ends[min(step, len(ends) - 1)])]
        return pieces

    def _between(self, first: int, last: int) -> list[tuple[int, int]]:
        return [
            border
            for number in range(first // _BLOCK, (last - 1) // _BLOCK + 1)
            for border in self._block(number)
            if first <= border[0] and border[1] <= last
        ]

    def _block(self, number: int) -> list[tuple[int, int]]:
        if number not in self._blocks:
            stop = (number + 1) * _BLOCK
            found = self._border.finditer(self.text, number * _BLOCK, stop + _LOOK_AHEAD)
            self._blocks[number] = [border.span() for border in found if border.start() < stop]
        return self._blocks[number]


@cache
def _border(language: str) -> re.Pattern[str]:
    return re.compile(load_time_words(language).direction.borders)
