"""The way of one article from words to events: parse what is needed, run the steps, see what else they ask for."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from .cascade import MOST_ROUNDS, units_asked_for
from .clauses import find_clauses
from .document import Document, Sentence
from .field import Field
from .first_look import look_at
from .observing import Observe, unobserved
from .parsing import find_sentences
from .phrases import find_phrases
from .steps.chain import STEPS
from .structure import Structure
from .together import ToParse

_CANDIDATES_KNOWN = "triggers"
_PARTIES_KNOWN = "participants"


def find_events(
    document: Document, fields: Sequence[Field], *, cascade: bool, observe: Observe = unobserved
) -> Generator[ToParse, list[Doc], Document]:
    """Find the events of an article.

    Args:
        document: Without passages yet.
        fields: Title and text, as far as they are there.
        cascade: Whether only what an event can depend on is parsed.
        observe: Looks on at each stage.

    Returns:
        The document as the steps left it.
    """
    if not cascade:
        yield from _parse_all(document, fields)
        return _run_steps(document, fields, observe)[1]
    looked = [look_at(field, document.pack) for field in fields]
    wanted = [set(each.telling) for each in looked]
    if not any(wanted):
        return document
    for _ in range(MOST_ROUNDS):
        yield from _parse(document, fields, wanted)
        met, last = _run_steps(document, fields, observe)
        wanted = units_asked_for(met, last, fields)
        if last.groups:
            wanted = [units | each.pointing for units, each in zip(wanted, looked, strict=True)]
        if all(units <= field.parsed for units, field in zip(wanted, fields, strict=True)):
            return last
    yield from _parse_all(document, fields)
    return _run_steps(document, fields, observe)[1]


def _parse_all(document: Document, fields: Sequence[Field]) -> Generator[ToParse, list[Doc], None]:
    yield from _parse(document, fields, [set(range(len(field.units))) for field in fields])


def _parse(
    document: Document, fields: Sequence[Field], wanted: Sequence[set[int]]
) -> Generator[ToParse, list[Doc], None]:
    """Have units parsed that are not yet."""
    missing = [sorted(units - field.parsed) for field, units in zip(fields, wanted, strict=True)]
    docs = [doc for field, units in zip(fields, missing, strict=True) for doc in field.docs(units)]
    if not docs:
        return
    parsed = iter((yield ToParse(document.language, docs)))
    for field, units in zip(fields, missing, strict=True):
        field.fill(units, [next(parsed) for _ in units])


def _run_steps(document: Document, fields: Sequence[Field], observe: Observe) -> tuple[Document, Document]:
    """Run the steps; give the document as the parties were found, and as it is in the end."""
    with observe("structure"):
        document = _with_sentences(document, fields)
    met = document
    for step in STEPS:
        with observe(step.name):
            document = step.run(document)
        if step.name == _CANDIDATES_KNOWN and not document.mentions:
            return document, document
        if step.name == _PARTIES_KNOWN:
            met = document
    return met, document


def _with_sentences(document: Document, fields: Sequence[Field]) -> Document:
    passages = tuple(field.passage() for field in fields)
    sentences: list[Sentence] = []
    for field, passage in zip(fields, passages, strict=True):
        found = find_sentences(field, passage, first_index=len(sentences))
        sentences.extend(_with_structure(sentence, document) if sentence.is_parsed else sentence for sentence in found)
    return replace(document, passages=passages, sentences=tuple(sentences))


def _with_structure(sentence: Sentence, document: Document) -> Sentence:
    """Add clauses and phrases, found when asked for and kept: a sentence once parsed stays what it is."""
    key = f"structure {sentence.passage.field} {sentence.start} {sentence.end}"
    known = document.memory.get(key)
    if known is None:
        grammar = document.pack.grammar
        known = document.memory[key] = Structure(
            lambda: find_clauses(sentence, grammar), lambda: find_phrases(sentence, grammar)
        )
    return replace(sentence, structure=known)
