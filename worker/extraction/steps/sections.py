"""Splits an article's fields into blocks, blanks out page furniture, and finds quoted speech.

Nothing is removed: what is no part of the article is overwritten with blanks of the same length, so every offset stays
that of the submitted text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from worker.extraction.document import Block
from worker.extraction.languages.cue_forms import Furniture

MAX_HEADLINE_CHARS = 180
_DATELINE_WITHIN_CHARS = 400
_MAX_QUOTE_CHARS = 3_000
_MIN_QUOTE_CHARS = 12
# A run of 200 characters without white space is no word; blanking it keeps the tokeniser linear.
_UNBROKEN = re.compile(r"\S{200,}")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|&(?:nbsp|amp|quot|lt|gt|shy);|''+")
_PLAIN = {
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\u3000", " "),
    **{chr(code): " " for code in range(32) if code != 10},
    **dict.fromkeys("’‘`´", "'"),
    **dict.fromkeys("„“”«»", '"'),
}
_ODD = re.compile(f"[{re.escape(''.join(_PLAIN))}]")
_MARKS = re.compile('[\n„“”«»"]')


def find_blocks(text: str, *, furniture: Furniture, is_title: bool = False) -> tuple[Block, ...]:
    """Split a field into its lines and say what each is.

    Args:
        text: The field as submitted.
        furniture: The language's patterns.
        is_title: Whether the field is the article's title.

    Returns:
        Blocks in text order; blank lines are in none.
    """
    lines = list(_lines(text))
    if is_title:
        return tuple(Block(start, end, "headline") for start, end in lines)
    blocks: list[Block] = []
    kinds: set[str] = set()
    cut = False
    for position, (start, end) in enumerate(lines):
        line = text[start:end]
        cut = cut or (position > 0 and _fits(line, furniture.rest))
        if cut or _fits(line, furniture.lines):
            blocks.append(Block(start, end, "furniture"))
        else:
            found = tuple(_article_blocks(kinds, line, start, furniture, has_more=position + 1 < len(lines)))
            kinds.update(block.kind for block in found)
            blocks.extend(found)
    return tuple(blocks)


def _article_blocks(kinds: set[str], line: str, start: int, furniture: Furniture, *, has_more: bool) -> Iterator[Block]:
    """Say what a line is, by the kinds of blocks before it."""
    end = start + len(line)
    if not kinds & {"headline", "lead"}:
        if has_more and len(line) <= MAX_HEADLINE_CHARS and not re.search(r"[.!…:]['\"“”»)]?\s*$", line):
            yield Block(start, end, "headline")
            return
        inline = _inline_headline(line, furniture)
        if inline:
            yield Block(start, start + inline, "headline")
        yield Block(start + inline, end, "lead")
    else:
        yield Block(start, end, "body" if "lead" in kinds else "lead")


def _inline_headline(line: str, furniture: Furniture) -> int:
    """Find where a headline ends that runs into the dateline: ``Sie reden wieder. Wien – Die ...``."""
    for pattern in furniture.datelines:
        match = _compiled(pattern).search(line[:_DATELINE_WITHIN_CHARS])
        if match and 0 < match.start() <= MAX_HEADLINE_CHARS * 2:
            return match.start()
    return 0


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            lead = len(line) - len(line.lstrip())
            yield start + lead, start + lead + len(stripped)
        start += len(line) + 1


def _fits(line: str, patterns: tuple[str, ...]) -> bool:
    return len(line) <= 400 and any(_compiled(pattern).match(line) for pattern in patterns)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def mask(text: str, blocks: tuple[Block, ...], *, furniture: Furniture) -> str:
    """Blank out what is no part of the article and make odd characters plain; the length stays.

    Example:
        >>> from worker.extraction.languages.pack import load_pack
        >>> furniture = load_pack("de").furniture
        >>> text = "Wien – Sie verhandeln."
        >>> mask(text, find_blocks(text, furniture=furniture), furniture=furniture)
        '       Sie verhandeln.'
    """
    pieces: list[str] = []
    position = 0
    for block in blocks:
        pieces.append(_blank(text[position : block.start]))
        piece = text[block.start : block.end]
        pieces.append(_blank(piece) if block.kind == "furniture" else _mask_block(piece, furniture))
        position = block.end
    pieces.append(_blank(text[position:]))
    # A search for the few that are odd takes a tenth of the time of str.translate, which looks at every letter.
    return _ODD.sub(lambda match: _PLAIN[match[0]], "".join(pieces))


def _mask_block(piece: str, furniture: Furniture) -> str:
    for pattern in (_TAG, _UNBROKEN):
        piece = pattern.sub(lambda match: " " * len(match.group()), piece)
    head, tail = piece[:_DATELINE_WITHIN_CHARS], piece[_DATELINE_WITHIN_CHARS:]
    for inline in (*furniture.datelines, *furniture.inline):
        head = _compiled(inline).sub(lambda match: " " * len(match.group()), head)
    return head + tail


def _blank(piece: str) -> str:
    return re.sub(r"[^\n]", " ", piece)


def find_quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Find quoted speech between matching marks of one line; shorter quotes are names or emphasis.

    Returns:
        Extents of the words between the marks, in text order; what is quoted inside a quote belongs to it.
    """
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _MARKS.finditer(text):
        position, char = mark.start(), mark[0]
        if char == "\n" or (opened is not None and position - opened > _MAX_QUOTE_CHARS):
            opened = None
        if char == "\n":
            continue
        if opened is None or char == "„":
            opened = position + 1
        else:
            if position - opened >= _MIN_QUOTE_CHARS:
                found.append((opened, position))
            opened = None
    return tuple(found)
