"""Resolves a bare institution to the one that the article calls so: *die Partei* to ``die Partei Solidar``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
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
    wanted = _stem(noun)
    if len(wanted) <= _SHORTEST:
        return None
    names = document.names
    named = names.kept(f"named {wanted}", lambda: _named(wanted, document))
    return _nearest(named, own) or _nearest(names.kept(f"told {wanted}", lambda: _told(wanted, document)), own)


def _nearest(found: Sequence[_Called], own: tuple[int, int]) -> Entity | None:
    """Give the last before a place, else the first behind it; those found are in text order."""
    at = bisect_left(found, own, key=lambda item: item.place)
    if at:
        return found[at - 1].entity
    behind = bisect_right(found, own, key=lambda item: item.place)
    return found[behind].entity if behind < len(found) else None


def _is_bare(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """Whether an article or possessive is all that stands with a singular noun."""
    grammar = document.pack.grammar
    words = [lower(token.text) for token in sentence.doc[phrase.start : phrase.head]]
    article = all(word in (*grammar.definite, *grammar.possessives) for word in words)
    contracted = phrase.start > sentence.start and lower(sentence.doc[phrase.start - 1].text) in grammar.definite
    if not article or not (words or contracted) or phrase.head != phrase.end - 1:
        return False
    return attribute_of(sentence, phrase) is None and not is_plural(sentence.doc[phrase.head])


def _named(wanted: str, document: Document) -> list[_Called]:
    """List the names that stand behind the noun (``die Gemeinde Musterau``) or end in it (``Musterpartei``)."""
    found: dict[tuple[int, int], Entity] = {}
    stems = document.names.kept("stems of names", lambda: _stems_of_names(document))
    for stem in stems:
        if stem.endswith(wanted):
            for place, entity, is_behind in stems[stem]:
                if is_behind or place not in found:  # the noun before a name tells more than the end of the name
                    found[place] = _as_body(entity) if is_behind else entity
    return [_Called(place, found[place]) for place in sorted(found)]


def _stems_of_names(document: Document) -> dict[str, list[tuple[tuple[int, int], Entity, bool]]]:
    """Give the places of organisations by the stem of the noun before the name (True) and by that it ends in."""
    stems: dict[str, list[tuple[tuple[int, int], Entity, bool]]] = {}
    for sentence in document.parsed:
        for phrase in sentence.phrases:
            named = named_in(sentence, phrase, document)
            if named is None or named[2].kind not in {"organization", "place"}:
                continue
            start, _, entity = named
            place = sentence.index, phrase.start
            before = [token.text for token in sentence.doc[phrase.start : start] if token.pos_ == "NOUN"]
            if before:
                stems.setdefault(_stem(before[-1]), []).append((place, entity, True))
            if entity.kind == "organization" and entity.name[0].isupper():
                stems.setdefault(_stem(entity.name.split()[-1]), []).append((place, entity, False))
    return stems


def _told(wanted: str, document: Document) -> list[_Called]:
    """List the institutions without a name that the noun may repeat: told by a compound, adjective or genitive."""
    heads = document.names.kept("stems of heads", lambda: _stems_of_heads(document))
    ended = [item for stem, items in heads.items() if stem.endswith(wanted) for item in items]
    found: list[_Called] = []
    for place, sentence, phrase in sorted(ended, key=lambda item: item[0]):
        attribute = attribute_of(sentence, phrase)
        name = name_phrase(sentence, phrase, document.pack.grammar, attribute=attribute)
        if _stem(name) != wanted and named_in(sentence, phrase, document) is None:
            found.append(_Called(place, Entity(f"organization:{lower(name)}", name, "organization")))
    return found


def _stems_of_heads(document: Document) -> dict[str, list[tuple[tuple[int, int], Sentence, Phrase]]]:
    """Give the phrases that a singular noun heads, by its stem."""
    stems: dict[str, list[tuple[tuple[int, int], Sentence, Phrase]]] = {}
    for sentence in document.parsed:
        for phrase in sentence.phrases:
            head = sentence.doc[phrase.head]
            if head.pos_ == "NOUN" and not is_plural(head):
                stems.setdefault(_stem(head.text), []).append(((sentence.index, phrase.start), sentence, phrase))
    return stems


def _as_body(entity: Entity) -> Entity:
    """A town that acts is its administration."""
    return replace(entity, kind="organization") if entity.kind == "place" else entity


def _stem(word: str) -> str:
    return re.sub(r"(?:en|es|s|n)$", "", lower(word))
