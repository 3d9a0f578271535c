"""Parses a field of any length and content with a spaCy pipeline, true to its offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from .document import Block, Passage, Sentence

MAX_CHUNK_CHARS = 8_000
"""Longest stretch given to the pipeline at once: its memory grows with the stretch."""

MAX_SENTENCE_TOKENS = 160
"""A sentence that goes on longer is cut, so that what is done per sentence stays linear over the text."""

_CLOSING = re.compile(r"[.!?:…\"')»“”]$")
_GLUED = re.compile(r"(?<=[\w)][\w)\"”])[.!?](?=[A-ZÄÖÜ][a-zäöüß]+[ ,])")
_ORDINAL = re.compile(r"\d{1,2}|[IVX]{1,5}")


def parse(text: str, blocks: tuple[Block, ...], *, nlp: Language) -> Doc:
    """Parse a masked field.

    Args:
        text: The masked field.
        blocks: Its blocks: a sentence never runs across two.
        nlp: A pipeline with tagger, parser and names.

    Returns:
        One Doc with ``doc.text == text``.
    """
    starts = [block.start for block in blocks]
    docs = [nlp(_prepare(_tokens(text[start:end], nlp), start, starts)) for start, end in chunks(text)]
    if not docs:
        return nlp.make_doc(text)
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def _tokens(text: str, nlp: Language) -> Doc:
    """Cut into words; a full stop that lost its space (``ended.Then``) ends its sentence all the same."""
    cuts = [0, *(match.end() for match in _GLUED.finditer(text)), len(text)]
    pieces = [nlp.make_doc(text[one:two]) for one, two in pairwise(cuts)]
    if len(pieces) == 1:
        return pieces[0]
    doc = Doc.from_docs(pieces, ensure_whitespace=False)
    borders = set(cuts[1:-1])
    for token in doc:
        if token.idx in borders:
            token.is_sent_start = True
    return doc


def _prepare(doc: Doc, offset: int, starts: list[int]) -> Doc:
    """Let a sentence start with the first word of each block."""
    position = bisect_left(starts, offset)
    for token in doc:
        if position < len(starts) and not token.is_space and token.idx + offset >= starts[position]:
            token.is_sent_start = True
            position = bisect_right(starts, token.idx + offset)
    return doc


def chunks(text: str, *, limit: int = MAX_CHUNK_CHARS) -> Iterator[tuple[int, int]]:
    """Cut a text into stretches of at most ``limit`` characters, at the best border there is.

    Example:
        >>> list(chunks("aa bb. cc dd", limit=8))
        [(0, 7), (7, 12)]
    """
    start = 0
    while len(text) - start > limit:
        window = text[start : start + limit]
        cut = max((window.rfind(mark) + len(mark) for mark in ("\n", ". ", "? ", "! ") if mark in window), default=0)
        if cut < limit // 4:
            cut = window.rfind(" ") + 1 or limit
        yield start, start + cut
        start += cut
    if start < len(text):
        yield start, len(text)


def find_sentences(passage: Passage, *, first_index: int) -> Iterator[Sentence]:
    """Go over the sentences of a passage that are part of the article, in text order."""
    index = first_index
    block_index = 0
    for start, end in _sentence_ranges(passage.doc):
        offset = passage.doc[start].idx
        while block_index + 1 < len(passage.blocks) and passage.blocks[block_index + 1].start <= offset:
            block_index += 1
        block = passage.blocks[block_index] if passage.blocks else None
        if block is None or block.kind == "furniture" or offset >= block.end:
            continue
        yield Sentence(index, passage, start, end, block.kind, block_index)
        index += 1


def _sentence_ranges(doc: Doc) -> Iterator[tuple[int, int]]:
    start = 0
    words = 0
    for token in doc:
        ends = token.is_sent_start and token.i > start and _is_border(doc, token.i)
        if ends or words >= MAX_SENTENCE_TOKENS:
            yield from _trimmed(doc, start, token.i)
            start, words = token.i, 0
        words += not token.is_space
    yield from _trimmed(doc, start, len(doc))


def _is_border(doc: Doc, index: int) -> bool:
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


def _trimmed(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    if start < end:
        yield start, end
