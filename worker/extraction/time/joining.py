"""Joins what belongs together: the two ends of a range, a day and its clock time."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from .extents import extent_of
from .pack import load_time_words
from .timex import Timex

REACH = 26
"""Characters between two parts of one expression."""


def join_parts(timex: Timex, *, before: Timex | None, behind: Timex | None, lowered: str, language: str) -> Timex:
    """Give a part of a range, or of a day with its clock time, the value of the whole; what goes on counts first.

    Args:
        timex: The part.
        before: The expression before it, where it is near enough.
        behind: The one behind it, likewise.
        lowered: The text in lower case.
        language: ISO 639-1 code.
    """
    for first, second in ((timex, behind), (before, timex)):
        if first is None or second is None or first.value is None or second.value is None:
            continue
        whole = _whole(first, second, lowered, language)
        if whole is not None:
            return replace(timex, joint_value=whole, joint_start=first.start, joint_end=second.end)
    return timex


def _whole(first: Timex, second: Timex, lowered: str, language: str) -> str | None:
    between = lowered[first.end : second.start]
    range_link, clock_link = _links(language)
    if first.type == "DATE" and first.granularity == "day" and second.granularity == "minute":
        same_day = (second.value or "").startswith(first.value or "-")
        return second.value if same_day and clock_link.fullmatch(between) else None
    if range_link.fullmatch(between) and _is_range(first, second, lowered, language):
        return f"{first.value}/{second.value}"
    return None


def _is_range(first: Timex, second: Timex, lowered: str, language: str) -> bool:
    a, b = extent_of(first.value or ""), extent_of(second.value or "")
    if a is None or b is None or a.start >= b.start or {first.type, second.type} - {"DATE", "TIME"}:
        return False
    between = lowered[first.end : second.start].strip()
    if between in load_time_words(language).range_and:
        return (
            re.search(
                load_time_words(language).range_openers + r"\s*$", lowered[max(0, first.start - 20) : first.start]
            )
            is not None
        )
    return True


@cache
def _links(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_time_words(language)
    return re.compile(words.range_link), re.compile(words.clock_link)
