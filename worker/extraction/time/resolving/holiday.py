"""Resolver of holidays: their dates come from the package ``holidays``."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from holidays import country_holidays

from worker.extraction.time.calendar_units import OutOfCalendar, midnight, moment, step_days, value_of
from worker.extraction.time.direction import BY_MODIFIER, Direction
from worker.extraction.time.scene import Reading, Scene, undated

from .days import written_year


def resolve_holiday(scene: Scene) -> Reading | None:
    """Read a holiday; the year follows from what is written, else from the tense."""
    key = scene.canon("holiday")
    if key is None:
        return None
    year = written_year(scene) if scene.words("year") else None
    if year is not None:
        return Reading("DATE", value_of(holiday_date(key, year), "day"))
    if scene.published is None:
        return undated()
    today = midnight(scene.published)
    days = [holiday_date(key, today.year + offset) for offset in (-1, 0, 1)]
    at, direction = _choose(scene, days, today)
    return Reading("DATE", value_of(at, "day"), direction=direction, confidence=direction.confidence)


def _choose(scene: Scene, days: list[datetime], today: datetime) -> tuple[datetime, Direction]:
    shift = scene.canon("shift")
    if shift is not None and int(shift):
        past = int(shift) < 0
        fitting = [day for day in days if (day < today if past else day > today)]
        return (fitting[-1] if past else fitting[0]), BY_MODIFIER[-1 if past else 1]
    if shift is not None:
        return days[1], BY_MODIFIER[0]
    direction = scene.direction
    if direction.toward == "future":
        return next(day for day in days if day >= today), direction
    if direction.reason == "default":
        return min(days, key=lambda day: abs(day - today)), direction
    return next(day for day in reversed(days) if day <= today), direction


@lru_cache(maxsize=4096)
def holiday_date(key: str, year: int) -> datetime:
    """Give the day of a holiday in a year.

    Args:
        key: ``easter+N`` (days from Easter Sunday), ``MM-DD``, ``advent-N`` (Sundays before the last one of
            Advent), or ``COUNTRY:Name`` as the package ``holidays`` names it.
        year: Calendar year.

    Raises:
        OutOfCalendar: The country did not keep it in that year.
    """
    if key.startswith("easter"):
        return step_days(easter_sunday(year), int(key[6:]))
    if key.startswith("advent"):
        christmas = moment(year, 12, 25)
        return step_days(christmas, -christmas.isoweekday() + 7 * int(key[6:]))
    if ":" in key:
        country, _, name = key.partition(":")
        return _named(country, name, year)
    month, day = key.split("-")
    return moment(year, int(month), int(day))


def easter_sunday(year: int) -> datetime:
    """Give Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return moment(year, month, day + 1)


def _named(country: str, name: str, year: int) -> datetime:
    days = country_holidays(country, years=year, observed=False, language="en_US").get_named(name, lookup="exact")
    if not days:
        raise OutOfCalendar(f"{country} has no {name} in {year}")
    return moment(days[0].year, days[0].month, days[0].day)
