"""Finds who takes part in a sentence of its own behind the event.

``Teilnehmen werden X und Y``, ``Begleitet wurde er von Z``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from worker.extraction.document import Document, Group, Party, Sentence
from worker.extraction.parties import parties_of
from worker.extraction.verbs import clause_phrases, find_subject, is_passive, verb_lemma
from worker.extraction.words import lower

REACH_SENTENCES = 2
"""How far behind a mention of the event such a sentence may stand."""


def attending(group: Group, document: Document) -> list[Party]:
    """Give the parties that the sentences behind an event's mentions add, as inferred."""
    occupied = {(mention.sentence, mention.clause) for mention in document.mentions}
    behind = {
        index
        for mention in group.mentions
        for index in range(mention.sentence + 1, mention.sentence + 1 + REACH_SENTENCES)
        if index < len(document.sentences)
    }
    found: list[Party] = []
    for index in sorted(behind):
        sentence = document.sentences[index]
        for clause in range(len(sentence.clauses)):
            if (index, clause) not in occupied:
                found.extend(_of_clause(sentence, clause, group, document))
    return [replace(party, inferred=True) for party in found if party.entity is not None]


def _of_clause(sentence: Sentence, index: int, group: Group, document: Document) -> Iterator[Party]:
    grammar = document.pack.grammar
    clause = sentence.clauses[index]
    # "Teilnehmen werden ...": at the start of a sentence its capital may make a noun of it.
    first = {lower(sentence.doc[clause.tokens[0]].text)} if clause.verbs and index == 0 else set()
    lemmas = {verb_lemma(sentence, verb, grammar) for verb in clause.verbs} | first
    subject = find_subject(sentence, index, grammar)
    if subject is None:
        return
    if lemmas & set(grammar.taking_part):
        yield from parties_of(sentence, subject, function="attends", document=document, rule="takes-part-behind")
    elif lemmas & set(grammar.companion_verbs) and is_passive(sentence, clause, grammar):
        keys = {party.entity.key for one in group.mentions for party in one.parties if party.entity is not None}
        led = list(parties_of(sentence, subject, function="attends", document=document, rule="accompanied"))
        if not any(party.entity is None or party.entity.key in keys for party in led):
            return
        for phrase in clause_phrases(sentence, clause):
            if phrase.preposition in grammar.agent_prepositions and phrase.joined_to == phrase.start:
                yield from parties_of(sentence, phrase, function="attends", document=document, rule="accompanies")
