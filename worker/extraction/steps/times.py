"""Attaches to each candidate the event's own time, never that of the report.

Nearest first: in the trigger's own phrase and right behind it, then in its clause where that clause is about the event,
then in a relative clause on it. A time beside *sagte*, *bestätigte*, *kündigte an* dates the saying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from spacy.tokens import Doc

from schemas.event import TIME_VALUE, Granularity, Relation
from schemas.model import Span
from worker.extraction.document import Document, Mention, Passage, Phrase, Sentence, When
from worker.extraction.nominal import chain_behind
from worker.extraction.steps.time_bounds import bound_time, cues_ahead
from worker.extraction.steps.undated import next_on_the_day, undated_time
from worker.extraction.time import EventTime, Hit, find_hits, find_times, to_event_time
from worker.extraction.verbs import antecedent, main_verb, verb_lemma
from worker.extraction.words import is_past, lower

_GRANULARITIES = frozenset(Granularity.__args__)  # type: ignore[attr-defined]
_VALUE = re.compile(TIME_VALUE)


@dataclass(frozen=True, slots=True)
class _Place:
    """A time expression where it stands: the tokens it covers in its sentence.

    Attributes:
        other: As read the other way (tense from the parse or from the words).
    """

    time: EventTime
    other: EventTime
    sentence: Sentence
    start: int
    end: int

    @property
    def is_dated(self) -> bool:
        return self.time.value is None or not self.time.value.endswith("_REF")


def attach_times(document: Document) -> Document:
    """Add to each candidate its time."""
    if not document.mentions:
        return document
    places: dict[int, list[_Place]] = {}
    for passage in document.passages:
        for place in _find(passage, document):
            places.setdefault(place.sentence.index, []).append(place)
    places = {index: _joined_days(found, document) for index, found in places.items()}
    mentions: list[Mention] = []
    for mention in document.mentions:
        found = _with_time(mention, places.get(mention.sentence, []), document)
        mentions.append(found if found.when is not None else next_on_the_day(found, mentions, document))
    return replace(document, mentions=tuple(mentions))


def _find(passage: Passage, document: Document) -> Iterator[_Place]:
    sentences = [sentence for sentence in document.sentences if sentence.passage is passage]
    first, second = _read(passage, passage.doc, document), _read_words(passage, document)
    position = 0
    for start, time in first.items():
        while position < len(sentences) and sentences[position].end_char <= start:
            position += 1
        if position == len(sentences):
            return
        yield from _placed(time, second.get(start, time), sentences[position])


def _read_words(passage: Passage, document: Document) -> dict[int, EventTime]:
    """Find the times by the words alone, once for each article however often it is gone over."""
    known: dict[int, EventTime] | None = document.memory.get(f"times {passage.field}")
    if known is None:
        known = document.memory[f"times {passage.field}"] = _read(passage, None, document)
    return known


def _hits(passage: Passage, document: Document) -> tuple[Hit, ...]:
    known: tuple[Hit, ...] | None = document.memory.get(f"hits {passage.field}")
    if known is None:
        known = document.memory[f"hits {passage.field}"] = find_hits(passage.masked, language=document.language)
    return known


def _read(passage: Passage, doc: Doc | None, document: Document) -> dict[int, EventTime]:
    """Find the times of a passage by their first code point, with tense read from the words alone or the parse."""
    article = document.article
    times = find_times(
        passage.masked,
        published=article.published,
        language=document.language,
        doc=doc,
        zone=document.zone,
        source_url=article.url,
        hits=_hits(passage, document),
    )
    read = ((timex.start, to_event_time(timex, text=passage.masked, published=article.published)) for timex in times)
    return {
        start: time for start, time in read if time is not None and (time.value is None or _VALUE.match(time.value))
    }


def _placed(time: EventTime, other: EventTime, sentence: Sentence) -> Iterator[_Place]:
    covered = [
        token.i
        for token in sentence.doc[sentence.start : sentence.end]
        if token.idx < time.end and token.idx + len(token) > time.start
    ]
    if covered:
        yield _Place(time, other, sentence, covered[0], covered[-1] + 1)


def _joined_days(places: list[_Place], document: Document) -> list[_Place]:
    """``am 10. und 11. Juli``, ``on Thursday and Friday``: two days in a row are one stretch."""
    joined: list[_Place] = []
    for place in places:
        before = joined[-1] if joined else None
        if before is not None and _are_days_in_a_row(before, place, document):
            whole = replace(
                before.time,
                end=place.time.end,
                value=f"{before.time.value}/{place.time.value}",
                interval_end=place.time.interval_end,
            )
            joined[-1] = replace(before, time=whole, other=whole, end=place.end)
        else:
            joined.append(place)
    return joined


def _are_days_in_a_row(one: _Place, two: _Place, document: Document) -> bool:
    between = [lower(token.text) for token in one.sentence.doc[one.end : two.start] if not token.is_space]
    if not 1 <= len(between) <= 2 or between[0] not in document.pack.grammar.conjunctions[:1]:
        return False
    values = one.time.value or "", two.time.value or ""
    if not all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in values):
        return False
    return date.fromisoformat(values[0]) + timedelta(days=1) == date.fromisoformat(values[1])


def _with_time(mention: Mention, places: list[_Place], document: Document) -> Mention:
    sentence = document.sentences[mention.sentence]
    chosen = next(_candidates(mention, sentence, places, document), None)
    if chosen is None:
        return replace(mention, when=undated_time(mention, sentence, document))
    place, rule, relation = chosen
    place = _in_tense(place, mention, sentence, document)
    when = bound_time(_when(place, rule, relation, document), mention, sentence, document)
    return replace(mention, when=when)


def _in_tense(place: _Place, mention: Mention, sentence: Sentence, document: Document) -> _Place:
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
    mention: Mention, sentence: Sentence, places: list[_Place], document: Document
) -> Iterator[tuple[_Place, str, Relation | None]]:
    """Give the times that could be the event's, best first."""
    phrase = sentence.phrase_of(mention.token) if mention.pos == "noun" else None
    if phrase is not None:
        yield from ((place, "beside-noun", None) for place in _beside(mention, phrase, sentence, places, document))
    yield from _in_clause(mention, sentence, phrase, places, document)
    if phrase is not None:
        yield from ((place, "in-relative-clause", None) for place in _in_relative(mention, sentence, places, document))
    yield from _ongoing(mention, sentence, places, document)
    yield from ((place, "in-clause-above", None) for place in _above(mention, sentence, places, document))


def _above(mention: Mention, sentence: Sentence, places: list[_Place], document: Document) -> Iterator[_Place]:
    """``reist am Freitag nach Wien, um ihn zu treffen``, ``began negotiating on Monday``."""
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    if clause is None or clause.kind != "infinitive" or clause.parent is None:
        return
    grammar = document.pack.grammar
    verb = main_verb(sentence, sentence.clauses[clause.parent])
    lemma = verb_lemma(sentence, verb, grammar) if verb is not None else ""
    if lemma in {*grammar.motion_verbs, *grammar.beginnings, *grammar.endings}:
        above = sentence.clauses[clause.parent].tokens
        yield from (place for place in _best_first(places, mention.token) if place.start in above and place.is_dated)


def _beside(
    mention: Mention, phrase: Phrase, sentence: Sentence, places: list[_Place], document: Document
) -> Iterator[_Place]:
    """``das Treffen am Freitag``, ``das für Freitag geplante Treffen``."""
    end = max((other.end for other in chain_behind(mention, phrase, sentence)), default=phrase.end)
    for place in _best_first(places, mention.token):
        inside = phrase.start <= place.start < phrase.end
        if inside or phrase.end <= place.start <= end + 2:
            between = sentence.doc[phrase.end : place.start]
            if inside or not (
                any(token.pos_ in {"VERB", "AUX", "PUNCT"} for token in between)
                or _belongs_to_noun(place, phrase, sentence, document)
            ):
                yield place


def _best_first(places: list[_Place], token: int) -> list[_Place]:
    return sorted(places, key=lambda place: (not place.is_dated, abs(place.start - token)))


def _in_clause(
    mention: Mention, sentence: Sentence, phrase: Phrase | None, places: list[_Place], document: Document
) -> Iterator[tuple[_Place, str, Relation | None]]:
    if mention.clause is None:
        return
    tokens = set(sentence.clauses[mention.clause].tokens)
    relation = _relation_to_clause(mention, sentence, phrase, document)
    if relation is None:
        return
    points = relation in {"on", "plan"} and not (phrase is not None and phrase.genitive)
    for place in _best_first(places, mention.token):
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
    if phrase.preposition is not None and not happens:
        relation = grammar.clause_times.get(phrase.preposition)
        return None if relation != "on" and mention.trigger.manner == "negotiation" else relation
    if happens or not verb or verb in cues.attitudes.get("cancelled", ()):
        return "on"
    if verb in cues.attitudes.get("planned", ()):
        return "plan"
    return "on" if mention.is_offer and verb not in document.pack.reporting.verbs else None


def _dates_a_noun(place: _Place, mention: Mention, document: Document) -> bool:
    """``nach der Wahl am 31. August``: the time is the election's."""
    pattern = document.pack.grammar.dated_nouns
    for other in place.sentence.phrases:
        gap = place.start - other.end
        if 0 <= gap <= 1 and not other.start <= mention.token < other.end and other.end <= place.start:
            head = place.sentence.doc[other.head]
            return head.pos_ != "PROPN" and bool(re.search(pattern, head.text))
    return False


def _belongs_to_noun(place: _Place, phrase: Phrase | None, sentence: Sentence, document: Document) -> bool:
    """``um den Haushalt für 2031``, ``eine Laufzeit ab Mai``: the preposition ties the time to the noun before it."""
    before = place.start - 1
    if before <= sentence.start or lower(sentence.doc[before].text) not in document.pack.grammar.noun_time_prepositions:
        return False
    return any(other.end == before and other != phrase for other in sentence.phrases)


def _in_relative(mention: Mention, sentence: Sentence, places: list[_Place], document: Document) -> Iterator[_Place]:
    """``das Gipfeltreffen, das am 16. Dezember stattfindet``."""
    for clause in sentence.clauses:
        if clause.kind != "relative":
            continue
        before = antecedent(sentence, clause)
        verbs = {verb_lemma(sentence, verb, document.pack.grammar) for verb in clause.verbs}
        about = before is not None and mention.token < clause.tokens[0] <= mention.token + 12
        if about and verbs & set(document.pack.factuality.happening):
            yield from (place for place in _best_first(places, mention.token) if place.start in clause.tokens)


def _ongoing(
    mention: Mention, sentence: Sentence, places: list[_Place], document: Document
) -> Iterator[tuple[_Place, str, Relation | None]]:
    """What is under way at the time of the report is dated about that time."""
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    if clause is None or clause.kind != "subordinate" or clause.parent is None or clause.finite is None:
        return
    finite = sentence.doc[clause.finite]
    words = {lower(sentence.doc[position].text) for position in clause.tokens}
    if is_past(finite) or not words & set(document.pack.grammar.ongoing_words):
        return
    above = set(sentence.clauses[clause.parent].tokens)
    for place in _best_first(places, mention.token):
        if place.start in above and place.is_dated:
            yield place, "ongoing-at-report", "about"


def _when(place: _Place, rule: str, relation: Relation | None, document: Document) -> When:
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
    return time.interval_start[:10] > published.isoformat()[:10]


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
