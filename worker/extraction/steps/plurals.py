"""Resolves *they* and *their*: to the plural or list that is the last subject before, in two sentences at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from worker.extraction.document import Document, Party, Phrase, Sentence
from worker.extraction.parties import parties_of
from worker.extraction.verbs import find_subject
from worker.extraction.words import lower


def is_plural_pronoun(party: Party, document: Document) -> bool:
    """Whether a party is said by a pronoun for several: *they*, *ihnen*, or *sie* where its form says so."""
    if party.end - party.start != 1:
        return False
    sentence = document.sentences[party.sentence]
    token = sentence.doc[party.start]
    grammar = document.pack.grammar
    forms = grammar.possessives if party.function == "possessive" else grammar.personal_pronouns
    agreement = forms.get(lower(token.text), "")
    if agreement == "p:*":
        return True
    is_either = agreement == "s:f" and party.function in {"subject", "possessive"}
    if not is_either or not _has_plural_verb(sentence, party.start):
        return False
    # "haben X und Y ihre Gespräche fortgesetzt": theirs, where several are the subject before it.
    return party.function == "subject" or _is_behind_list(sentence, party.start, document)


def _is_behind_list(sentence: Sentence, position: int, document: Document) -> bool:
    index = sentence.clause_of(position)
    subject = find_subject(sentence, index, document.pack.grammar) if index is not None else None
    if subject is None or subject.start >= position:
        return False
    return any(other.joined_to == subject.start and other.start != subject.start for other in sentence.phrases)


def _has_plural_verb(sentence: Sentence, position: int) -> bool:
    """German ``sie`` is one or many: as a subject, its verb tells."""
    index = sentence.clause_of(position)
    finite = sentence.clauses[index].finite if index is not None else None
    return finite is not None and "Plur" in sentence.doc[finite].morph.get("Number", [])


def those_meant(party: Party, document: Document) -> Iterator[Party]:
    """Give the several parties that a plural pronoun stands for; none where the nearest subject is a single one."""
    for sentence, phrase in _subjects_before(party, document):
        found = list(parties_of(sentence, phrase, function=party.function, document=document, rule="plural-pronoun"))
        entities = [each.entity for each in found if each.entity is not None]
        if len(entities) > 1 or any(entity.kind == "group" for entity in entities):
            is_near = sentence.index == party.sentence
            yield from (replace(each, inferred=not is_near) for each in found if each.entity is not None)
            return
        if phrase.start != party.start and sentence.index < party.sentence:
            return


def _subjects_before(party: Party, document: Document) -> Iterator[tuple[Sentence, Phrase]]:
    sentence = document.sentences[party.sentence]
    own = sentence.clause_of(party.start)
    for index in reversed(range(len(sentence.clauses)) if own is None else range(own + 1)):
        phrase = find_subject(sentence, index, document.pack.grammar)
        if phrase is not None and phrase.start < party.start:
            yield sentence, phrase
    if party.sentence == 0:
        return
    before = document.sentences[party.sentence - 1]
    if before.section == "headline" or before.passage is not sentence.passage:
        return
    for index in range(len(before.clauses)):
        phrase = find_subject(before, index, document.pack.grammar)
        if phrase is not None:
            yield before, phrase
            return
