"""The words of a field as the steps read them: what the parse says of each, looked up once and kept.

Every step asks the same of the same words. spaCy makes a new object each time a word is reached, and looks up its
strings, flags and features again; here that is done once a word. The attributes have spaCy's names, and say the same.
"""

from __future__ import annotations

import weakref
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from unicodedata import category

import numpy as np
from spacy.parts_of_speech import NAMES as PARTS_OF_SPEECH  # type: ignore[import-not-found] # compiled, without a stub
from spacy.tokens import Doc

COLUMNS = ("HEAD", "DEP", "POS", "TAG", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE", "SENT_START")
"""What is kept of a parse."""

_IOB = ("", "I", "O", "B")
"""By spaCy's number."""
_NO_FEATURES: Mapping[str, Sequence[str]] = MappingProxyType({})


class Token:
    """A word, with spaCy's names for what is known of it.

    Attributes:
        i: Its place in the field.
        idx: Its first code point in the field.
        morph: Feature to values.
    """

    __slots__ = (
        "_field", "dep_", "ent_iob_", "ent_type_", "head_at", "i", "idx", "is_punct", "is_sent_start", "is_space",
        "lang_", "lemma_", "morph", "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    def __init__(self, field: weakref.ref[Tokens], i: int, idx: int, text: str, *, space: bool, lang: str) -> None:
        self._field = field
        self.head_at = i
        self.i = i
        self.idx = idx
        self.text = text
        self.whitespace_ = " " if space else ""
        self.lang_ = lang
        self.is_space, self.is_punct = _flags(text)
        self.pos_ = self.tag_ = self.lemma_ = self.ent_type_ = ""
        self.dep_ = "dep"
        self.ent_iob_ = "O"
        self.morph = _NO_FEATURES
        self.is_sent_start = False

    def __len__(self) -> int:
        """Count its code points."""
        return len(self.text)

    @property
    def head(self) -> Token:
        """The word it hangs on, itself at the root."""
        return self.doc[self.head_at]

    @property
    def children(self) -> Sequence[Token]:
        """The words that hang on it, in text order."""
        return self.doc.children_of(self.i)

    @property
    def lefts(self) -> Iterator[Token]:
        """Those of its children that stand before it."""
        return (child for child in self.children if child.i < self.i)

    @property
    def rights(self) -> Iterator[Token]:
        """Those of its children that stand behind it."""
        return (child for child in self.children if child.i > self.i)

    @property
    def left_edge(self) -> Token:
        """The first of all words below it, or itself."""
        first, below = self, list(self.children)
        while below:
            token = below.pop()
            first = token if token.i < first.i else first
            below.extend(token.children)
        return first

    @property
    def doc(self) -> Tokens:
        """The words of its field."""
        field = self._field()
        assert field is not None  # noqa: S101 - for the type checker: sentences hold the words of their field
        return field


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row: a name with its label, or what a part of the text covers.

    Attributes:
        root: The word on which the others hang.
    """

    label_: str
    start_char: int
    end_char: int
    root: Token


class Tokens(list[Token]):
    """The words of a field, in text order; unknown but for their form until their parse is filled in.

    Args:
        words: Of the whole field.
        spaces: Whether a space follows each.
        language: ISO 639-1 code.
        starts: Where sentences begin, as far as is known without a parse.
    """

    def __init__(
        self, words: Sequence[str], spaces: Sequence[bool], *, language: str, starts: Sequence[int] = ()
    ) -> None:
        super().__init__()
        self._children: dict[int, list[Token]] = {}
        self._has_parse = False
        own = weakref.ref(self)
        idx = 0
        for i, (word, space) in enumerate(zip(words, spaces, strict=True)):
            self.append(Token(own, i, idx, word, space=space, lang=language))
            idx += len(word) + space
        for start in starts:
            self[start].is_sent_start = True

    @classmethod
    def of_parse(cls, doc: Doc) -> Tokens:
        """Read the words of a text that was parsed as a whole."""
        tokens = cls([token.text for token in doc], [bool(token.whitespace_) for token in doc], language=doc.lang_)
        tokens.fill(0, doc)
        return tokens

    @property
    def text(self) -> str:
        """The words with what stands between them."""
        return "".join(token.text + token.whitespace_ for token in self)

    def text_of(self, start: int, end: int) -> str:
        """Give the words ``[start, end)`` with what stands between them, as far as there are any."""
        words = self[start:end]
        behind = len(words[-1].whitespace_) if words else 0
        text = "".join([token.text + token.whitespace_ for token in words])
        return text[: len(text) - behind]

    def fill(self, start: int, doc: Doc) -> None:
        """Take what was found of the words from ``start`` on.

        Args:
            start: The first.
            doc: Of these words; what is found of them depends on them alone.
        """
        self._has_parse = True
        table = doc.to_array(list(COLUMNS))
        heads = table[:, 0].astype(np.int64).tolist()
        strings = doc.vocab.strings
        for i, (head, row) in enumerate(zip(heads, table[:, 1:].tolist(), strict=True), start=start):
            dep, pos, tag, morph, lemma, iob, ent_type, sent_start = row
            token = self[i]
            token.dep_, token.tag_, token.lemma_ = strings[dep], strings[tag], strings[lemma]
            token.pos_, token.ent_iob_, token.ent_type_ = PARTS_OF_SPEECH[pos], _IOB[iob], strings[ent_type]
            token.morph = _features(strings[morph])
            token.is_sent_start = sent_start == 1
            if head:
                token.head_at = i + head
                self._children.setdefault(i + head, []).append(token)

    def children_of(self, i: int) -> Sequence[Token]:
        """Give the words that hang on one, in text order."""
        return self._children.get(i, ())

    @property
    def ents(self) -> Iterator[Stretch]:
        """The names that the parse found, in text order."""
        for start, end in self.names_between(0, len(self)):
            yield self._stretch(start, end)

    def names_between(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Give first token and one past the last of each name that begins in ``[first, last)``."""
        for i in range(first, last):
            if self[i].ent_iob_ == "B":
                end = i + 1
                while end < len(self) and self[end].ent_iob_ == "I":
                    end += 1
                yield i, end

    def has_annotation(self, attr: str) -> bool:
        """Say whether something is known of the words: ``DEP``, whether any has a parse."""
        return attr == "DEP" and self._has_parse

    def char_span(self, start_idx: int, end_idx: int, *, alignment_mode: str = "expand") -> Stretch | None:
        """Give the words that the text ``[start, end)`` touches."""
        first = bisect_right(self, start_idx, key=_idx) - 1
        last = bisect_left(self, end_idx, key=_idx)
        return self._stretch(max(first, 0), last) if alignment_mode == "expand" and first < last else None

    def _stretch(self, start: int, end: int) -> Stretch:
        last = self[end - 1]
        return Stretch(self[start].ent_type_, self[start].idx, last.idx + len(last), self._root_of(start, end))

    def _root_of(self, start: int, end: int) -> Token:
        """Give the root of the sentence where it is among the words, else the one that is nearest to it."""
        words = self[start:end]
        roots = (word for word in words if word.head_at == word.i)
        outside = [word for word in words if not start <= word.head_at < end]
        return next(roots, None) or min(outside, key=self._depth, default=self[start])

    def _depth(self, token: Token) -> int:
        depth = 0
        while token.head_at != token.i and depth < len(self):
            token, depth = self[token.head_at], depth + 1
        return depth


def _idx(token: Token) -> int:
    return token.idx


@lru_cache(maxsize=4_096)
def _features(written: str) -> Mapping[str, Sequence[str]]:
    """Read features as they are written: ``Case=Dat|Number=Sing``; their sets are few."""
    pairs = (pair.partition("=") for pair in written.split("|") if "=" in pair)
    return MappingProxyType({name: tuple(values.split(",")) for name, _, values in pairs})


@lru_cache(maxsize=65_536)
def _flags(word: str) -> tuple[bool, bool]:
    """Say whether a word is white space, and whether it is punctuation alone; the words of a language come back."""
    return word.isspace(), bool(word) and all(category(char).startswith("P") for char in word)
