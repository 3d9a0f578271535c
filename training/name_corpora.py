"""Reads the name corpora: GermEval 2014, DFKI SmartData and MobIE, all brought to PER, LOC, ORG, MISC.

* GermEval: the outer layer; derived forms ("deutsche") and parts of words ("Berlin-Reise") keep labels of their own,
  so that a model learns to tell them from names. They are no names: see ``Sentence.plain_names``.
* SmartData and MobIE count derived forms as names; parts of words too, of which they mark the part alone. They do not
  annotate MISC, so their "O" leaves MISC open.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy

from training.sentence import Sentence
from training.spacing import guess_spaces

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

_GERMEVAL = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "OTH": "MISC"}
_NEARLY = ("deriv", "part")
_DFKI = {"person": "PER", "location": "LOC", "organization": "ORG"}
SENTENCE_ENDS = (".", "!", "?")


def read_germeval(path: Path) -> list[Sentence]:
    """Every sentence of a GermEval 2014 file (.tsv.gz)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#\t"))
        return [
            _sentence(f"{path.name}:{number}", [row[1] for row in block], [_germeval_tag(row[2]) for row in block])
            for number, block in enumerate(_blocks(rows))
        ]


def _germeval_tag(tag: str) -> str:
    place, _, label = tag.partition("-")
    form = next((form for form in _NEARLY if label.endswith(form)), "")
    kind = _GERMEVAL.get(label.removesuffix(form))
    return f"{place}-{kind}{form}" if kind else "O"


def read_mobie(path: Path) -> list[Sentence]:
    """Every sentence of the three parts of MobIE (a zip of CoNLL-2003 files)."""
    sentences = []
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            with io.TextIOWrapper(archive.open(name), encoding="utf-8") as lines:
                blocks = list(_blocks(line.split() for line in lines if not line.startswith("-DOCSTART-")))
            sentences += [
                _sentence(
                    f"{name}:{number}",
                    [row[0] for row in block],
                    [_dfki_tag(row[-1]) for row in block],
                    misc_known=False,
                )
                for number, block in enumerate(blocks)
            ]
    return sentences


def _dfki_tag(tag: str) -> str:
    place, _, label = tag.partition("-")
    kind = _DFKI.get(label.split("-")[0])
    # "org-position" (a job) begins otherwise than "organization" and is none.
    return f"{place}-{kind}" if kind else "O"


def read_smartdata(path: Path, *, sources: frozenset[str] | None = None) -> list[Sentence]:
    """The sentences of a SmartData file (JSON lines), of all its documents or of those from the given sources."""
    sentences: list[Sentence] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            if sources is None or record["refids"]["source"] in sources:
                sentences += _smartdata_sentences(record, source=f"{path.name}:{number}")
    return sentences


def _smartdata_sentences(record: dict[str, Any], *, source: str) -> Iterator[Sentence]:
    doc = _blank_german()(record["text"])
    tags = ["O"] * len(doc)
    for mention in record["conceptMentions"]:
        kind = _DFKI.get(mention["type"].split("-")[0])
        span = doc.char_span(mention["span"]["start"], mention["span"]["end"], alignment_mode="expand")
        if kind and span is not None and all(tags[token.i] == "O" for token in span):
            if _is_part(span, mention["span"]["start"], mention["span"]["end"]):
                kind += "part"
            tags[span.start : span.end] = [f"B-{kind}"] + [f"I-{kind}"] * (len(span) - 1)
    for start, end in _sentence_bounds(doc, tags):
        tokens = [token for token in doc[start:end] if not token.is_space]
        if tokens:
            yield Sentence(
                source=source,
                language="de",
                words=tuple(token.text for token in tokens),
                spaces=tuple(bool(token.whitespace_) for token in tokens),
                names=tuple(_repaired([tags[token.i] for token in tokens])),
                misc_known=False,
                nearly="counted",
            )


def _is_part(span: Span, start: int, end: int) -> bool:
    """Whether letters of the words are outside the mention: "VW" in "VW-Werk", not "@bahn" or "Hbf."."""
    text = span.doc.text
    return any(letter.isalpha() for letter in text[span.start_char : start] + text[end : span.end_char])


def _sentence_bounds(doc: Doc, tags: list[str]) -> Iterator[tuple[int, int]]:
    """Cut at line ends and after full stops; never inside a name."""
    start = 0
    for token in doc:
        ends = token.text in SENTENCE_ENDS or "\n" in token.text
        next_is_inside = token.i + 1 < len(doc) and tags[token.i + 1].startswith("I-")
        if ends and not next_is_inside:
            yield start, token.i + 1
            start = token.i + 1
    if start < len(doc):
        yield start, len(doc)


@cache
def _blank_german() -> Language:
    return spacy.blank("de")


def _sentence(source: str, words: list[str], tags: list[str], *, misc_known: bool = True) -> Sentence:
    return Sentence(
        source=source,
        language="de",
        words=tuple(words),
        spaces=guess_spaces(words),
        names=tuple(_repaired(tags)),
        misc_known=misc_known,
        nearly="told" if misc_known else "counted",
    )


def _repaired(tags: list[str]) -> Iterator[str]:
    """A name that begins with "I-" (left over where a part of another kind was dropped) begins with "B-"."""
    previous = "O"
    for tag in tags:
        is_stray = tag.startswith("I-") and previous[2:] != tag[2:]
        previous = f"B-{tag[2:]}" if is_stray else tag
        yield previous


def _blocks(rows: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    for row in rows:
        if len(row) > 1 and row[1]:
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block
