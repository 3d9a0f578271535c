"""Guesses where running text has spaces, for corpora that give tokens only."""

from __future__ import annotations

from collections.abc import Sequence

_NO_SPACE_BEFORE = frozenset({".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "”", "'", "…", "..."})
_NO_SPACE_AFTER = frozenset({"(", "[", "{", "„", "»", "‚", "#", "@"})
_CLOSING = {"„": "“", "‚": "‘", "»": "«"}


def guess_spaces(words: Sequence[str]) -> tuple[bool, ...]:
    """Whether a space follows each token, by the habits of German typesetting.

    >>> guess_spaces(["Er", "sagte", ":", '"', "Ja", '"', "."])
    (True, False, True, False, False, False, False)
    """
    spaces = [True] * len(words)
    quote_is_open = False
    for index, word in enumerate(words):
        closes = word in _CLOSING.values() or (word == '"' and quote_is_open)
        opens = word in _CLOSING or (word == '"' and not quote_is_open)
        if opens or closes:
            quote_is_open = opens
        if index and (word in _NO_SPACE_BEFORE or closes):
            spaces[index - 1] = False
        if word in _NO_SPACE_AFTER or opens:
            spaces[index] = False
    if spaces:
        spaces[-1] = False
    return tuple(spaces)
