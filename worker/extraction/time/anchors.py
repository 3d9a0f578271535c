"""What a document has said so far: what "that day", "the day before" or "at 8 p.m." refer to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .extents import Extent

NEAR = 1200  # characters within which an earlier date still holds; measured on KRAUTS (development part)
SAME_BREATH = 200  # characters within which a year said holds for a month or day without one


@dataclass(frozen=True, slots=True)
class Mention:
    """A date said earlier, and where."""

    extent: Extent
    value: str
    at: int
    explicit: bool


@dataclass(slots=True)
class Anchors:
    """The dates of a document so far; one for each call, never shared."""

    day: Mention | None = None
    month: Mention | None = None
    year: Mention | None = None
    quarter: Mention | None = None
    week: Mention | None = None
    last: Mention | None = None
    essay: bool | None = None

    def note(self, mention: Mention) -> None:
        """Remember a date."""
        self.last = mention
        match mention.extent.granularity:
            case "day" | "minute" | "part_of_day":
                self.day = mention
            case "month":
                self.month = mention
            case "quarter":
                self.quarter = mention
            case "week" | "weekend":
                self.week = mention
            case "year":
                self.year = mention
            case _:
                pass

    def day_before(self, at: int, *, reach: int = NEAR) -> datetime | None:
        """Give the last day said within reach."""
        if self.day is None or at - self.day.at > reach:
            return None
        start = self.day.extent.start
        return start.replace(hour=0, minute=0)

    def near(self, mention: Mention | None, at: int, *, reach: int = NEAR) -> Mention | None:
        """Give a mention back if it is within reach."""
        return mention if mention is not None and at - mention.at <= reach else None

    def explicit_year(self, at: int, *, reach: int = SAME_BREATH) -> int | None:
        """Give the year of the last date within reach, if the text named that year itself."""
        last = self.last
        if last is None or not last.explicit or at - last.at > reach:
            return None
        return last.extent.start.year
