"""When two names mean the same party, place or source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

MAX_WORDS = 8
"""A longer name is a clause rather than a name; it matches nothing by its parts."""


def name_words(name: str | None) -> list[str]:
    """Cut a name into folded words: no case, accents or punctuation."""
    decomposed = unicodedata.normalize("NFKD", name or "").casefold()
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[^\w ]+", " ", letters).split()


def name_of(item: Mapping[str, Any] | str | None) -> str | None:
    """Give the name of a participant, place or source, written as an object or as a plain string."""
    if isinstance(item, Mapping):
        return item.get("name") or item.get("text")
    return item


def same_name(gold: str | None, found: str | None, *, person: bool = False) -> bool:
    """Say whether two names may be of the same bearer.

    Equal ones are. So are a short and a long form where the long one has all words of the short one and ends with it
    (or begins with its only distinguishing word), and persons with the same last name of four letters or more.
    """
    one, other = name_words(gold), name_words(found)
    if not one or not other:
        return False
    if one == other or (person and one[-1] == other[-1] and len(one[-1]) > 3):
        return True
    short, long = sorted((one, other), key=len)
    head = short[-1]
    return (
        len(long) <= MAX_WORDS and set(short) <= set(long) and len(head) > 2 and (head in long[-2:] or long[0] == head)
    )


def pair_by_name(gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> list[tuple[Any, Any]]:
    """Pair gold and found items one to one: exact names first, then matching ones, in order."""
    pairs: list[tuple[Any, Any]] = []
    open_gold, open_found = list(gold), list(found)
    for exact in (True, False):
        for item in list(open_gold):
            match = next((other for other in open_found if _matches(item, other, exact=exact)), None)
            if match is not None:
                pairs.append((item, match))
                open_gold = [x for x in open_gold if x is not item]
                open_found = [x for x in open_found if x is not match]
    return pairs


def _matches(gold: Mapping[str, Any], found: Mapping[str, Any], *, exact: bool) -> bool:
    if exact:
        return name_words(name_of(gold)) == name_words(name_of(found))
    return same_name(name_of(gold), name_of(found), person=gold.get("kind") == "person")
