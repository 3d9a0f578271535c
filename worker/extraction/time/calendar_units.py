"""Calendar arithmetic on naive local time: units, their starts, and steps of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
MONTHS_OF: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "decade": 120, "century": 1200}
SEASON_STARTS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
FIRST_YEAR: Final = 1
_DAY_VALUE: Final = "{at.year:04d}-{at.month:02d}-{at.day:02d}"
_VALUES: Final = {
    "minute": _DAY_VALUE + "T{at.hour:02d}:{at.minute:02d}",
    "hour": _DAY_VALUE + "T{at.hour:02d}:{at.minute:02d}",
    "day": _DAY_VALUE,
    "week": "{iso[0]:04d}-W{iso[1]:02d}",
    "weekend": "{iso[0]:04d}-W{iso[1]:02d}-WE",
    "month": "{at.year:04d}-{at.month:02d}",
    "quarter": "{at.year:04d}-Q{quarter}",
    "half_year": "{at.year:04d}-H{half}",
    "year": "{at.year:04d}",
    "decade": "{decade:03d}",
    "century": "{century:02d}",
}
LAST_YEAR: Final = 9990


class OutOfCalendar(ValueError):
    """A date that the calendar does not have, such as 31 February; the expression stays without a value."""


def moment(year: int, month: int = 1, day: int = 1, hour: int = 0, minute: int = 0) -> datetime:
    """Build a naive local moment.

    Raises:
        OutOfCalendar: There is no such day.
    """
    try:
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - intervals are naive local time by contract
    except ValueError as error:
        raise OutOfCalendar(f"no such moment: {year}-{month}-{day}T{hour}:{minute}") from error


def add_months(start: datetime, months: int) -> datetime:
    """Move a moment by months; the day is cut to the length of the month reached."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutOfCalendar(f"no such year: {year}")
    return moment(year, month + 1, min(start.day, days_in_month(year, month + 1)), start.hour, start.minute)


def days_in_month(year: int, month: int) -> int:
    """Count the days of a month."""
    following = moment(year + month // 12, month % 12 + 1)
    return (following - moment(year, month)).days


def midnight(at: datetime) -> datetime:
    """Give the start of a day."""
    return moment(at.year, at.month, at.day)


def step_days(at: datetime, days: float) -> datetime:
    """Move a moment by days."""
    try:
        return at + timedelta(days=days)
    except OverflowError as error:
        raise OutOfCalendar(f"{days} days away is outside the calendar") from error


def start_of(at: datetime, unit: str) -> datetime:
    """Give the start of the unit that a moment lies in."""
    if unit == "week":
        return step_days(midnight(at), -at.weekday())
    if unit == "weekend":
        return step_days(midnight(at), 5 - at.weekday())
    if unit in MONTHS_OF:
        months = MONTHS_OF[unit]
        index = at.year * 12 + at.month - 1
        year, month = divmod(index - index % months, 12)
        return moment(max(year, FIRST_YEAR), month + 1)
    if unit == "hour":
        return midnight(at) + timedelta(hours=at.hour)
    if unit == "minute":
        return midnight(at) + timedelta(hours=at.hour, minutes=at.minute)
    return midnight(at)


def step(at: datetime, unit: str, count: int) -> datetime:
    """Move a moment by a number of units."""
    if unit in MONTHS_OF:
        return add_months(at, MONTHS_OF[unit] * count)
    if unit == "hour":
        return step_days(at, count / 24)
    if unit == "minute":
        return step_days(at, count / 1440)
    if unit == "second":
        return step_days(at, count / 86400)
    return step_days(at, count * (7 if unit in {"week", "weekend"} else 1))


def value_of(at: datetime, unit: str) -> str:
    """Write the unit that a moment lies in as a TIMEX3 value."""
    if unit == "season":
        return season_value(at)
    iso = at.isocalendar()
    return _VALUES.get(unit, _VALUES["day"]).format(
        at=at,
        iso=iso,
        quarter=(at.month - 1) // 3 + 1,
        half=(at.month - 1) // 6 + 1,
        decade=at.year // 10,
        century=at.year // 100,
    )


def season_value(at: datetime) -> str:
    """Name the meteorological season of a moment; winter belongs to the year in which it starts."""
    season = {3: "SP", 6: "SU", 9: "FA", 0: "WI"}[at.month // 3 * 3 % 12]
    year = at.year - 1 if season == "WI" and at.month < 3 else at.year
    return f"{year:04d}-{season}"


def iso_week_start(year: int, week: int) -> datetime:
    """Give the Monday of an ISO week.

    Raises:
        OutOfCalendar: The year has no such week.
    """
    try:
        return datetime.combine(date.fromisocalendar(year, week, 1), datetime.min.time())
    except ValueError as error:
        raise OutOfCalendar(f"no such week: {year}-W{week}") from error
