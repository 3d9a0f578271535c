"""Whether "today" means the day of publication or nowadays."""

from __future__ import annotations

import re
from functools import cache

from .clauses import sentence_around
from .pack import load_time_words

DAY_WORD_EVERY = 2500  # characters; see the essays of the development part of KRAUTS


def nowadays(text: str, lowered: str, start: int, end: int, *, language: str) -> bool:
    """Say whether the words around "today" contrast it with the past or speak of a state."""
    begin, stop = sentence_around(text, start, end)
    before, after = lowered[begin:start], lowered[end:stop]
    signs = _general(language)
    return bool(signs[0].search(before) or signs[1].match(after) or signs[2].search(lowered, begin, stop))


def is_essay(lowered: str, *, language: str) -> bool:
    """Say whether a text speaks of no single days, so that "today" in it means nowadays."""
    direction = load_time_words(language).direction
    if not direction.essay_length or len(lowered) < direction.essay_length:
        return False
    return len(re.findall(direction.day_words, lowered)) < len(lowered) / DAY_WORD_EVERY


@cache
def _general(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile the signs: right before it, right behind it, anywhere in its sentence."""
    before, behind, anywhere = load_time_words(language).direction.general
    return re.compile(rf"(?:^|\W)(?:{before})\s*$"), re.compile(rf"\s*(?:{behind})"), re.compile(rf"\b(?:{anywhere})\b")
