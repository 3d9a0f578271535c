"""Finds the answer to an offer in a clause behind it: ``bot Hilfe an, was X ablehnte``, ``..., and Y accepted``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from worker.extraction.document import Clause, Document, Evidence, Mention, Sentence
from worker.extraction.verbs import clause_phrases, main_verb, verb_lemma
from worker.extraction.words import lower

ANSWERS = frozenset({"accepted", "rejected"})
"""What the other side may do with an offer."""


def answered(mention: Mention, sentence: Sentence, document: Document) -> Mention:
    """Give the offer the stage that the clause behind it, or the sentence behind it, answers with."""
    for other, index in _behind(mention, sentence, document):
        clause = other.clauses[index]
        verb = main_verb(other, clause)
        lemma = verb_lemma(other, verb, document.pack.grammar) if verb is not None else ""
        stage = next((name for name in ANSWERS if lemma in document.pack.factuality.stages.get(name, ())), None)
        if stage is not None and _is_about_it(other, clause, document, same=other is sentence):
            return replace(mention, stage=stage, evidence=(*mention.evidence, Evidence("stage", "answer", lemma)))
    return mention


def _behind(mention: Mention, sentence: Sentence, document: Document) -> Iterator[tuple[Sentence, int]]:
    own = mention.clause if mention.clause is not None else len(sentence.clauses)
    yield from ((sentence, index) for index in range(own + 1, len(sentence.clauses)))
    if mention.sentence + 1 < len(document.sentences):
        following = document.sentences[mention.sentence + 1]
        if following.is_parsed and following.clauses and following.passage is sentence.passage:
            yield following, 0


def _is_about_it(sentence: Sentence, clause: Clause, document: Document, *, same: bool) -> bool:
    """Whether the clause names nothing else that is accepted or rejected: no object, or one that points back.

    A sentence of its own must point back: ``Y lehnte das ab``, ``Y turned it down``.
    """
    grammar, factuality = document.pack.grammar, document.pack.factuality
    words = [lower(sentence.doc[position].text) for position in clause.tokens]
    if any(word in factuality.negations for word in words):
        return False
    finite = lower(sentence.doc[clause.finite].text) if clause.finite is not None else ""
    if finite in factuality.modals:
        return False
    pointing = any(word in grammar.back_pronouns for word in words)
    bare = [phrase for phrase in clause_phrases(sentence, clause) if phrase.preposition is None and not phrase.genitive]
    named = [phrase for phrase in bare if lower(sentence.doc[phrase.head].text) not in grammar.back_pronouns]
    return pointing and len(named) <= 1 if not same else len(named) <= 1
