"""The half-open extent of a TIMEX3 value in naive local time, and its granularity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from .calendar_units import (
    DAY,
    MONTHS_OF,
    SEASON_STARTS,
    OutOfCalendar,
    add_months,
    iso_week_start,
    moment,
)

# Part of day: first and last hour (design decision of this project; hours past 24 are of the next day).
PARTS_OF_DAY = {
    "MO": (5, 12),
    "MI": (11, 14),
    "AF": (12, 18),
    "EV": (18, 22),
    "NI": (20, 30),
    "DT": (6, 18),
}
_SHAPE = re.compile(
    r"(?P<year>\d{4})(?:"
    r"-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?:(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d)?|(?P<part>[A-Z]{2})))?)?"
    r"|-W(?P<week>\d\d)(?:-(?P<weekend>WE)|-(?P<weekday>[1-7]))?"
    r"|-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI))?"
    r"|(?P<decade>\d{3})|(?P<century>\d{2})"
)


@dataclass(frozen=True, slots=True)
class Extent:
    """From when to when a value reaches, and of which unit it is."""

    start: datetime
    end: datetime
    granularity: str

    def as_interval(self) -> tuple[str, str]:
        """Write both ends in ISO form."""
        return self.start.isoformat(), self.end.isoformat()


@lru_cache(maxsize=8192)
def extent_of(value: str) -> Extent | None:
    """Give the extent of a value; None for values that are no dated interval (``P2W``, ``PAST_REF``)."""
    if "/" in value:
        first, last = (extent_of(part) for part in value.split("/", 1))
        return Extent(first.start, last.end, first.granularity) if first and last else None
    shape = _SHAPE.fullmatch(value)
    if shape is None:
        return None
    try:
        return _read(shape)
    except (OutOfCalendar, OverflowError):
        return None


def _read(shape: re.Match[str]) -> Extent:
    part = {name: text for name, text in shape.groupdict().items() if text is not None}
    if "decade" in part:
        return _months(moment(max(1, int(part["decade"]) * 10)), "decade")
    if "century" in part:
        return _months(moment(max(1, int(part["century"]) * 100)), "century")
    year = int(part["year"])
    if "day" in part:
        return _day_extent(moment(year, int(part["month"]), int(part["day"])), part)
    if "week" in part:
        return _week_extent(iso_week_start(year, int(part["week"])), part)
    if "season" in part:
        start = moment(year, SEASON_STARTS[part["season"]])
        return Extent(start, add_months(start, 3), "season")
    return _months(moment(year, _first_month(part)), _unit(part))


def _first_month(part: dict[str, str]) -> int:
    if "quarter" in part:
        return 3 * int(part["quarter"]) - 2
    if "half" in part:
        return 6 * int(part["half"]) - 5
    return int(part.get("month", 1))


def _unit(part: dict[str, str]) -> str:
    if "quarter" in part:
        return "quarter"
    if "half" in part:
        return "half_year"
    return "month" if "month" in part else "year"


def _months(start: datetime, unit: str) -> Extent:
    granularity = "unknown" if unit == "century" else unit  # the contract's list of granularities ends at decade
    return Extent(start, add_months(start, MONTHS_OF[unit]), granularity)


def _day_extent(day: datetime, part: dict[str, str]) -> Extent:
    if "hour" in part:
        start = day + timedelta(hours=int(part["hour"]), minutes=int(part["minute"]))
        return Extent(start, start + timedelta(minutes=1), "minute")
    if part.get("part") in PARTS_OF_DAY:
        first, last = PARTS_OF_DAY[part["part"]]
        return Extent(day + timedelta(hours=first), day + timedelta(hours=last), "part_of_day")
    return Extent(day, day + DAY, "day")


def _week_extent(monday: datetime, part: dict[str, str]) -> Extent:
    if "weekend" in part:
        return Extent(monday + 5 * DAY, monday + 7 * DAY, "weekend")
    if "weekday" in part:
        day = monday + (int(part["weekday"]) - 1) * DAY
        return Extent(day, day + DAY, "day")
    return Extent(monday, monday + 7 * DAY, "week")
