"""The times of a text under one parse or none, each resolved when it or one that refers to it is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from .anchors import Anchors, Mention
from .calendar_units import OutOfCalendar, midnight
from .extents import Extent, extent_of
from .joining import REACH, join_parts
from .parsed import ParsedText
from .people import People, people_in
from .resolving import RESOLVERS
from .scene import Reading, Scene
from .timed_text import TimedText
from .timex import Direction as DirectionName
from .timex import Timex

LOOKING_BACK = frozenset({"earlier", "spoken_quarter"})
DEEPEST = 20
"""An expression may refer to one before, that to another; a longer chain is resolved from its far end on."""


@dataclass(frozen=True, slots=True)
class _Resolved:
    """What became of a hit.

    Attributes:
        timex: None where it is no expression of time after all.
        mention: What later expressions may refer to.
    """

    timex: Timex | None
    mention: Mention | None


_NOTHING = _Resolved(None, None)


class ResolvedTimes:
    """The temporal expressions of a text.

    Args:
        source: The text.
        doc: The same text as parsed; None to go by the words alone.
    """

    def __init__(self, source: TimedText, *, doc: ParsedText | None = None) -> None:
        self._source = source
        self._doc = doc
        self._known: dict[int, _Resolved] = {}
        self._known_to = 0
        self._depth = 0

    @cached_property
    def _people(self) -> People:
        return people_in(self._doc)

    def between(self, start: int, end: int) -> Iterator[Timex]:
        """Give the expressions that begin in ``[start, end)``, in text order."""
        starts = self._source.starts
        for number in range(bisect_left(starts, start), bisect_left(starts, end)):
            timex = self._at(number).timex
            if timex is not None:
                yield self._joined(number, timex)

    def _joined(self, number: int, timex: Timex) -> Timex:
        source = self._source
        before, behind = self._before(number, timex), self._behind(number, timex)
        return join_parts(timex, before=before, behind=behind, lowered=source.lowered, language=source.language)

    def _before(self, number: int, timex: Timex) -> Timex | None:
        """Give the expression before one, where it is near enough to belong to it."""
        hits = self._source.hits
        for other in range(number - 1, -1, -1):
            if timex.start - hits[other].end > REACH:
                return None
            found = self._at(other).timex
            if found is not None:
                return found
        return None

    def _behind(self, number: int, timex: Timex) -> Timex | None:
        """Give the expression behind one, where it is near enough to belong to it."""
        hits = self._source.hits
        for other in range(number + 1, len(hits)):
            if hits[other].start - timex.end > REACH:
                return None
            found = self._at(other).timex
            if found is not None:
                return found
        return None

    def _at(self, number: int) -> _Resolved:
        if number not in self._known:
            if self._depth >= DEEPEST:
                self._resolve_up_to(number)
            self._depth += 1
            try:
                self._known[number] = self._resolve(number)
            finally:
                self._depth -= 1
        return self._known[number]

    def _resolve_up_to(self, end: int) -> None:
        """Resolve the hits before one in text order, so that each finds known what it refers to."""
        for number in range(self._known_to, end):
            if number not in self._known:
                self._known[number] = self._resolve(number)
        self._known_to = max(self._known_to, end)

    def _resolve(self, number: int) -> _Resolved:
        hit = self._source.hits[number]
        if self._people.hold(hit.start, hit.end):
            return _NOTHING
        anchors = Anchors(hit.start, lambda reach: self._mentions_before(number, reach))
        return _resolve(Scene(self._source, hit, anchors, self._doc))

    def _mentions_before(self, number: int, reach: int) -> Iterator[Mention]:
        starts = self._source.starts
        for other in range(number - 1, -1, -1):
            if starts[number] - starts[other] > reach:
                return
            mention = self._at(other).mention
            if mention is not None:
                yield mention


def _resolve(scene: Scene) -> _Resolved:
    try:
        reading = RESOLVERS[scene.hit.rule.entry.resolve](scene)
    except (OutOfCalendar, OverflowError):
        return _NOTHING
    if reading is None:
        return _NOTHING
    extent = reading.extent or (
        extent_of(reading.value) if reading.value and reading.type in {"DATE", "TIME"} else None
    )
    return _Resolved(_timex(scene, reading, extent), _mention(scene, reading, extent))


def _timex(scene: Scene, reading: Reading, extent: Extent | None) -> Timex:
    hit = scene.hit
    toward, reason = _direction(reading, extent, scene.published)
    return Timex(
        start=hit.start,
        end=hit.end,
        text=scene.source.text[hit.start : hit.end],
        type=reading.type,
        value=reading.value,
        mod=reading.mod,
        quant=reading.quant,
        anchor=reading.anchor,
        interval=extent.as_interval() if extent else None,
        granularity=extent.granularity if extent else "unknown",
        relation=reading.relation or scene.relation(),
        direction=toward,
        direction_reason=reason,
        rule=hit.rule.entry.name,
        engine=reading.engine,
        confidence=reading.confidence,
        approx=reading.approx,
    )


def _mention(scene: Scene, reading: Reading, extent: Extent | None) -> Mention | None:
    if extent is None or reading.value is None or reading.type not in {"DATE", "TIME"}:
        return None
    if scene.hit.rule.entry.resolve in LOOKING_BACK or scene.arg("days", "0").startswith("-"):
        return None  # "the day before", "the year-ago quarter" look back; the story stays where it was
    explicit = "year" in scene.hit.groups or "short_year" in scene.hit.groups
    return Mention(extent, reading.value, scene.hit.start, explicit)


def _direction(reading: Reading, extent: Extent | None, published: datetime | None) -> tuple[DirectionName, str]:
    decided = reading.direction
    if extent is None or published is None:
        return decided.toward, decided.reason
    reason = decided.reason if decided.reason != "none" else "value"
    today = midnight(published)
    if extent.start <= today < extent.end:
        return "dct", reason
    return ("past" if extent.start < today else "future"), reason
