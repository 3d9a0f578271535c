"""Which rules can begin with a word: asked once for each beginning, so that most places of a text cost one look-up."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import regex

BEGINNING = 4  # characters that are looked at: enough to rule out nearly all, few enough to be met again
LONGEST = 7  # the same where a short word stands first, which says little ("der Mi", "am 3. O")
_BEGINNINGS_KEPT = 30_000  # of a language; ten years of a newspaper have fewer


def beginning_at(lowered: str, token: re.Match[str]) -> str:
    """Give what is looked at of a text from a word on: of a short word or a number also what stands behind it.

    Args:
        lowered: The text, in lower case.
        token: The word where it stands.
    """
    word = token.group()
    if len(word) >= BEGINNING:
        return word[:BEGINNING]
    start = token.start()
    return lowered[start : start + (BEGINNING if word.isdecimal() else LONGEST)]


def build_openings(patterns: Sequence[regex.Pattern[str]]) -> Callable[[str], tuple[int, ...]]:
    """Build the look-up from the first letters of a lower-case word to the numbers of the rules it may begin.

    A rule may begin with some letters if they are the beginning of a match, complete or not: what the partial
    matching of the package ``regex`` answers. The look-up is thread safe and forgets what was not met for long.

    Args:
        patterns: The rules' expressions, in order.
    """

    @lru_cache(maxsize=_BEGINNINGS_KEPT)
    def rules_for(beginning: str) -> tuple[int, ...]:
        # What cannot begin with "mi" cannot begin with "mit" either: each letter leaves fewer rules to ask.
        left = rules_for(beginning[:-1]) if len(beginning) > 1 else range(len(patterns))
        return tuple(number for number in left if patterns[number].match(beginning, partial=True) is not None)

    return rules_for
