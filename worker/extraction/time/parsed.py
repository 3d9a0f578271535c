"""What this layer asks of a parse; the documents of spaCy answer it, and so do the words of the extractor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol


class ParsedWord(Protocol):
    """A word with what is known of it, by Universal Dependencies."""

    @property
    def i(self) -> int:
        """Its place in the text."""

    @property
    def text(self) -> str:
        """As written."""

    @property
    def pos_(self) -> str:
        """Part of speech."""

    @property
    def dep_(self) -> str:
        """Relation to its head."""

    @property
    def lemma_(self) -> str:
        """Dictionary form."""

    @property
    def morph(self) -> Any:
        """Features, got by name."""

    @property
    def head(self) -> ParsedWord:
        """The word it hangs on, itself at the root."""

    @property
    def children(self) -> Iterable[ParsedWord]:
        """The words that hang on it."""


class ParsedStretch(Protocol):
    """Words in a row, with the label of the name that they are."""

    @property
    def label_(self) -> str:
        """What kind of name."""

    @property
    def start_char(self) -> int:
        """First code point."""

    @property
    def end_char(self) -> int:
        """One past the last."""

    @property
    def root(self) -> ParsedWord:
        """The word on which the others hang."""


class ParsedText(Protocol):
    """A text with its parse."""

    @property
    def text(self) -> str:
        """As given."""

    @property
    def ents(self) -> Iterable[ParsedStretch]:
        """Its names."""

    def has_annotation(self, attr: str) -> bool:
        """Say whether something is known of it: ``DEP``, its relations."""

    def char_span(self, start_idx: int, end_idx: int, *, alignment_mode: str) -> ParsedStretch | None:
        """Give the words that a stretch of the text touches."""
