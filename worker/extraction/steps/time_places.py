"""Finds the temporal expressions of an article where they stand: the tokens each covers, read by parse and by words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from schemas.event import TIME_VALUE
from worker.extraction.document import Document, Passage, Sentence
from worker.extraction.time import EventTime, Hit, Timex, find_hits, find_times, to_event_time
from worker.extraction.tokens import Tokens
from worker.extraction.words import lower

_VALUE = re.compile(TIME_VALUE)


@dataclass(frozen=True, slots=True)
class TimePlace:
    """A time expression where it stands: the tokens it covers in its sentence.

    Attributes:
        other: As read the other way (tense from the parse or from the words).
        is_span: Whether it says how long something lasts: it is a start only beside a perfect (has met for weeks).
    """

    time: EventTime
    other: EventTime
    sentence: Sentence
    start: int
    end: int
    is_span: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether it names a stretch of time rather than a direction."""
        return self.time.value is None or not self.time.value.endswith("_REF")


def places_of_time(document: Document) -> dict[int, list[TimePlace]]:
    """Find the times of an article, by the index of their sentence, in text order."""
    places: dict[int, list[TimePlace]] = {}
    for passage in document.passages:
        for place in _find(passage, document):
            places.setdefault(place.sentence.index, []).append(place)
    return {index: _joined_days(found, document) for index, found in places.items()}


def _find(passage: Passage, document: Document) -> Iterator[TimePlace]:
    sentences = [sentence for sentence in document.sentences if sentence.passage is passage]
    first, second = _read(passage, passage.doc, document), _read_words(passage, document)
    position = 0
    for start, time in first.items():
        while position < len(sentences) and sentences[position].end_char <= start:
            position += 1
        if position == len(sentences):
            return
        yield from _placed(time, second.get(start, time), sentences[position], document)


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


def _read(passage: Passage, doc: Tokens | None, document: Document) -> dict[int, EventTime]:
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
    read = ((timex.start, _time_of(timex, passage, document)) for timex in times)
    return {
        start: time for start, time in read if time is not None and (time.value is None or _VALUE.match(time.value))
    }


def _time_of(timex: Timex, passage: Passage, document: Document) -> EventTime | None:
    words = passage.masked[max(0, timex.start - 20) : timex.start].split()
    if timex.type == "DURATION" and words and lower(words[-1]) in document.pack.grammar.span_prepositions:
        timex = replace(timex, relation="since")
    return to_event_time(timex, text=passage.masked, published=document.article.published)


def _placed(time: EventTime, other: EventTime, sentence: Sentence, document: Document) -> Iterator[TimePlace]:
    covered = [
        token.i
        for token in sentence.doc[sentence.start : sentence.end]
        if token.idx < time.end and token.idx + len(token) > time.start
    ]
    if covered:
        before = lower(sentence.doc[covered[0] - 1].text) if covered[0] > sentence.start else ""
        is_span = time.relation == "since" and before in document.pack.grammar.span_prepositions
        yield TimePlace(time, other, sentence, covered[0], covered[-1] + 1, is_span)


def _joined_days(places: list[TimePlace], document: Document) -> list[TimePlace]:
    """``am 10. und 11. Juli``, ``on Thursday and Friday``: two days in a row are one stretch."""
    joined: list[TimePlace] = []
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


def _are_days_in_a_row(one: TimePlace, two: TimePlace, document: Document) -> bool:
    between = [lower(token.text) for token in one.sentence.doc[one.end : two.start] if not token.is_space]
    if not 1 <= len(between) <= 2 or between[0] not in document.pack.grammar.conjunctions[:1]:
        return False
    values = one.time.value or "", two.time.value or ""
    if not all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in values):
        return False
    return date.fromisoformat(values[0]) + timedelta(days=1) == date.fromisoformat(values[1])
