"""Resolves *die Gewerkschaften* to those the article names: ``die Gewerkschaften Metallbund und Solidar``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from worker.extraction.document import Document, Entity, Party, Phrase, Sentence
from worker.extraction.parties import named_in
from worker.extraction.words import lower

MAX_MEMBERS = 6
"""More names of one kind are not one group that acts together."""


def members_of(party: Party, document: Document) -> tuple[Party, ...]:
    """Give the named members of a bare definite plural, or nothing where the article names fewer than two."""
    if party.entity is None or party.entity.kind != "group":
        return ()
    sentence = document.sentences[party.sentence]
    phrase = sentence.phrase_of(party.start)
    if phrase is None or phrase.start != party.start or not _is_bare(sentence, phrase, document):
        return ()
    wanted = _stem(sentence.doc[phrase.head].text)
    members = document.names.kept(f"members {wanted}", lambda: dict.fromkeys(_called(wanted, document)))
    if not 2 <= len(members) <= MAX_MEMBERS:
        return ()
    return tuple(replace(party, entity=entity, inferred=True, rule=f"{party.rule}-members") for entity in members)


def _is_bare(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """Whether nothing but a definite article stands with the noun: no adjective, number or genitive."""
    words = [lower(token.text) for token in sentence.doc[phrase.start : phrase.head]]
    is_definite = bool(words) and all(word in document.pack.grammar.definite for word in words)
    following = next((other for other in sentence.phrases if other.start == phrase.end), None)
    return is_definite and phrase.head == phrase.end - 1 and not (following is not None and following.genitive)


def _called(wanted: str, document: Document) -> Iterator[Entity]:
    """Give what the article calls by the noun: the name behind it, and the list that the name opens."""
    by_noun = document.names.kept("behind nouns", lambda: _behind_nouns(document))
    for sentence, phrase, noun, entity in by_noun.get(wanted, ()):
        yield entity
        if lower(noun) != wanted:
            yield from _listed_with(sentence, phrase, entity, document)


def _behind_nouns(document: Document) -> dict[str, list[tuple[Sentence, Phrase, str, Entity]]]:
    """Give where a name stands behind a noun, by the stem of the noun."""
    found: dict[str, list[tuple[Sentence, Phrase, str, Entity]]] = {}
    for sentence in document.parsed:
        for phrase in sentence.phrases:
            named = named_in(sentence, phrase, document)
            if named is None or named[2].kind not in {"organization", "person"}:
                continue
            nouns = [token.text for token in sentence.doc[phrase.start : named[0]] if token.pos_ == "NOUN"]
            if nouns:
                found.setdefault(_stem(nouns[-1]), []).append((sentence, phrase, nouns[-1], named[2]))
    return found


def _listed_with(sentence: Sentence, phrase: Phrase, first: Entity, document: Document) -> Iterator[Entity]:
    for other in sentence.phrases:
        if other.joined_to == phrase.start and other.start > phrase.start:
            named = named_in(sentence, other, document)
            if named is not None and named[0] == other.start and named[2].kind == first.kind:
                yield named[2]


def _stem(word: str) -> str:
    return re.sub(r"(?:innen|in|en|ern|er|e|n|s)$", "", lower(word))
