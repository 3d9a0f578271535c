"""Resolvers of expressions that name a day."""

from __future__ import annotations

from datetime import datetime

from worker.extraction.time.calendar_units import OutOfCalendar, midnight, moment, start_of, step, step_days, value_of
from worker.extraction.time.direction import BY_MODIFIER, Direction
from worker.extraction.time.scene import Reading, Scene, undated

from .delegating import delegated

NEAR_DAYS = 45  # a day and month this close is meant, whatever the tense (decided in the design notes)
RANGE_REACH = 22  # characters from the begin of one weekday to the next in a range
AMBIGUOUS_NEXT = 2  # "next Friday" said up to two days before a Friday means the one after: a convention


def resolve_date(scene: Scene) -> Reading | None:
    """Read day and month, with or without year and weekday ("Donnerstag, 14. August 2025")."""
    day = scene.number("day") or scene.canon_number("ordinal_day")
    month = scene.canon("month") or scene.words("month_number") or _month_of_range(scene)
    if day is None or month is None:
        return None
    return dated(scene, int(day), int(month), year=written_year(scene))


def _month_of_range(scene: Scene) -> int | None:
    """Give the month that the first day of a range named ("September 3 to 5")."""
    first = scene.anchors.day() if scene.arg("month_of") else None
    return None if first is None else first.extent.start.month


def dated(scene: Scene, day: int, month: int, *, year: int | None) -> Reading | None:
    """Read a day of a month; without a year the one that tense, nearness and weekday speak for."""
    try:
        if year is not None:
            return _full(scene, day, month, year)
        if scene.published is None:
            moment(2000, month, day)
            return undated()
        at, direction = _without_year(scene, day, month)
    except OutOfCalendar:
        return None
    toward = "past" if at < scene.published else "future"
    engine, at = delegated(scene, f"{day}. {{month:{month}}}", own=at, unit="day", toward=toward)
    return Reading("DATE", value_of(at, "day"), direction=direction, confidence=direction.confidence, engine=engine)


def _full(scene: Scene, day: int, month: int, year: int) -> Reading:
    at = moment(year, month, day)
    engine, at = delegated(scene, f"{day}. {{month:{month}}} {year:04d}", own=at, unit="day", toward="none")
    return Reading("DATE", value_of(at, "day"), engine=engine)


def _without_year(scene: Scene, day: int, month: int) -> tuple[datetime, Direction]:
    assert scene.published is not None  # noqa: S101 - the caller has seen to it
    today = midnight(scene.published)
    choices = [at for year in range(today.year - 4, today.year + 5) if (at := _day_or_none(year, month, day))]
    if not choices:
        raise OutOfCalendar(f"no such day: {day}.{month}.")
    weekday = scene.canon("weekday")
    if weekday is not None:
        choices = [at for at in choices if at.isoweekday() == int(weekday)] or choices
    nearest = min(choices, key=lambda at: abs((at - today).days))
    if abs((nearest - today).days) <= NEAR_DAYS or weekday is not None:
        return nearest, Direction("past" if nearest < today else "future", "nearest", 0.95)
    anchor_year = scene.said_year(today)
    direction = scene.direction
    if anchor_year is not None:
        return moment(anchor_year, month, day), Direction("past", "anchor", 0.8)
    if direction.toward == "future":
        return min(at for at in choices if at >= today), direction
    if direction.reason == "default":
        return nearest, direction
    return max(at for at in choices if at <= today), direction


def _day_or_none(year: int, month: int, day: int) -> datetime | None:
    try:
        return moment(year, month, day)
    except OutOfCalendar:
        return None


def written_year(scene: Scene) -> int | None:
    """Give the year that the expression itself names, in four or two digits or by a modifier."""
    words = scene.words("year")
    if words is not None:
        return int(words)
    words = scene.words("spelled")
    if words is not None:
        return scene.grammar.numerals.read_year(words)
    words = scene.words("short_year")
    if words is not None:
        return expand_year(int(words), scene.published)
    spelled = scene.canon("shift")
    if spelled is not None and scene.published is not None and scene.words("shift"):
        return scene.published.year + int(spelled)
    return None


def expand_year(short: int, published: datetime | None) -> int:
    """Give the full year of two digits: the one nearest to twenty years after the publication at most."""
    reference = published.year if published else 2000
    century = reference // 100 * 100
    return century + short if century + short <= reference + 20 else century - 100 + short


def resolve_numeric(scene: Scene) -> Reading | None:
    """Read a date in digits: day and month in the order of the source."""
    first, second = scene.words("first"), scene.words("second")
    if first is not None and second is not None:
        day, month = (int(second), int(first)) if scene.source.month_first else (int(first), int(second))
        if month > 12 >= day:
            day, month = month, day
    else:
        day, month = int(scene.words("day") or 0), int(scene.words("month_number") or 0)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return dated(scene, day, month, year=written_year(scene))


def resolve_iso_moment(scene: Scene) -> Reading | None:
    """Read an ISO date-time such as ``2025-08-07T10:00``."""
    parts = (int(scene.words(name) or 0) for name in ("year", "month_number", "day", "hour", "minute"))
    return Reading("TIME", value_of(moment(*parts), "minute"))


def resolve_weekday(scene: Scene) -> Reading | None:
    """Read a weekday: which week it is of follows from modifier or tense."""
    weekday = scene.canon("weekday")
    if weekday is None:
        return None
    if scene.published is None:
        return undated("TIME" if scene.canon("daypart") else "DATE")
    week_shift = scene.canon("week_shift")
    if week_shift is not None:
        monday = step(start_of(scene.published, "week"), "week", int(week_shift))
        return Reading(
            "DATE", value_of(step_days(monday, int(weekday) - 1), "day"), direction=BY_MODIFIER[int(week_shift)]
        )
    at, direction, approx = weekday_date(scene, int(weekday))
    value = value_of(at, "day")
    part = scene.canon("daypart")
    if part is not None:
        return Reading("TIME", f"{value}T{part}", direction=direction, confidence=direction.confidence, approx=approx)
    return Reading(
        "DATE", value, direction=direction, confidence=direction.confidence, approx=approx, mod=scene.canon("part")
    )


def weekday_date(scene: Scene, weekday: int) -> tuple[datetime, Direction, bool]:
    """Choose the day that a weekday means; the last value says whether a convention decided."""
    assert scene.published is not None  # noqa: S101 - the caller has seen to it
    today = midnight(scene.published)
    ahead = (weekday - today.isoweekday()) % 7
    shift = scene.canon("shift")
    if shift is not None and int(shift) < 0:
        return step_days(today, (ahead or 7) - 7 if ahead else -7), BY_MODIFIER[-1], False
    if shift is not None and int(shift) > 0:
        return _coming_weekday(scene, today, ahead)
    first = _first_of_range(scene)
    if first is not None:
        return step_days(first, (weekday - first.isoweekday()) % 7 or 7), scene.direction, False
    direction = scene.direction
    if ahead == 0:
        far = direction.toward == "future" and direction.reason.endswith(":future") and shift is None
        return step_days(today, 7 if far else 0), direction if far else Direction("dct", direction.reason, 0.9), False
    if direction.toward == "future" or (shift == "0" and direction.reason == "default"):
        return step_days(today, ahead), direction, False
    return step_days(today, ahead - 7), direction, False


def _first_of_range(scene: Scene) -> datetime | None:
    """Give the weekday that a range began with just before ("Montag bis Freitag")."""
    day = scene.anchors.day(reach=RANGE_REACH)
    if day is None or day.extent.granularity != "day":
        return None
    between = scene.lowered[day.at : scene.hit.start]
    return day.extent.start if scene.grammar.range_between.search(between) else None


def _coming_weekday(scene: Scene, today: datetime, ahead: int) -> tuple[datetime, Direction, bool]:
    ambiguous = scene.canon("shift") == "1" and 0 < ahead <= AMBIGUOUS_NEXT and scene.shift_is_next
    return step_days(today, (ahead or 7) + (7 if ambiguous else 0)), BY_MODIFIER[1], ambiguous


def resolve_deictic(scene: Scene) -> Reading | None:
    """Read "heute", "gestern", "tomorrow" and their parts of day."""
    offset = int(scene.canon("deictic") or 0)
    part = scene.canon("daypart")
    if offset == 0 and part is None and not scene.arg("dated") and scene.says_nowadays():
        return Reading("DATE", "PRESENT_REF", direction=Direction("dct", "general", 0.7), confidence=0.7)
    if scene.published is None:
        return undated("TIME" if part else "DATE")
    if offset == 0 and part == "NI" and scene.direction.toward == "past" and scene.direction.reason != "default":
        offset = -1  # "heute Nacht brannte es": the night that has just ended began on the day before
    own = step_days(midnight(scene.published), offset)
    engine, at = delegated(scene, scene.words("deictic") or "", own=own, unit="day", toward="none")
    direction = BY_MODIFIER[(offset > 0) - (offset < 0)]
    if part is not None:
        return Reading("TIME", f"{value_of(at, 'day')}T{part}", direction=direction, engine=engine)
    return Reading("DATE", value_of(at, "day"), mod=scene.canon("part"), direction=direction, engine=engine)


def resolve_anchored_day(scene: Scene) -> Reading | None:
    """Read "am Tag darauf", "an diesem Tag": counted from the last day that the text named."""
    base = scene.anchors.day_before()
    if base is None and scene.published is not None:
        base = midnight(scene.published)
    if base is None:
        return undated()
    return Reading("DATE", value_of(step_days(base, int(scene.arg("days", "0"))), "day"), confidence=0.8)


def resolve_anchored_weekday(scene: Scene) -> Reading | None:
    """Read "the previous Friday", "the following Monday": counted from the last day that the text named."""
    base = scene.anchors.day_before()
    if base is None and scene.published is not None:
        base = midnight(scene.published)
    weekday = scene.canon_number("weekday")
    if base is None or weekday is None:
        return undated()
    ahead = (weekday - base.isoweekday()) % 7 or 7
    back = 7 if ahead == 7 else 7 - ahead
    days = -back if scene.arg("side") == "before" else ahead
    return Reading("DATE", value_of(step_days(base, days), "day"), confidence=0.7)
