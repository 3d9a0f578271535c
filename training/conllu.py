"""Reads UD treebanks in CoNLL-U, with contractions merged the way spaCy's tokenizers leave them.

"im" is one token for spaCy and two ("in", "dem") for UD. The merged token takes head, relation and part of speech
of its first part that hangs outside the contraction, and the features of all its parts.
Only German contractions are merged: English ones ("don't") are cut by spaCy as UD cuts them.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.sentence import ROOT, Sentence


@dataclass(frozen=True)
class _Row:
    """One token line; ids and heads as in the file."""

    ids: tuple[int, ...]
    form: str
    upos: str
    feats: str
    head: int
    dep: str
    space: bool


def read_conllu(path: Path, *, language: str, merge_contractions: bool) -> list[Sentence]:
    """Every sentence of a treebank file (.conllu or .conllu.gz)."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [
        _sentence(block, source=f"{path.name}:{number}", language=language, merge=merge_contractions)
        for number, block in enumerate(_blocks(data.decode("utf-8").splitlines()))
    ]


def _blocks(lines: Iterable[str]) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            block.append(line.split("\t"))
        elif not line.strip() and block:
            yield block
            block = []
    if block:
        yield block


def _sentence(block: list[list[str]], *, source: str, language: str, merge: bool) -> Sentence:
    rows = list(_rows(block, merge=merge))
    place = {token_id: index for index, row in enumerate(rows) for token_id in row.ids}
    return Sentence(
        source=source,
        language=language,
        words=tuple(row.form for row in rows),
        spaces=tuple(row.space for row in rows),
        upos=tuple(row.upos for row in rows),
        feats=tuple(row.feats for row in rows),
        heads=tuple(ROOT if row.head == 0 else place[row.head] for row in rows),
        deps=tuple(row.dep for row in rows),
    )


def _rows(block: list[list[str]], *, merge: bool) -> Iterator[_Row]:
    words = {int(columns[0]): columns for columns in block if columns[0].isdigit()}
    contracted: set[int] = set()
    for columns in block:
        token_id = columns[0]
        if "-" in token_id:
            first, last = (int(part) for part in token_id.split("-"))
            if merge:
                contracted.update(range(first, last + 1))
                yield _merged(columns, [words[part] for part in range(first, last + 1)])
            else:
                # The parts of "don't" are written without a space between them.
                for part in range(first, last):
                    words[part][9] = "SpaceAfter=No"
                words[last][9] = columns[9]
        elif token_id.isdigit() and int(token_id) not in contracted:
            yield _row(columns)


def _row(columns: list[str]) -> _Row:
    return _Row(
        ids=(int(columns[0]),),
        form=columns[1],
        upos=columns[3],
        feats="" if columns[5] == "_" else columns[5],
        head=int(columns[6]),
        dep=columns[7],
        space="SpaceAfter=No" not in columns[9],
    )


def _merged(columns: list[str], parts: list[list[str]]) -> _Row:
    ids = tuple(int(part[0]) for part in parts)
    outer = next(part for part in parts if int(part[6]) not in ids)
    feats = {pair for part in parts for pair in part[5].split("|") if pair != "_"}
    return _Row(
        ids=ids,
        form=columns[1],
        upos=outer[3],
        feats="|".join(sorted(feats)),
        head=int(outer[6]),
        dep=outer[7],
        space="SpaceAfter=No" not in columns[9],
    )
