"""Which rules can begin with a word: asked once for each beginning, so that most places of a text cost one look-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import regex

BEGINNING = 4  # characters that are looked at first: enough to rule out most, few enough to be met again
LONGEST = 7  # the same where that leaves some: a short word says little without what stands behind it ("der Mi")
_BEGINNINGS_KEPT = 30_000  # of a language; some thousand articles have as many


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
