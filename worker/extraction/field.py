"""A field of an article, cut into units that are parsed each by itself, in any order and as many as are needed.

A unit is a sentence. What a unit's words are found to be depends on the unit alone: an article of
which only some units are parsed reads there exactly as one that is parsed as a whole. On the development articles,
events from units of one sentence are as good as from passages of 110 words (F1 .880, .836, .773 against .880, .821,
.773 in the three sets, 2026-11).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from schemas.model import FieldName

from .document import Passage
from .languages.pack import LanguagePack
from .steps.sections import find_blocks, find_quotes, mask
from .tokens import Tokens
from .words import stem_of

UNIT_WORDS = 1
"""Short sentences of one block are joined up to so many words: a unit of five costs a third of one of thirty."""

MAX_CHUNK_CHARS = 100_000
"""Longest stretch given to the tokenizer at once."""

_STOPS = frozenset({".", "!", "?", "…"})
_CLOSING = frozenset({'"', "“", "”", "«", "»", "'", "’", ")", "]"})
_GLUED = re.compile(r"[.!?](?<=[\w)][\w)\"”][.!?])(?=[A-ZÄÖÜ][a-zäöüß]+[ ,])")


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens ``[start, end)`` of a field.

    Attributes:
        sentences: Where its sentences begin, as far as their marks tell.
    """

    start: int
    end: int
    sentences: tuple[int, ...]


class Field:
    """A field with its words, its units, and what is known of them so far.

    Args:
        name: Title or text.
        text: As submitted.
        pack: The language.
        nlp: Gives the words; the units are parsed by whoever asks for them.
    """

    def __init__(self, name: FieldName, text: str, *, pack: LanguagePack, nlp: Language) -> None:
        self.name = name
        self.text = text
        self.blocks = find_blocks(text, furniture=pack.furniture, is_title=name == "title")
        self.masked = mask(text, self.blocks, furniture=pack.furniture)
        self._vocab = nlp.vocab
        self.words, self._spaces, self._norms = _cut_into_words(self.masked, nlp)
        self._offsets = [
            0,
            *accumulate(len(word) + space for word, space in zip(self.words, self._spaces, strict=True)),
        ]
        self.units = tuple(_units(self))
        self.parsed: set[int] = set()
        self._places_by_stem: dict[str, list[int]] = {}
        self._language = pack.language

    @cached_property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """Extents of quoted speech."""
        return find_quotes(self.text)

    @cached_property
    def places_by_word(self) -> dict[str, list[int]]:
        """The tokens that are a word, by the word as written."""
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word, []).append(place)
        return found

    def places_ending_in(self, stem: str) -> list[int]:
        """Give the tokens whose stem ends in that of a noun; kept, as each mention in each round asks for the same."""
        if stem not in self._places_by_stem:
            words = (word for word in self.places_by_word if stem_of(word).endswith(stem))
            self._places_by_stem[stem] = sorted(place for word in words for place in self.places_by_word[word])
        return self._places_by_stem[stem]

    @cached_property
    def unit_of(self) -> list[int]:
        """The number of each token's unit; blanks between units belong to the one before."""
        numbers: list[int] = []
        for number, (unit, behind) in enumerate(pairwise((*self.units, None))):
            end = behind.start if behind is not None else len(self.words)
            assert unit is not None  # noqa: S101 - for the type checker: only the last is None
            numbers.extend([number] * (end - len(numbers)))
        return numbers or [0] * len(self.words)

    def offset(self, token: int) -> int:
        """First code point of a token."""
        return self._offsets[token]

    def is_followed_by_space(self, token: int) -> bool:
        """Whether a space stands behind a token."""
        return self._spaces[token]

    def docs(self, numbers: Iterable[int]) -> Iterator[Doc]:
        """Make documents of units, to be parsed."""
        for number in numbers:
            unit = self.units[number]
            own = slice(unit.start, unit.end)
            doc = Doc(self._vocab, words=self.words[own], spaces=self._spaces[own])
            norms: Any = self._norms[own]
            yield doc.from_array(["NORM"], norms)  # the tokenizer's exceptions have their own

    def fill(self, numbers: Iterable[int], docs: Iterable[Doc]) -> None:
        """Take what was found of units."""
        for number, doc in zip(numbers, docs, strict=True):
            unit = self.units[number]
            self._passage.doc.fill(unit.start, doc)
            self.parsed.add(number)

    def is_parsed(self, start: int, end: int) -> bool:
        """Whether all units are parsed that tokens ``[start, end)`` touch."""
        return all(number in self.parsed for number in range(self.unit_of[start], self.unit_of[end - 1] + 1))

    def passage(self) -> Passage:
        """Give the field with what is known of it; units that are not parsed have words only."""
        return self._passage

    @cached_property
    def _passage(self) -> Passage:
        """The one that grows as units are parsed."""
        starts = {0, *(start for unit in self.units for start in unit.sentences)} if self.words else ()
        doc = Tokens(self.words, self._spaces, language=self._language, starts=sorted(starts))
        return Passage(self.name, self.text, self.masked, self.blocks, self.quotes, doc)


def _cut_into_words(text: str, nlp: Language) -> tuple[list[str], list[bool], NDArray[np.uint64]]:
    """Cut into words; a full stop that lost its space (``ended.Then``) ends its sentence all the same."""
    borders = sorted({0, *(match.end() for match in _GLUED.finditer(text)), len(text)})
    docs = [nlp.make_doc(text[one:two]) for start, end in pairwise(borders) for one, two in _chunks(text, start, end)]
    # As a table: going over the tokens themselves makes an object of each and takes four times as long.
    tables = [doc.to_array(["ORTH", "SPACY", "NORM"]) for doc in docs]
    table = np.concatenate(tables) if tables else np.zeros((0, 3), np.uint64)
    words = [nlp.vocab.strings[orth] for orth in table[:, 0].tolist()]
    return words, table[:, 1].astype(bool).tolist(), table[:, 2]


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch into parts the tokenizer takes at once, at line ends where there are any."""
    while end - start > MAX_CHUNK_CHARS:
        limit = start + MAX_CHUNK_CHARS
        cut = max(text.rfind("\n", start, limit), text.rfind(" ", start, limit)) + 1 or limit
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _units(field: Field) -> Iterator[Unit]:
    starts: list[int] = []
    for start, end, opens_block in _sentences(field):
        if starts and (opens_block or end - starts[0] > UNIT_WORDS):
            yield Unit(starts[0], start, tuple(starts))
            starts = []
        starts.append(start)
    if starts:
        yield Unit(starts[0], len(field.words), tuple(starts))


def _sentences(field: Field) -> Iterator[tuple[int, int, bool]]:
    """Half-open token ranges that begin where a sentence begins by its marks, and whether a block begins there."""
    solid = [index for index, word in enumerate(field.words) if not word.isspace()]
    offsets = [field.offset(index) for index in solid]
    blocks = {bisect_left(offsets, block.start) for block in field.blocks}
    starts = [place for place in range(len(solid)) if place == 0 or place in blocks or _starts(field, solid, place)]
    tokens = [*(solid[place] for place in starts), len(field.words)]
    for place, (start, end) in zip(starts, pairwise(tokens), strict=True):
        yield start, end, place in blocks


def _starts(field: Field, solid: Sequence[int], place: int) -> bool:
    """Whether a sentence begins at a word: behind a stop and its closing marks."""
    words = field.words
    before = place - 1
    while before >= 0 and words[solid[before]] in _CLOSING and not _opens_quote(field, solid[before]):
        before -= 1
    if before < 0 or words[solid[before]] not in _STOPS:
        return False
    word = words[solid[place]]
    return not word.islower() and (word not in _CLOSING or _opens_quote(field, solid[place]))


def _opens_quote(field: Field, index: int) -> bool:
    """Whether a plain quotation mark opens: behind a space or at the beginning, and before a word."""
    if field.words[index] != '"' or field.is_followed_by_space(index):
        return False
    return index == 0 or field.is_followed_by_space(index - 1) or field.words[index - 1].isspace()
