"""Resolves a bare institution to the one that the article calls so: *die Partei* to ``die Partei Solidar``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from worker.extraction.document import Document, Entity, Party, Phrase, Sentence
from worker.extraction.naming import attribute_of, name_phrase
from worker.extraction.parties import named_in
from worker.extraction.words import is_plural, lower

_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Called:
    """A place where somebody is called by the noun."""

    place: tuple[int, int]
    entity: Entity


def called_by(party: Party, document: Document) -> Entity | None:
    """Give whom a bare definite singular means: the nearest before that the article calls so, else the next behind.

    Where none has a name, one that is told more fully: ``das Ministerium`` is ``das Sozialministerium``.
    """
    sentence = document.sentences[party.sentence]
    phrase = sentence.phrase_of(party.start)
    if phrase is None or not _is_bare(sentence, phrase, document):
        return None
    noun = sentence.doc[phrase.head].text
    own = (party.sentence, phrase.start)
    return _nearest(_named(noun, document), own) or _nearest(_told(noun, document), own)


def _nearest(found: Iterable[_Called], own: tuple[int, int]) -> Entity | None:
    others = [item for item in found if item.place != own]
    before = [item for item in others if item.place < own]
    if before:
        return max(before, key=lambda item: item.place).entity
    return min(others, key=lambda item: item.place).entity if others else None


def _is_bare(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """Whether an article or possessive is all that stands with a singular noun."""
    grammar = document.pack.grammar
    words = [lower(token.text) for token in sentence.doc[phrase.start : phrase.head]]
    article = all(word in (*grammar.definite, *grammar.possessives) for word in words)
    contracted = phrase.start > sentence.start and lower(sentence.doc[phrase.start - 1].text) in grammar.definite
    if not article or not (words or contracted) or phrase.head != phrase.end - 1:
        return False
    return attribute_of(sentence, phrase) is None and not is_plural(sentence.doc[phrase.head])


def _named(noun: str, document: Document) -> Iterator[_Called]:
    """Go over the names that stand behind the noun (``die Gemeinde Musterau``) or end in it (``Musterpartei``)."""
    wanted = _stem(noun)
    for sentence in document.parsed:
        for phrase in sentence.phrases:
            named = named_in(sentence, phrase, document)
            if named is None or named[2].kind not in {"organization", "place"}:
                continue
            start, _, entity = named
            before = [token.text for token in sentence.doc[phrase.start : start] if token.pos_ == "NOUN"]
            if before and _ends_in(before[-1], wanted):
                yield _Called((sentence.index, phrase.start), _as_body(entity))
            elif (
                entity.kind == "organization" and entity.name[0].isupper() and _ends_in(entity.name.split()[-1], wanted)
            ):
                yield _Called((sentence.index, phrase.start), entity)


def _told(noun: str, document: Document) -> Iterator[_Called]:
    """Go over the institutions without a name that the noun may repeat: told by a compound, adjective or genitive."""
    wanted = _stem(noun)
    for sentence in document.parsed:
        for phrase in sentence.phrases:
            head = sentence.doc[phrase.head]
            if head.pos_ != "NOUN" or not _ends_in(head.text, wanted) or is_plural(head):
                continue
            attribute = attribute_of(sentence, phrase)
            name = name_phrase(sentence, phrase, document.pack.grammar, attribute=attribute)
            if _stem(name) != wanted and named_in(sentence, phrase, document) is None:
                entity = Entity(f"organization:{lower(name)}", name, "organization")
                yield _Called((sentence.index, phrase.start), entity)


def _as_body(entity: Entity) -> Entity:
    """A town that acts is its administration."""
    return replace(entity, kind="organization") if entity.kind == "place" else entity


def _ends_in(word: str, wanted: str) -> bool:
    return len(wanted) > _SHORTEST and _stem(word).endswith(wanted)


def _stem(word: str) -> str:
    return re.sub(r"(?:en|es|s|n)$", "", lower(word))
