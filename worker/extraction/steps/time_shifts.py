"""Says what the time of a clause is to an event that stands beside, below or some days from it.

``einen Tag vor dem Treffen ... am Dienstag``, ``am Rande des Treffens``, ``nachdem sie sich getroffen hatten``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from schemas.event import Relation
from worker.extraction.document import Clause, Document, Mention, Phrase, Sentence, When
from worker.extraction.languages.trigger_forms import Function
from worker.extraction.nominal import chain_behind
from worker.extraction.time import find_times
from worker.extraction.verbs import shares_subject
from worker.extraction.words import is_past, lower

from .time_places import TimePlace

_DAYS = re.compile(r"P(\d{1,2})([DW])")
_PARTNERS: frozenset[Function] = frozenset({"with", "between"})
_KNOWN_REACH = 8
"""So many mentions back an event of the same word may have been dated."""

_FIRST_REACH = 3
"""How many words before a time *erstmals* or *first* may stand."""

_COUNT_REACH = 4
"""How many words before the preposition may say how many days: ``nur rund zwei Tage``."""


def word_before(phrase: Phrase, sentence: Sentence) -> str:
    """Give the noun that a phrase hangs on, lower-case: ``Rande`` of ``am Rande des Treffens``."""
    at = phrase.start - 1 - (phrase.preposition is not None)
    return lower(sentence.doc[at].text) if at >= sentence.start else ""


def relation_beside(phrase: Phrase, sentence: Sentence, document: Document) -> Relation | None:
    """Say what the time of the clause is to an event by the noun before it: ``am Rande des Treffens``."""
    grammar = document.pack.grammar
    beside = grammar.clause_words.get(word_before(phrase, sentence))
    start = _whose_start(phrase, sentence, document)
    shifted = grammar.clause_times.get(start.preposition or "") if start is not None and beside == "on" else None
    return shifted or beside


def counts_from_the_last(place: TimePlace, document: Document) -> bool:
    """``erstmals seit einem Jahr``, ``the first since May``: the time is that of the event before."""
    first = max(place.sentence.start, place.start - _FIRST_REACH)
    words = {lower(token.text) for token in place.sentence.doc[first : place.start]}
    return place.time.relation == "since" and bool(words & set(document.pack.grammar.first_words))


def is_known_by_day(mention: Mention, before: Sequence[Mention], document: Document) -> bool:
    """Whether the event of a bare ``beim Gipfel`` was dated before: a day beside it dates what happens there."""
    sentence = document.sentences[mention.sentence]
    phrase = sentence.phrase_of(mention.token)
    is_bare = mention.pos == "noun" and mention.is_definite and phrase is not None and phrase.preposition is not None
    if not is_bare or phrase is None or mention.when is None or not mention.when.rule.startswith("in-clause-on"):
        return False
    functions = document.pack.grammar.prepositions
    if any(functions.get(other.preposition or "") in _PARTNERS for other in chain_behind(mention, phrase, sentence)):
        return False
    word = lower(sentence.doc[mention.token].lemma_)
    return any(
        other.when is not None
        and other.when.contradicts(mention.when)
        and lower(document.sentences[other.sentence].doc[other.token].lemma_) == word
        for other in before[-_KNOWN_REACH:]
    )


def clause_above(sentence: Sentence, clause: Clause, document: Document) -> Clause | None:
    """Give the clause that a subordinate, infinitive, reported or joined one hangs on; not a relative clause's."""
    if clause.parent is not None and clause.kind in {"subordinate", "infinitive"}:
        return sentence.clauses[clause.parent]
    if clause.parent is not None and _opens_with_where(sentence, clause, document):
        return sentence.clauses[clause.parent]
    if clause.kind == "subordinate" and clause == sentence.clauses[0] and len(sentence.clauses) > 1:
        return sentence.clauses[1]  # "Nachdem sie sich getroffen hatten, reiste er ab"
    is_joined = shares_subject(sentence, clause, document.pack.grammar)
    first = sentence.clauses[clause.parent or 0] if is_joined else None
    return _saying_beside(sentence, clause, document) or first


def _opens_with_where(sentence: Sentence, clause: Clause, document: Document) -> bool:
    return lower(sentence.doc[clause.tokens[0]].text) in document.pack.grammar.where_words


def time_holds_there(lemma: str, sentence: Sentence, clause: Clause, document: Document) -> bool:
    """``reist am Freitag nach Oslo, wo er ihn trifft``: who goes to a place on a day is there on that day."""
    grammar = document.pack.grammar
    return _opens_with_where(sentence, clause, document) and lemma in {*grammar.motion_verbs, *grammar.frame_verbs}


def _saying_beside(sentence: Sentence, clause: Clause, document: Document) -> Clause | None:
    """``X sagte am Montag, sie sei bereit``: what is said may look like a main clause of its own."""
    index = next((i for i, other in enumerate(sentence.clauses) if other is clause or other == clause), 0)
    if clause.kind != "main" or clause.finite is None:
        return None
    before = sentence.clauses[index - 1 : index] if index else ()
    behind = (other for other in sentence.clauses[index + 1 :] if other.finite == other.tokens[0])
    for other in (*before, *behind):  # "sagte X, sie sei bereit"; "sie sei bereit, sagte X"
        lemmas = {lower(sentence.doc[verb].lemma_) for verb in other.verbs}
        if other.kind == "main" and lemmas & set(document.pack.reporting.verbs):
            return other
    return None


def time_holds_below(lemma: str, clause: Clause, mention: Mention, document: Document) -> bool:
    """Whether the time of a clause is that of the event in the clause below it, by the verb above."""
    grammar = document.pack.grammar
    if lemma in document.pack.reporting.verbs:
        # To say that one is willing is to declare it: "X sagte am Montag, sie sei zu Hilfe bereit".
        return mention.stage == "willingness_declared"
    if clause.mark in grammar.conjunctions:
        return lemma in grammar.motion_verbs  # "flog am Montag nach Rom und traf den Kanzler"
    return clause.kind == "infinitive" and lemma in {*grammar.motion_verbs, *grammar.beginnings, *grammar.endings}


def is_running(sentence: Sentence, clause: Clause, document: Document) -> bool:
    """Whether the clause tells of what has gone on until now: ``has been negotiating``."""
    if clause.finite is None or len(clause.verbs) < 2:
        return False
    finite = sentence.doc[clause.finite]
    return lower(finite.lemma_) in document.pack.grammar.haves and not is_past(finite)


def counted_to(when: When, mention: Mention, sentence: Sentence, document: Document) -> When:
    """Move a day by what the event is away from it: ``zwei Tage vor dem Treffen ... am Dienstag``."""
    days = _days_to(mention, sentence, document) if when.relation in {"before", "after"} else None
    value = when.value or ""
    if days is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", value) or when.start is None or when.end is None:
        return when
    by = timedelta(days=days)
    moved = (date.fromisoformat(value) + by).isoformat()
    published = document.article.published
    is_future = published is not None and moved > published.isoformat()[: len(moved)]
    start, end = date.fromisoformat(value) + by, date.fromisoformat(value) + by + timedelta(days=1)
    return replace(
        when, value=moved, start=start, end=end, relation="on", is_future=is_future, rule=f"{when.rule}-counted"
    )


def _days_to(mention: Mention, sentence: Sentence, document: Document) -> int | None:
    """Count the days from the time of the clause to the event: negative where the event was before."""
    phrase = sentence.phrase_of(mention.token)
    if mention.pos != "noun" or phrase is None:
        return None
    grammar = document.pack.grammar
    named = grammar.day_words.get(word_before(phrase, sentence))
    if named is not None:
        return named
    phrase = _whose_start(phrase, sentence, document) or phrase
    relation = grammar.clause_times.get(phrase.preposition or "")
    if relation not in {"before", "after"}:
        return None
    at = phrase.start - 1
    words = sentence.doc.text_of(max(sentence.start, at - _COUNT_REACH), at)
    spans = find_times(words, published=None, language=document.language)
    last = spans[-1] if spans else None
    counted = _DAYS.fullmatch(last.value or "") if last is not None and last.end == len(words) else None
    if counted is None:
        return None
    days = int(counted[1]) * (7 if counted[2] == "W" else 1)
    return days if relation == "after" else -days


def _whose_start(phrase: Phrase, sentence: Sentence, document: Document) -> Phrase | None:
    """``vor Beginn des Treffens`` counts as ``vor dem Treffen``."""
    for other in sentence.phrases:
        if 0 <= phrase.start - other.end <= 1 and other.preposition is not None:
            head = sentence.doc[other.head].text
            return other if re.fullmatch(document.pack.grammar.start_nouns, head) else None
    return None
