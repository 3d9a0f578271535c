"""The time of an event that a temporal expression dates: what the contract's ``Event.time`` holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from .calendar_units import DAY, OutOfCalendar, add_months, midnight, moment, step, value_of
from .extents import Extent, extent_of
from .timex import Relation, Timex

CENTURY_DIGITS: Final = 2
_COUNTED = re.compile(r"P(\d{1,3})([YMWD])")
_UNITS: Final[dict[str, str]] = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_WITHIN_ONE_DAY = frozenset({"minute", "hour", "part_of_day", "day"})
POINTER_RELATIONS: Final[dict[str, Relation]] = {"PAST_REF": "before", "FUTURE_REF": "after", "PRESENT_REF": "on"}


@dataclass(frozen=True, slots=True)
class EventTime:
    """When an event is, as far as one expression says it.

    Attributes:
        text: The words, over the whole range where there is one.
        start, end: Where they stand.
        value: As the ontology writes it; None where only a publication date could tell.
        granularity: Unit of the value, in the contract's words.
        relation: on, before, after, since, until, about or within.
        interval_start, interval_end: The event's own interval, half-open, naive local ISO; either may be None.
        approx: Whether a border is a convention.
        resolved_against: The publication date that a relative expression was resolved against.
    """

    text: str
    start: int
    end: int
    value: str | None
    granularity: str
    relation: Relation
    interval_start: str | None
    interval_end: str | None
    approx: bool
    resolved_against: str | None


def to_event_time(timex: Timex, *, text: str, published: date | datetime | None) -> EventTime | None:
    """Give the time of an event dated by an expression.

    Differs from the expression itself: "seit März" dates an event from March to the publication, "Ende August"
    the last third of the month, "vor zwei Wochen" a week and no duration.

    Args:
        timex: The expression that the event's trigger stands with.
        text: The text in which it was found.
        published: What it was resolved against.

    Returns:
        None for expressions that date nothing: durations without a place in time, and repetitions.
    """
    timex = _begun(timex, published)
    value = _event_value(timex)
    if value is None and timex.value is not None:
        return None
    start = timex.start if timex.joint_start is None else timex.joint_start
    end = timex.end if timex.joint_end is None else timex.joint_end
    extent = _own_extent(timex, value)
    relation, interval = _bounded(timex, value, extent, published)
    return EventTime(
        text=text[start:end],
        start=start,
        end=end,
        value=value,
        granularity=_granularity(timex, value, extent),
        relation=relation,
        interval_start=interval[0],
        interval_end=interval[1],
        approx=timex.approx or timex.mod in {"START", "MID", "END", "APPROX"},
        resolved_against=None if published is None or not _is_relative(timex) else published.isoformat(),
    )


def _begun(timex: Timex, published: date | datetime | None) -> Timex:
    """Date what has gone on "seit zwei Wochen" from its start, in the unit it is counted in.

    A single year is counted in months: its start would otherwise lie anywhere between half a year and one and a half.
    """
    counted = _COUNTED.fullmatch(timex.value or "") if timex.type == "DURATION" and timex.relation == "since" else None
    if counted is None or published is None:
        return timex
    count, unit = int(counted[1]), _UNITS[counted[2]]
    try:
        start = step(moment(published.year, published.month, published.day), unit, -count)
    except OutOfCalendar:
        return timex
    granularity = "month" if (count, unit) == (1, "year") else unit
    value = value_of(start, granularity)
    return replace(timex, type="DATE", value=value, granularity=granularity, approx=True, rule=f"relative {timex.rule}")


def _event_value(timex: Timex) -> str | None:
    if timex.joint_value is not None:
        return _representable(timex.joint_value)
    if timex.type in {"DATE", "TIME"}:
        return None if timex.value is None else _representable(timex.value)
    if timex.type == "DURATION" and timex.interval is not None and timex.relation != "within":
        return value_of(datetime.fromisoformat(timex.interval[0]), timex.granularity)
    return None


def _representable(value: str) -> str | None:
    """Write a value as the ontology does: ranges by days, a span of clock times by its first, no time without a day."""
    if value.endswith("_REF"):
        return value
    extent = extent_of(value)
    if extent is None:
        return None
    first, _, last = value.partition("/")
    if not last and len(value) != CENTURY_DIGITS:
        return value
    if "T" in first:
        return first
    if extent.granularity == "day":
        return value
    return f"{value_of(extent.start, 'day')}/{value_of(extent.end - DAY, 'day')}"


def _granularity(timex: Timex, value: str | None, extent: Extent | None) -> str:
    if value is not None and value.endswith("_REF"):
        return "unknown"
    return extent.granularity if extent is not None else timex.granularity


def _own_extent(timex: Timex, value: str | None) -> Extent | None:
    whole = extent_of(timex.joint_value) if timex.joint_value else None
    if whole is not None:
        return whole
    extent = extent_of(timex.value) if value and timex.value else None
    if extent is None:
        if timex.interval is None:
            return None
        start, end = map(datetime.fromisoformat, timex.interval)
        return Extent(start, end, timex.granularity)
    third = _third(extent, timex.mod)
    return Extent(third[0], third[1], extent.granularity) if third else extent


def _third(extent: Extent, mod: str | None) -> tuple[datetime, datetime] | None:
    """Cut the first, middle or last third out of a unit, where the calendar has one (see the design notes)."""
    if mod not in {"START", "MID", "END"}:
        return None
    cuts = _cuts(extent)
    index = ("START", "MID", "END").index(mod)
    return cuts[index], cuts[index + 1]


def _cuts(extent: Extent) -> tuple[datetime, datetime, datetime, datetime]:
    start, end = extent.start, extent.end
    match extent.granularity:
        case "month":
            return start, moment(start.year, start.month, 11), moment(start.year, start.month, 21), end
        case "year":
            return start, moment(start.year, 5), moment(start.year, 9), end
        case "week":
            return start, start + 2 * DAY, start + 4 * DAY, end
        case "decade":
            return start, add_months(start, 48), add_months(start, 84), end
        case _:
            third = (end - start) / 3
            return start, start + third, start + 2 * third, end


def _bounded(
    timex: Timex, value: str | None, extent: Extent | None, published: date | datetime | None
) -> tuple[Relation, tuple[str | None, str | None]]:
    # "von ... bis" bounds a range on both sides; neither word says how the event lies to it.
    relation: Relation = "on" if timex.joint_value is not None and "/" in timex.joint_value else timex.relation
    if value in POINTER_RELATIONS:
        relation = POINTER_RELATIONS[value]
    if extent is None:
        return relation, (None, None)
    if relation == "within" and extent.granularity in _WITHIN_ONE_DAY:
        relation = "on"  # "planned for Monday": what lies within a day is on it
    start, end = extent.as_interval()
    match relation:
        case "since":
            return relation, (start, _iso_day(published))
        case "until":
            return relation, (None, end)
        # "before the end of the year" reaches to its last day: there the end is a point, and not the last third.
        case "before" if value not in POINTER_RELATIONS:
            return relation, (None, end if timex.mod == "END" else start)
        case "after" if value not in POINTER_RELATIONS:
            return relation, (start if timex.mod == "START" else end, None)
        case _:
            return relation, (start, end)


def _iso_day(published: date | datetime | None) -> str | None:
    if published is None:
        return None
    at = moment(published.year, published.month, published.day)
    return (midnight(at) + DAY).isoformat()


def _is_relative(timex: Timex) -> bool:
    return timex.direction_reason != "value" or timex.rule.startswith(("deictic", "relative"))
