"""Fits a time to its clause: the day of *heute*, the past of a weekday, *since* a start and *until* an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from schemas.event import Relation
from worker.extraction.document import Clause, Document, Mention, Sentence, When
from worker.extraction.verbs import main_verb, verb_lemma
from worker.extraction.words import is_participle, is_past, lower

_WEEK = timedelta(days=7)
_DAY_VALUE = 10
"""Length of a value that names a day: ``2031-05-04``."""


def bound_time(when: When, mention: Mention, sentence: Sentence, document: Document) -> When:
    """Fit a time to the clause of its event."""
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    fitted = _as_day(when, document)
    if clause is not None and points_ahead(fitted, mention, sentence, document):
        fitted = _a_year_on(_moved(fitted, _WEEK, document), document)
    elif clause is not None and _is_scheduled(mention, sentence, clause, document):
        fitted = _moved(fitted, _WEEK, document)
    elif clause is not None and _is_over(sentence, clause, document):
        fitted = _moved(fitted, -_WEEK, document)
    relation = _bound(fitted, mention, sentence, document)
    return replace(fitted, relation=relation) if relation is not None else fitted


def _as_day(when: When, document: Document) -> When:
    """``hat heute erklärt``: a dated event is not one of *these days*."""
    published = document.article.published
    if published is None or when.value != "PRESENT_REF" or lower(when.text) not in document.pack.grammar.today_words:
        return when
    return replace(when, value=published.isoformat()[:_DAY_VALUE], granularity="day", relation="on")


def _is_over(sentence: Sentence, clause: Clause, document: Document) -> bool:
    """Whether the verb complex says that it is past: *traf*, *hat getroffen*, *soll getroffen haben*."""
    if clause.finite is None:
        return False
    grammar = document.pack.grammar
    finite = sentence.doc[clause.finite]
    others = [sentence.doc[verb] for verb in clause.verbs if verb != clause.finite]
    has = any(lower(verb.lemma_) in grammar.haves for verb in (finite, *others))
    if lower(finite.text) in document.pack.factuality.modals:
        return has and any(is_participle(verb) for verb in others)
    return is_past(finite) or (lower(finite.lemma_) in grammar.haves and any(map(is_participle, others)))


def cues_ahead(sentence: Sentence, clause: Clause, document: Document) -> bool:
    """Whether a modal with a bare infinitive points ahead: *soll treffen*, *sollte nicht kommen*."""
    if clause.finite is None or lower(sentence.doc[clause.finite].text) not in document.pack.factuality.modals:
        return False
    return len(clause.verbs) > 1 and not _is_over(sentence, clause, document)


def _is_scheduled(mention: Mention, sentence: Sentence, clause: Clause, document: Document) -> bool:
    """``ist für Freitag geplant``: the participle of planning points ahead of the present."""
    if mention.pos != "noun" or mention.governor is None or clause.finite is None:
        return False
    finite = sentence.doc[clause.finite]
    planned = document.pack.factuality.attitudes.get("planned", ())
    if is_past(finite) or mention.governor == clause.finite or mention.governor not in clause.tokens:
        return False
    is_state = lower(finite.lemma_) in (*document.pack.grammar.copulas, *document.pack.grammar.passives)
    return is_state and verb_lemma(sentence, mention.governor, document.pack.grammar) in planned


def points_ahead(when: When, mention: Mention, sentence: Sentence, document: Document) -> bool:
    """Whether the time is that of a plan or request made before: ``vereinbarten ein Treffen am Freitag``.

    ``haben vereinbart, sich am Freitag zu treffen`` likewise; ``hatten vereinbart`` may tell of what is over by now.
    """
    index = mention.clause
    if index is None or when.relation not in {"on", "about"}:
        return False
    clause = sentence.clauses[index]
    if clause.kind == "infinitive" and clause.parent is not None:
        clause = sentence.clauses[clause.parent]
        verb = main_verb(sentence, clause)
    elif mention.pos == "noun" and when.rule in {"beside-noun", "in-clause-plan"}:
        verb = mention.governor
    else:
        return False
    if verb is None or clause.finite is None:
        return False
    attitudes = document.pack.factuality.attitudes
    ahead = {*attitudes.get("planned", ()), *attitudes.get("requested", ())}
    finite = sentence.doc[clause.finite]
    pluperfect = lower(finite.lemma_) in document.pack.grammar.haves and is_past(finite) and len(clause.verbs) > 1
    return verb_lemma(sentence, verb, document.pack.grammar) in ahead and not pluperfect


def _a_year_on(when: When, document: Document) -> When:
    """Turn a bare month or season that is over to the next one."""
    published = document.article.published
    value = when.value or ""
    is_bare = when.granularity in {"month", "season"} and not any(char.isdigit() for char in when.text)
    if published is None or not is_bare or when.start is None or when.end is None or not value[:4].isdigit():
        return when
    if when.end.isoformat()[:_DAY_VALUE] > published.isoformat()[:_DAY_VALUE]:
        return when
    start, end = (moment.replace(year=moment.year + 1, day=min(moment.day, 28)) for moment in (when.start, when.end))
    return replace(when, value=f"{int(value[:4]) + 1:04d}{value[4:]}", start=start, end=end, is_future=True)


def _moved(when: When, by: timedelta, document: Document) -> When:
    """Turn a bare weekday to the one before or after, where it lies on the wrong side of the publication."""
    published = document.article.published
    if published is None or when.start is None or when.end is None or not _is_bare_weekday(when, document):
        return when
    today = published.isoformat()[:_DAY_VALUE]
    old, new = (moment.isoformat()[:_DAY_VALUE] for moment in (when.start, when.start + by))
    value = when.value or ""
    right = new <= today < old if by < timedelta() else old < today <= new
    if not right or not value.startswith(old):
        return when
    moved = replace(when, value=new + value[_DAY_VALUE:], start=when.start + by, end=when.end + by)
    return replace(moved, is_future=new > today)


def _is_bare_weekday(when: When, document: Document) -> bool:
    words = lower(when.text).split()
    known = document.pack.grammar.time_nouns
    single = len(words) == 1 and any(words[0].startswith(noun) for noun in known)
    return single and when.granularity in {"day", "part_of_day"} and "/" not in (when.value or "")


def _bound(when: When, mention: Mention, sentence: Sentence, document: Document) -> Relation | None:
    """``begannen am 3. Mai`` dates what went on since then, ``endeten am 3. Mai`` what went on until then.

    What is said today after a talk and dated by nothing else was held today.
    """
    published = document.article.published
    same_day = published is not None and when.value == published.isoformat()[:_DAY_VALUE]
    if same_day and when.relation in {"before", "after"}:
        return "on"
    goes_on = mention.trigger.manner == "negotiation"
    if not goes_on or mention.pos != "noun" or mention.governor is None or when.relation != "on" or when.is_future:
        return None
    verb = verb_lemma(sentence, mention.governor, document.pack.grammar)
    if verb in document.pack.grammar.beginnings:
        return "since"
    return "until" if verb in document.pack.grammar.endings else None
