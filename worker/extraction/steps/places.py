"""Finds where an event takes place: a place name or site in a local phrase behind the trigger or in its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from worker.extraction.document import Document, Mention, Phrase, Sentence, Where
from worker.extraction.naming import name_phrase
from worker.extraction.nominal import chain_behind
from worker.extraction.parties import named_in
from worker.extraction.verbs import clause_phrases, verb_lemma
from worker.extraction.words import lower


def find_places(document: Document) -> Document:
    """Add to each candidate the place named with it."""
    return replace(document, mentions=tuple(_with_place(mention, document) for mention in document.mentions))


def _with_place(mention: Mention, document: Document) -> Mention:
    if mention.type == "offer":
        return mention
    sentence = document.sentences[mention.sentence]
    places = (_where(sentence, phrase, rule, document) for phrase, rule in _phrases(mention, sentence, document))
    return replace(mention, where=next((place for place in places if place is not None), None))


def _phrases(mention: Mention, sentence: Sentence, document: Document) -> Iterator[tuple[Phrase, str]]:
    grammar = document.pack.grammar
    phrase = sentence.phrase_of(mention.token)
    if mention.pos == "noun" and phrase is not None:
        yield from ((other, "behind-noun") for other in chain_behind(mention, phrase, sentence))
    if mention.clause is None:
        return
    verb = verb_lemma(sentence, mention.governor, grammar) if mention.governor is not None else ""
    happens = verb in document.pack.factuality.happening or verb in document.pack.factuality.scheduled_present
    in_frame = (
        mention.pos != "noun" or happens or (phrase is not None and phrase.preposition in grammar.place_prepositions)
    )
    if in_frame:
        for other in clause_phrases(sentence, sentence.clauses[mention.clause]):
            if not _hangs_on_noun(mention, sentence, other, document):
                yield other, "in-clause"


def _hangs_on_noun(mention: Mention, sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``nach der Wahl in Spanien``: the place is the election's, not the event's."""
    for other in sentence.phrases:
        gap = phrase.start - other.end
        if 0 <= gap <= 1 and other.start < phrase.start and sentence.doc[other.end].pos_ not in {"PUNCT", "CCONJ"}:
            head = sentence.doc[other.head]
            is_time = lower(head.lemma_) in document.pack.grammar.time_nouns or any(
                char.isdigit() for char in head.text
            )
            own = other.start <= mention.token < other.end or any(
                party.sentence == sentence.index and other.start <= party.start < other.end for party in mention.parties
            )
            return head.pos_ == "NOUN" and not is_time and not own and named_in(sentence, other, document) is None
    return False


def _where(sentence: Sentence, phrase: Phrase, rule: str, document: Document) -> Where | None:
    grammar, nouns = document.pack.grammar, document.pack.nouns
    if phrase.preposition not in grammar.local_prepositions:
        return None
    named = named_in(sentence, phrase, document)
    if named is not None:
        start, end, entity = named
        if (
            entity.kind in {"place", "country"}
            or entity.name in nouns.acting_places
            or re.search(nouns.places, entity.name)
        ):
            is_country = entity.kind == "country"
            return Where(entity.name, sentence.span(start, end), entity.country, rule, is_country=is_country)
        return None
    head = sentence.doc[phrase.head]
    if not re.search(nouns.places, head.text) and head.text not in nouns.acting_places:
        return None
    name = head.text if head.text in nouns.acting_places else name_phrase(sentence, phrase, grammar)
    return Where(name, sentence.span(phrase.start, phrase.end), None, rule)
