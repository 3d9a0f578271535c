"""Finds the sentences of a parsed field, true to its offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from .document import Passage, Sentence
from .field import Field
from .tokens import Tokens

MAX_SENTENCE_TOKENS = 160
"""A sentence that goes on longer is cut, so that what is done per sentence stays linear over the text."""

_CLOSING = re.compile(r"[.!?:…\"')»“”]$")
_ORDINAL = re.compile(r"\d{1,2}|[IVX]{1,5}")


def find_sentences(field: Field, passage: Passage, *, first_index: int) -> Iterator[Sentence]:
    """Go over the sentences of a passage that are part of the article, in text order."""
    index = first_index
    starts = [block.start for block in passage.blocks]
    for start, end in _sentence_ranges(passage.doc):
        offset = field.offset(start)
        number = max(0, bisect_right(starts, offset) - 1)
        block = passage.blocks[number] if passage.blocks else None
        if block is None or block.kind == "furniture" or offset >= block.end:
            continue
        is_parsed = field.is_parsed(start, end)
        yield Sentence(index, passage, start, end, block.kind, number, is_parsed=is_parsed)
        index += 1


def _sentence_ranges(doc: Tokens) -> Iterator[tuple[int, int]]:
    starts = [token.i for token in doc if token.is_sent_start]
    borders = [start for start in starts if start > 0 and _is_border(doc, start)]
    for start, end in pairwise([0, *borders, len(doc)]):
        for one, two in _within_limit(doc, start, end):
            yield from _trimmed(doc, one, two)


def _within_limit(doc: Tokens, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= MAX_SENTENCE_TOKENS:
        yield start, end
        return
    words = [token.i for token in doc[start:end] if not token.is_space]
    yield from pairwise([start, *words[MAX_SENTENCE_TOKENS::MAX_SENTENCE_TOKENS], end])


def _is_border(doc: Tokens, index: int) -> bool:
    """Whether a sentence may start here: behind a line break, or behind a closing mark that ends no ordinal.

    The pipeline cuts behind ``XVI.`` and ``25.``; what follows then starts with a small letter or is a month.
    """
    before = index - 1
    while before >= 0 and doc[before].is_space:
        if "\n" in doc[before].text:
            return True
        before -= 1
    if before < 0:
        return True
    last, first = doc[before], doc[index]
    if first.text[:1].islower() or not _CLOSING.search(last.text):
        return False
    number = last.text[:-1] if len(last.text) > 1 else (doc[before - 1].text if before else "")
    if first.pos_ in {"ADP", "DET", "PRON", "ADV", "SCONJ", "CCONJ", "AUX"} and not number.isdigit():
        return True
    return not (last.text.endswith(".") and _ORDINAL.fullmatch(number) and first.text[:1].isalpha())


def _trimmed(doc: Tokens, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    if start < end:
        yield start, end
