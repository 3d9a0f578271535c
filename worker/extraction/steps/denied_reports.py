"""Says which events a denied report told of: *dementierte Berichte über Gespräche*, *denied a report that he met X*.

What is denied there is not the report but what it tells.
"""

from __future__ import annotations

from worker.extraction.document import Clause, Document, Mention, Phrase, Sentence
from worker.extraction.verbs import clause_phrases, main_verb, verb_lemma
from worker.extraction.words import fits


def denied_report(mention: Mention, document: Document) -> str | None:
    """Give the verb that denies the report which tells of a mention, or None.

    The report stands before the mention: with it in a phrase (*über*, *of*), or as the noun whose clause holds it.
    """
    sentence = document.sentences[mention.sentence]
    if mention.clause is None:
        return None
    clause = sentence.clauses[mention.clause]
    phrase = sentence.phrase_of(mention.token)
    told = _told_in(sentence, clause, phrase, mention, document)
    if told is not None:
        return _denial(sentence, clause, told, document)
    if clause.parent is None or clause.kind not in {"subordinate", "relative"}:
        return None
    above = sentence.clauses[clause.parent]
    before = [each for each in clause_phrases(sentence, above) if each.end <= clause.tokens[0]]
    if before and _is_report(sentence, before[-1], document) and clause.tokens[0] - before[-1].end <= 1:
        return _denial(sentence, above, before[-1], document)
    return None


def denies_report(sentence: Sentence, clause: Clause, lemma: str, document: Document) -> bool:
    """Whether a clause's verb denies a report that is its object: ``rejected the claims``; who does so says it."""
    if lemma not in document.pack.factuality.attitudes.get("denied", ()):
        return False
    phrases = clause_phrases(sentence, clause)
    return any(_is_report(sentence, each, document) and each.preposition is None for each in phrases)


def _told_in(
    sentence: Sentence, clause: Clause, phrase: Phrase | None, mention: Mention, document: Document
) -> Phrase | None:
    """``Berichte über Verhandlungen``: the phrase right before the event's own, which a preposition ties to it."""
    if mention.pos != "noun" or phrase is None or phrase.preposition is None:
        return None
    before = [each for each in clause_phrases(sentence, clause) if each.end <= phrase.start]
    if not before or phrase.start - before[-1].end > 1 or not _is_report(sentence, before[-1], document):
        return None
    return before[-1]


def _is_report(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    return fits(document.pack.factuality.reports, sentence.doc[phrase.head].text)


def _denial(sentence: Sentence, clause: Clause, report: Phrase, document: Document) -> str | None:
    """Give the clause's verb where it denies and the report is its object: *wies Berichte zurück*."""
    verb = main_verb(sentence, clause)
    lemma = verb_lemma(sentence, verb, document.pack.grammar) if verb is not None else ""
    is_object = report.preposition is None and not report.genitive
    return lemma if is_object and lemma in document.pack.factuality.attitudes.get("denied", ()) else None
