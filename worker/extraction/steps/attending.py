"""Finds who takes part in a sentence of its own beside the event.

``Teilnehmen werden X und Y``, ``Begleitet wurde er von Z``, ``Gastgeber ist W``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from worker.extraction.candidates import mentions_in
from worker.extraction.document import Document, Group, Party, Phrase, Sentence
from worker.extraction.languages.trigger_forms import Function
from worker.extraction.parties import parties_of
from worker.extraction.parts import part_of_noun
from worker.extraction.verbs import antecedent, clause_phrases, find_subject, is_passive, verb_lemma
from worker.extraction.words import lower

REACH_SENTENCES = 2
"""How far behind a mention of the event such a sentence may stand."""


def attending(group: Group, document: Document) -> list[Party]:
    """Give the parties that the sentences at an event's mentions and behind them add, as inferred."""
    own = {mention.sentence for mention in group.mentions}
    near = {index for first in own for index in range(first, first + 1 + REACH_SENTENCES)}
    behind = {index for first in own for index in range(first + 1, first + 1 + REACH_SENTENCES)}
    own_places = {(mention.sentence, mention.token) for mention in group.mentions}
    found: list[Party] = []
    for index in sorted(near):
        sentence = document.sentences[index] if index < len(document.sentences) else None
        occupied = {mention.clause for mention in mentions_in(index, document)}
        for clause in range(len(sentence.clauses)) if sentence is not None else ():
            if sentence is not None and clause not in occupied:
                found.extend(_by_noun(sentence, clause, document))
                events = _events_meant(sentence, clause, document)
                if own_places & events if events else index in behind:
                    found.extend(_of_clause(sentence, clause, group, document))
    return [replace(party, inferred=True) for party in found if party.entity is not None]


def _events_meant(sentence: Sentence, index: int, document: Document) -> set[tuple[int, int]]:
    """``ein Treffen, an dem auch X teilnimmt``: the places of the events that a relative clause belongs to."""
    clause = sentence.clauses[index]
    meant = antecedent(sentence, clause) if clause.kind == "relative" else None
    heads = set()
    while meant is not None:
        heads.add(meant.head)
        # "ein Treffen der Minister, an dem": the parse may take the genitive for what the clause belongs to.
        before = [phrase for phrase in sentence.phrases if phrase.end == meant.start]
        meant = before[0] if before and meant.genitive else None
    return {(each.sentence, each.token) for each in mentions_in(sentence.index, document) if each.token in heads}


def _of_clause(sentence: Sentence, index: int, group: Group, document: Document) -> Iterator[Party]:
    grammar = document.pack.grammar
    clause = sentence.clauses[index]
    if clause.mark in document.pack.factuality.conditionals:
        return  # "Ob auch X teilnimmt, ist offen"
    # "Teilnehmen werden ...": at the start of a sentence its capital may make a noun of it.
    first = {lower(sentence.doc[clause.tokens[0]].text)} if clause.verbs and index == 0 else set()
    lemmas = {verb_lemma(sentence, verb, grammar) for verb in clause.verbs} | first
    subject = find_subject(sentence, index, grammar)
    if lemmas & set(grammar.taking_part):
        if subject is not None:
            yield from parties_of(sentence, subject, function="attends", document=document, rule="takes-part-behind")
        yield from _in_company(sentence, index, document)
    if subject is None:
        return
    if lemmas & set(grammar.represented) and is_passive(sentence, clause, grammar):
        yield from _by_agents(sentence, index, document, rule="represents")
    elif lemmas & set(grammar.companion_verbs) and is_passive(sentence, clause, grammar):
        keys = {party.entity.key for one in group.mentions for party in one.parties if party.entity is not None}
        led = list(parties_of(sentence, subject, function="attends", document=document, rule="accompanied"))
        if any(party.entity is None or party.entity.key in keys for party in led):
            yield from _by_agents(sentence, index, document, rule="accompanies")


def _in_company(sentence: Sentence, index: int, document: Document) -> Iterator[Party]:
    """``Mit X und Y nehmen zwei neue Mitglieder teil``, ``neben X``: who is counted in."""
    grammar = document.pack.grammar
    for phrase in clause_phrases(sentence, sentence.clauses[index]):
        is_with = grammar.prepositions.get(phrase.preposition or "") == "with"
        if (is_with or phrase.preposition in grammar.company_prepositions) and phrase.joined_to == phrase.start:
            yield from parties_of(sentence, phrase, function="attends", document=document, rule="takes-part-with")


def _by_agents(sentence: Sentence, index: int, document: Document, *, rule: str) -> Iterator[Party]:
    for phrase in clause_phrases(sentence, sentence.clauses[index]):
        if phrase.preposition in document.pack.grammar.agent_prepositions and phrase.joined_to == phrase.start:
            yield from parties_of(sentence, phrase, function="attends", document=document, rule=rule)


def _by_noun(sentence: Sentence, index: int, document: Document) -> Iterator[Party]:
    """``Gastgeber ist X``, ``X ist Gastgeber``: the other side of the copula."""
    grammar = document.pack.grammar
    clause = sentence.clauses[index]
    if not {verb_lemma(sentence, verb, grammar) for verb in clause.verbs} & set(grammar.copulas):
        return
    bare = [
        phrase
        for phrase in clause_phrases(sentence, clause)
        if phrase.preposition is None and not phrase.genitive and phrase.joined_to == phrase.start
    ]
    said: list[tuple[Phrase, Function]] = [
        (phrase, function)
        for phrase in bare
        if (function := part_of_noun(sentence.doc[phrase.head].text, grammar.part_nouns)) is not None
    ]
    if len(said) != 1:
        return
    for phrase in bare:
        if phrase != said[0][0]:
            yield from parties_of(sentence, phrase, function=said[0][1], document=document, rule="said-to-be")
            return
