"""What a document has said so far: what "that day", "the day before" or "at 8 p.m." refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from .extents import Extent

NEAR = 1200  # characters within which an earlier date still holds; measured on KRAUTS (development part)
SAME_BREATH = 200  # characters within which a year said holds for a month or day without one
_OF_A_DAY = frozenset({"day", "minute", "part_of_day"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A date said earlier, and where."""

    extent: Extent
    value: str
    at: int
    explicit: bool


@dataclass(frozen=True, slots=True)
class Anchors:
    """The dates said before a place of a text, looked for when an expression asks what it refers to.

    Attributes:
        at: The place.
        earlier: Gives the dates said within so many characters before it, the nearest first.
    """

    at: int
    earlier: Callable[[int], Iterator[Mention]]

    def last(self, *, reach: int = NEAR) -> Mention | None:
        """Give the last date said within reach."""
        return next(self.earlier(reach), None)

    def day(self, *, reach: int = NEAR) -> Mention | None:
        """Give the last date said within reach that is a day or lies within one."""
        return next((mention for mention in self.earlier(reach) if mention.extent.granularity in _OF_A_DAY), None)

    def quarter(self, *, reach: int) -> Mention | None:
        """Give the last quarter said within reach."""
        return next((mention for mention in self.earlier(reach) if mention.extent.granularity == "quarter"), None)

    def day_before(self) -> datetime | None:
        """Give the start of the last day said."""
        day = self.day()
        return None if day is None else day.extent.start.replace(hour=0, minute=0)

    def explicit_year(self) -> int | None:
        """Give the year of the last date said in the same breath, if the text named that year itself."""
        last = self.last(reach=SAME_BREATH)
        return last.extent.start.year if last is not None and last.explicit else None
