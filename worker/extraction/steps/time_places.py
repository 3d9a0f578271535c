"""Finds the temporal expressions of an article where they stand: the tokens each covers, read by parse and by words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from schemas.event import TIME_VALUE
from schemas.model import FieldName
from worker.extraction.document import Document, Passage, Sentence
from worker.extraction.time import EventTime, ResolvedTimes, TimedText, Timex, to_event_time
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


class TimePlaces:
    """The times of an article, found in a sentence when it is asked for.

    What does not depend on the parse is kept in the document's memory, for the next time the article is gone over.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: dict[int, list[TimePlace]] = {}
        self._by_parse: dict[FieldName, ResolvedTimes] = {}

    def of(self, index: int) -> list[TimePlace]:
        """Give the times of a sentence by its index, in text order."""
        if index not in self._found:
            self._found[index] = _joined_days(list(self._find(index)), self._document)
        return self._found[index]

    def _find(self, index: int) -> Iterator[TimePlace]:
        sentence = self._document.sentences[index]
        before = self._document.sentences[index - 1] if index else None
        start = before.end_char if before is not None and before.passage is sentence.passage else 0
        first, second = self._read(sentence.passage)
        by_words = {timex.start: timex for timex in second.between(start, sentence.end_char)}
        for timex in first.between(start, sentence.end_char):
            time = _time_of(timex, sentence.passage, self._document)
            if time is not None:
                other = _time_of(by_words.get(timex.start, timex), sentence.passage, self._document)
                yield from _placed(time, other or time, sentence, self._document)

    def _read(self, passage: Passage) -> tuple[ResolvedTimes, ResolvedTimes]:
        """Read a passage with tense from the parse, and from the words alone."""
        source, by_words = _by_words(passage, self._document)
        if passage.field not in self._by_parse:
            self._by_parse[passage.field] = ResolvedTimes(source, doc=passage.doc)
        return self._by_parse[passage.field], by_words


def _by_words(passage: Passage, document: Document) -> tuple[TimedText, ResolvedTimes]:
    """Read a passage by its words alone, once for each article however often it is gone over."""
    key = f"times {passage.field}"
    if key not in document.memory:
        source = TimedText(
            passage.masked,
            published=document.article.published,
            language=document.language,
            zone=document.zone,
            source_url=document.article.url,
            asks_dateparser=False,
        )
        document.memory[key] = source, ResolvedTimes(source)
    known: tuple[TimedText, ResolvedTimes] = document.memory[key]
    return known


def _time_of(timex: Timex, passage: Passage, document: Document) -> EventTime | None:
    words = passage.masked[max(0, timex.start - 20) : timex.start].split()
    if timex.type == "DURATION" and words and lower(words[-1]) in document.pack.grammar.span_prepositions:
        timex = replace(timex, relation="since")
    time = to_event_time(timex, text=passage.masked, published=document.article.published)
    return time if time is None or time.value is None or _VALUE.match(time.value) else None


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
