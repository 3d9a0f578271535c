"""Attaches to each candidate the event's own time, never that of the report.

Nearest first: in the trigger's own phrase and right behind it, then in its clause where that clause is about the event,
then in a relative clause on it. A time beside *sagte*, *bestätigte*, *kündigte an* dates the saying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.event import Granularity, Relation
from schemas.model import Span
from worker.extraction.document import Document, Mention, Phrase, Sentence, When
from worker.extraction.nominal import chain_behind
from worker.extraction.steps.time_bounds import bound_time, cues_ahead
from worker.extraction.steps.time_places import TimePlace, TimePlaces
from worker.extraction.steps.time_shifts import (
    clause_above,
    counted_to,
    counts_from_the_last,
    is_known_by_day,
    is_running,
    relation_beside,
    time_holds_below,
    time_holds_there,
)
from worker.extraction.steps.told_on import told_on
from worker.extraction.steps.undated import next_on_the_day, undated_time
from worker.extraction.time import EventTime
from worker.extraction.verbs import antecedent, main_verb, verb_lemma
from worker.extraction.words import is_past, lower

PARTICIPLE_REACH = 9
"""How many words behind an event a participle may say when it is planned."""
_DAYS = frozenset({"minute", "hour", "part_of_day", "day"})
_GRANULARITIES = frozenset(Granularity.__args__)  # type: ignore[attr-defined]


def attach_times(document: Document) -> Document:
    """Add to each candidate its time."""
    if not document.mentions:
        return document
    places = TimePlaces(document)
    mentions: list[Mention] = []
    for mention in document.mentions:
        near = [place for place in places.of(mention.sentence) if not counts_from_the_last(place, document)]
        found = _with_time(mention, near, document)
        if is_known_by_day(found, mentions, document):
            found = replace(found, when=None)
        if found.when is None:
            found = replace(found, when=_told_on(mention, places, document))
        mentions.append(found if found.when is not None else next_on_the_day(found, mentions, document))
    return replace(document, mentions=tuple(mentions))


def _told_on(mention: Mention, places: TimePlaces, document: Document) -> When | None:
    """``... ein Treffen. Es soll am Montag stattfinden``: the sentence behind dates it."""
    behind = told_on(mention, document)
    if behind is None:
        return None
    sentence, clause = behind
    dated = (place for place in places.of(sentence.index) if place.is_dated and place.start in clause.tokens)
    first = next((place for place in dated if not place.is_span), None)
    return _when(first, "told-on", None, document) if first is not None else None


def _with_time(mention: Mention, places: list[TimePlace], document: Document) -> Mention:
    sentence = document.sentences[mention.sentence]
    chosen = next(_candidates(mention, sentence, places, document), None)
    if chosen is None:
        return replace(mention, when=undated_time(mention, sentence, document))
    place, rule, relation = chosen
    place = _in_tense(place, mention, sentence, document)
    when = bound_time(_when(place, rule, relation, document), mention, sentence, document)
    return replace(mention, when=counted_to(when, mention, sentence, document))


def _in_tense(place: TimePlace, mention: Mention, sentence: Sentence, document: Document) -> TimePlace:
    """Take the other reading of a time where only it agrees with the tense of the event's clause."""
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    if clause is None or clause.finite is None or place.start not in clause.tokens:
        return place
    finite = sentence.doc[clause.finite]
    grammar = document.pack.grammar
    perfect = lower(finite.lemma_) in grammar.haves and len(clause.verbs) > 1
    ahead = cues_ahead(sentence, clause, document)
    if ahead and not _is_future(place.time, document) and _is_future(place.other, document):
        return replace(place, time=place.other)
    if (
        (is_past(finite) or perfect)
        and not ahead
        and _is_future(place.time, document)
        and not _is_future(place.other, document)
    ):
        return replace(place, time=place.other)
    return place


def _candidates(
    mention: Mention, sentence: Sentence, places: list[TimePlace], document: Document
) -> Iterator[tuple[TimePlace, str, Relation | None]]:
    """Give the times that could be the event's, best first."""
    phrase = sentence.phrase_of(mention.token) if mention.pos == "noun" else None
    if phrase is not None:
        yield from ((place, "beside-noun", None) for place in _beside(mention, phrase, sentence, places, document))
    yield from _in_clause(mention, sentence, phrase, places, document)
    if phrase is not None:
        yield from ((place, "in-relative-clause", None) for place in _in_relative(mention, sentence, places, document))
    yield from _ongoing(mention, sentence, places, document)
    yield from _above(mention, sentence, places, document)


def _above(
    mention: Mention, sentence: Sentence, places: list[TimePlace], document: Document
) -> Iterator[tuple[TimePlace, str, Relation | None]]:
    """``reist am Freitag nach Wien, um ihn zu treffen``, ``began negotiating on Monday``."""
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    above = clause_above(sentence, clause, document) if clause is not None else None
    if clause is None or above is None:
        return
    relation = document.pack.grammar.clause_marks.get(clause.mark or "")
    verb = main_verb(sentence, above)
    lemma = verb_lemma(sentence, verb, document.pack.grammar) if verb is not None else ""
    holds = relation is not None or time_holds_below(lemma, clause, mention, document)
    holds = holds or time_holds_there(lemma, sentence, clause, document)
    lasts = lemma in document.pack.factuality.attitudes.get("denied", ())
    for place in _best_first(places, mention.token):
        is_stretch = place.time.relation in {"since", "until"}
        if place.start in above.tokens and place.is_dated and (holds or (lasts and is_stretch)):
            yield place, "in-clause-above", relation


def _beside(
    mention: Mention, phrase: Phrase, sentence: Sentence, places: list[TimePlace], document: Document
) -> Iterator[TimePlace]:
    """``das Treffen am Freitag``, ``das für Freitag geplante Treffen``."""
    end = max((other.end for other in chain_behind(mention, phrase, sentence)), default=phrase.end)
    for place in _best_first(places, mention.token):
        if place.is_span:
            continue
        inside = phrase.start <= place.start < phrase.end
        if inside or phrase.end <= place.start <= end + 2:
            between = sentence.doc[phrase.end : place.start]
            if inside or not (
                any(token.pos_ in {"VERB", "AUX", "PUNCT"} for token in between)
                or _belongs_to_noun(place, phrase, sentence, document)
            ):
                yield place


def _best_first(places: list[TimePlace], token: int) -> list[TimePlace]:
    return sorted(places, key=lambda place: (not place.is_dated, abs(place.start - token)))


def _in_clause(
    mention: Mention, sentence: Sentence, phrase: Phrase | None, places: list[TimePlace], document: Document
) -> Iterator[tuple[TimePlace, str, Relation | None]]:
    if mention.clause is None:
        return
    tokens = set(sentence.clauses[mention.clause].tokens)
    relation = _relation_to_clause(mention, sentence, phrase, document)
    if relation is None:
        return
    points = relation in {"on", "plan"} and not (phrase is not None and phrase.genitive)
    for place in _best_first(places, mention.token):
        if place.is_span and not is_running(sentence, sentence.clauses[mention.clause], document):
            continue
        if not place.is_dated and not points:
            continue  # "nach den Gesprächen muss er jetzt ..." does not say when they were
        if place.start in tokens and not (
            _dates_a_noun(place, mention, document) or _belongs_to_noun(place, phrase, sentence, document)
        ):
            if relation == "plan" and not _is_future(place.time, document):
                continue
            shifted: Relation | None = relation if relation in {"before", "after"} else None  # type: ignore[assignment]
            yield place, f"in-clause-{relation}", shifted


def _relation_to_clause(mention: Mention, sentence: Sentence, phrase: Phrase | None, document: Document) -> str | None:
    """Say how the clause's time bears on the event: at it, before or after it, only if to come, or not at all."""
    if phrase is None:
        return "on"
    cues, grammar = document.pack.factuality, document.pack.grammar
    verb = verb_lemma(sentence, mention.governor, grammar) if mention.governor is not None else ""
    happens = verb in cues.happening or verb in mention.trigger.verbs or verb in grammar.attendance_verbs
    beside = relation_beside(phrase, sentence, document)
    if beside is not None and not happens:
        return beside
    if phrase.preposition is not None and not happens:
        relation = grammar.clause_times.get(phrase.preposition)
        return None if relation != "on" and mention.trigger.manner == "negotiation" else relation
    if happens or not verb or verb in cues.attitudes.get("cancelled", ()):
        return "on"
    if verb in cues.attitudes.get("planned", ()):
        return "plan"
    return "on" if mention.is_offer and verb not in document.pack.reporting.verbs else None


def _dates_a_noun(place: TimePlace, mention: Mention, document: Document) -> bool:
    """``nach der Wahl am 31. August``: the time is the election's."""
    pattern = document.pack.grammar.dated_nouns
    for other in place.sentence.phrases:
        gap = place.start - other.end
        if 0 <= gap <= 1 and not other.start <= mention.token < other.end and other.end <= place.start:
            head = place.sentence.doc[other.head]
            return head.pos_ != "PROPN" and bool(re.search(pattern, head.text))
    return False


def _belongs_to_noun(place: TimePlace, phrase: Phrase | None, sentence: Sentence, document: Document) -> bool:
    """``um den Haushalt für 2031``, ``eine Laufzeit ab Mai``: the preposition ties the time to the noun before it."""
    before = place.start - 1
    if before <= sentence.start or lower(sentence.doc[before].text) not in document.pack.grammar.noun_time_prepositions:
        return False
    if place.is_span:
        return False
    if place.time.granularity in _DAYS and place.is_dated and not any(char.isdigit() for char in place.time.text[-4:]):
        return False  # "ein Treffen mit X für Freitag": a budget is for a year, a meeting for a day
    return any(other.end == before and other != phrase for other in sentence.phrases)


def _in_relative(
    mention: Mention, sentence: Sentence, places: list[TimePlace], document: Document
) -> Iterator[TimePlace]:
    """``das Gipfeltreffen, das am 16. Dezember stattfindet``."""
    for clause in sentence.clauses:
        verbs = {verb_lemma(sentence, verb, document.pack.grammar) for verb in clause.verbs}
        planned = clause.kind == "infinitive" and verbs & set(document.pack.factuality.attitudes.get("planned", ()))
        if planned and clause.finite is None and 0 < clause.tokens[0] - mention.token <= PARTICIPLE_REACH:
            # "a summit of X and Y planned for Friday"
            yield from (place for place in _best_first(places, mention.token) if place.start in clause.tokens)
        if clause.kind != "relative":
            continue
        before = antecedent(sentence, clause)
        about = before is not None and mention.token < clause.tokens[0] <= mention.token + 12
        if about and verbs & set(document.pack.factuality.happening):
            yield from (place for place in _best_first(places, mention.token) if place.start in clause.tokens)


def _ongoing(
    mention: Mention, sentence: Sentence, places: list[TimePlace], document: Document
) -> Iterator[tuple[TimePlace, str, Relation | None]]:
    """What is under way at the time of the report is dated about that time."""
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    above = clause_above(sentence, clause, document) if clause is not None else None
    if clause is None or above is None or clause.kind == "infinitive" or clause.finite is None:
        return
    finite = sentence.doc[clause.finite]
    words = {lower(sentence.doc[position].text) for position in clause.tokens}
    backshifted = document.pack.grammar.clauses == "parse"  # English: "said that talks were under way"
    if (is_past(finite) and not backshifted) or not words & set(document.pack.grammar.ongoing_words):
        return
    for place in _best_first(places, mention.token):
        if place.start in above.tokens and place.is_dated:
            yield place, "ongoing-at-report", "about"


def _when(place: TimePlace, rule: str, relation: Relation | None, document: Document) -> When:
    time = place.time
    granularity = time.granularity if time.granularity in _GRANULARITIES else "unknown"
    interval = _interval(time, document)
    return When(
        text=place.sentence.passage.text[time.start : time.end],
        span=Span(start=time.start, end=time.end, field=place.sentence.passage.field),
        value=time.value,
        granularity=cast("Granularity", granularity),
        relation=relation or time.relation,
        rule=rule,
        start=interval[0],
        end=interval[1],
        approx=time.approx,
        is_future=_is_future(time, document),
        is_relative=time.resolved_against is not None,
    )


def _interval(time: EventTime, document: Document) -> tuple[date | None, date | None]:
    """Read the event's interval; where its ends contradict each other (*seit* a day to come) neither is kept."""
    start, end = _moment(time.interval_start, document), _moment(time.interval_end, document)
    if time.interval_start and time.interval_end and time.interval_start > time.interval_end:
        return None, None
    return start, end


def _is_future(time: EventTime, document: Document) -> bool:
    if time.value == "FUTURE_REF":
        return True
    published = document.article.published
    if published is None or time.interval_start is None or time.value == "PRESENT_REF":
        return False
    if time.interval_start[:10] != published.isoformat()[:10]:
        return time.interval_start[:10] > published.isoformat()[:10]
    return _is_later_that_day(time, published, document)


def _is_later_that_day(time: EventTime, published: date, document: Document) -> bool:
    """``empfängt ihn am Montag um 11 Uhr``, published on Monday at ten; midnight stands for a day without its hour."""
    begins = _moment(time.interval_start, document)
    if (
        not isinstance(published, datetime)
        or not isinstance(begins, datetime)
        or not (published.hour or published.minute)
    ):
        return False
    return begins > published if published.tzinfo is not None else begins.replace(tzinfo=None) > published


def _moment(text: str | None, document: Document) -> date | None:
    """Read an end of an interval: a date for whole days, else a time in the article's zone."""
    if text is None:
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    published = document.article.published
    if isinstance(published, datetime) and published.tzinfo is not None:
        return moment.replace(tzinfo=published.tzinfo)
    try:
        return moment.replace(tzinfo=ZoneInfo(document.zone or "UTC"))
    except ZoneInfoNotFoundError:
        return moment
