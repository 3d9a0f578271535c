"""Cuts documents of any length into windows that the encoder reads at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from worker.extraction.models.pieces import PieceVocabulary

WINDOW_WORDS = 110
"""About so many words a window: the length of the passages in training."""
MAX_WINDOW_WORDS = 190
"""A sentence may fill a window up to this length; a longer run without a sentence end is read in overlapping parts."""
OVERLAP_WORDS = 40
MAX_PIECES = 508
_STOPS = frozenset({".", "!", "?", "…"})
_CLOSING = frozenset({'"', "“", "”", "«", "»", "'", "’", ")", "]"})


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a document's words.

    Attributes:
        tokens: Token index in the document of each word.
        pieces: The pieces of each word.
        first, last: The words (half-open) this window answers for; the others are only read for context.
    """

    tokens: tuple[int, ...]
    pieces: tuple[tuple[int, ...], ...]
    first: int
    last: int


def cut_windows(doc: Doc, vocabulary: PieceVocabulary) -> Iterator[Window]:
    """Go over the windows of a document, in text order; spaces are in none."""
    words = [token for token in doc if not token.is_space]
    pieces = [vocabulary.cut(token.text, _has_space_before(token)) for token in words]
    for first, last in _stretches(words, pieces):
        context = OVERLAP_WORDS if not _may_start(words, first) else 0
        start, end = max(0, first - context), last
        if last < len(words) and not _may_start(words, last):
            end = min(len(words), last + OVERLAP_WORDS)
        yield from _within_limit(words, pieces, (start, first, last, end))


def _has_space_before(token: Token) -> bool:
    return token.i == 0 or bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space


def _stretches(words: Sequence[Token], pieces: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Half-open stretches that begin where a sentence may begin, as long as sentences allow."""
    start = 0
    last_start = 0
    size = 0
    for index in range(len(words)):
        size += len(pieces[index])
        if index > start and _may_start(words, index):
            last_start = index
        is_full = index - start >= WINDOW_WORDS or size > MAX_PIECES // 2
        if is_full and last_start > start:
            yield start, last_start
            start, size = last_start, sum(map(len, pieces[last_start : index + 1]))
        elif index - start >= MAX_WINDOW_WORDS - 2 * OVERLAP_WORDS or size > MAX_PIECES * 3 // 4:
            yield start, index
            start, last_start, size = index, index, len(pieces[index])
    if start < len(words):
        yield start, len(words)


def _may_start(words: Sequence[Token], index: int) -> bool:
    """Whether a sentence may begin at a word: preset, after a line end, or after a stop and closing marks."""
    word = words[index]
    if index == 0 or word.is_sent_start:
        return True
    if word.is_sent_start is False:
        return False
    before = index - 1
    if word.i - words[before].i > 1 and "\n" in word.nbor(-1).text:
        return True
    while before > 0 and words[before].text in _CLOSING:
        before -= 1
    return words[before].text in _STOPS and not word.is_lower and word.text not in _CLOSING


def _within_limit(
    words: Sequence[Token], pieces: Sequence[tuple[int, ...]], bounds: tuple[int, int, int, int]
) -> Iterator[Window]:
    """One window; should its pieces be too many for the encoder, context goes first, then the stretch is halved."""
    start, first, last, end = bounds
    if sum(map(len, pieces[start:end])) <= MAX_PIECES:
        yield Window(tuple(word.i for word in words[start:end]), tuple(pieces[start:end]), first - start, last - start)
    elif (start, end) != (first, last):
        yield from _within_limit(words, pieces, (first, first, last, last))
    elif last - first == 1:
        yield Window((words[first].i,), (pieces[first][:MAX_PIECES],), 0, 1)
    else:
        middle = (first + last) // 2
        yield from _within_limit(words, pieces, (first, first, middle, middle))
        yield from _within_limit(words, pieces, (middle, middle, last, last))
