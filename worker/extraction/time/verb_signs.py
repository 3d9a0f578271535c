"""The signs of tense that single words give, for texts without a parse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from .pack import load_time_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_LISTED = ("present", "past", "perfect", "future", "planned_adjectives", "planned")
_REGULAR = ("participle", "participle_or_present", "preterite", "present_ending")
_WORDS_KEPT = 50_000
_BLOCK = 512  # characters; a sentence touches one or two
_LOOK_BACK = 40  # characters; longer than a word of a language
_BEHIND = 1000  # characters that a verb behind an expression counts as farther, where the one before it governs


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that says something about tense.

    Attributes:
        kind: Name of the list or pattern that knows it.
        at: Where it begins.
    """

    kind: str
    at: int


@dataclass(frozen=True, slots=True)
class VerbSigns:
    """The signs of a language, ready to look up."""

    kind_of: Callable[[str], str | None]
    nearest_left: bool
    infinitive_mark: str
    infinitives: re.Pattern[str]
    passive_after: frozenset[str]

    def distance(self, sign: Sign, start: int) -> int:
        """Say how near a verb stands to an expression."""
        if self.nearest_left and sign.at > start:
            return _BEHIND + sign.at - start
        return abs(sign.at - start)

    def kind_after(self, before: str, word: str) -> str | None:
        """Name the kind of a word, given the word right before it; None for words that say nothing of tense."""
        if before == self.infinitive_mark and before and self.infinitives.fullmatch(word):
            return "infinitive"
        kind = self.kind_of(word)
        return None if kind == "preterite" and before in self.passive_after else kind


class TextSigns:
    """The signs of one text, found block by block when they are asked for; one for each call, never shared."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.signs = load_verb_signs(language)
        self._blocks: dict[int, list[Sign]] = {}

    def between(self, begin: int, stop: int, *, outside: tuple[int, int]) -> list[Sign]:
        """Give the signs in a stretch of the text, but for those inside the expression itself."""
        return [
            sign
            for number in range(begin // _BLOCK, (stop - 1) // _BLOCK + 1)
            for sign in self._block(number)
            if begin <= sign.at < stop and not outside[0] <= sign.at < outside[1]
        ]

    def _block(self, number: int) -> list[Sign]:
        if number not in self._blocks:
            self._blocks[number] = list(self._find(number * _BLOCK, (number + 1) * _BLOCK))
        return self._blocks[number]

    def _find(self, begin: int, stop: int) -> Iterator[Sign]:
        """Find the signs whose word begins in a block; the word before it may stand in the block before."""
        before, before_end = "", -1
        for match in _WORD.finditer(self.text, max(0, begin - _LOOK_BACK), stop + _LOOK_BACK):
            word, start = match.group(), match.start()
            if start >= stop:
                return
            if start >= begin:
                kind = self.signs.kind_after(before if start == before_end + 1 else "", word)
                if kind is not None:
                    yield Sign(kind, start)
            before, before_end = word, match.end()


@cache
def load_verb_signs(language: str) -> VerbSigns:
    """Prepare the signs of a language; once per process."""
    direction = load_time_words(language).direction
    listed = {word: kind for kind in _LISTED for word in getattr(direction, kind)}
    regular = tuple((kind, re.compile(getattr(direction, kind))) for kind in _REGULAR)
    not_verbs = frozenset(direction.not_verbs)

    @lru_cache(maxsize=_WORDS_KEPT)
    def kind_of(word: str) -> str | None:
        known = listed.get(word) or listed.get(word.lower())
        if known is not None:
            return known
        if not word.islower() or word in not_verbs:
            return None
        return next((kind for kind, pattern in regular if pattern.fullmatch(word)), None)

    return VerbSigns(
        kind_of=kind_of,
        nearest_left=direction.nearest_left,
        infinitive_mark=direction.infinitive_mark,
        infinitives=re.compile(direction.infinitives),
        passive_after=frozenset(direction.passive_after),
    )
