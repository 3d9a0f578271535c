"""Finds the sentence that goes on about an event by a pronoun: ``Es soll am Montag in Oslo stattfinden``."""

from __future__ import annotations

from worker.extraction.document import Clause, Document, Mention, Sentence
from worker.extraction.verbs import verb_lemma
from worker.extraction.words import lower


def told_on(mention: Mention, document: Document) -> tuple[Sentence, Clause] | None:
    """Give the sentence behind an event's and its clause, where that says when or where the event takes place."""
    index = mention.sentence + 1
    if mention.is_offer or mention.pos != "noun" or index >= len(document.sentences):
        return None
    behind, own = document.sentences[index], document.sentences[mention.sentence]
    if not behind.is_parsed or behind.passage is not own.passage or not behind.clauses:
        return None
    clause, grammar = behind.clauses[0], document.pack.grammar
    first = lower(behind.doc[clause.tokens[0]].text)
    lemmas = {verb_lemma(behind, verb, grammar) for verb in clause.verbs}
    goes_on = first in grammar.told_pronouns and bool(lemmas & set(grammar.occurring))
    return (behind, clause) if goes_on else None
