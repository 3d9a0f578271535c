"""Resolvers of clock times and parts of day."""

from __future__ import annotations

from datetime import datetime, timedelta

from worker.extraction.time.calendar_units import midnight, step_days, value_of
from worker.extraction.time.direction import BY_MODIFIER, Direction
from worker.extraction.time.scene import Reading, Scene, undated
from worker.extraction.time.timex import Engine

from .days import dated, weekday_date, written_year
from .delegating import delegated


def resolve_clock(scene: Scene) -> Reading | None:
    """Read a clock time; its day is the nearest one said before, else the day of publication."""
    hour, minute = _clock(scene)
    if hour is None or not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    if scene.is_habit() and not scene.words("weekday"):
        return Reading("TIME", f"T{hour % 24:02d}:{minute:02d}", confidence=0.7)
    day, direction = _day(scene)
    if day is None:
        return undated("TIME")
    at = midnight(day) + timedelta(hours=hour, minutes=minute)
    engine: Engine = "grammar"
    if scene.arg("delegate") and scene.published is not None and day == midnight(scene.published):
        engine, at = delegated(scene, f"{hour % 24:02d}:{minute:02d}", own=at, unit="minute", toward="none")
    return Reading("TIME", value_of(at, "minute"), mod=scene.canon("approx"), direction=direction, engine=engine)


def _clock(scene: Scene) -> tuple[int | None, int]:
    spelled = scene.canon("noon")
    if spelled is not None:
        return int(spelled), 0
    hour = scene.number("hour")
    if hour is None:
        return None, 0
    minutes = int(scene.number("minute") or 0)
    quarter = scene.canon("clock_offset")
    total = int(hour) * 60 + minutes + (int(quarter) if quarter else 0)
    half = scene.canon("half_of_day") or _half_from_part(scene, int(hour))
    if half == "PM" and hour < 12:
        total += 720
    if half == "AM" and hour == 12:
        total -= 720
    return total // 60, total % 60


def _half_from_part(scene: Scene, hour: int) -> str | None:
    part = scene.canon("daypart")
    return "PM" if part in {"AF", "EV"} and hour < 12 else None


def _day(scene: Scene) -> tuple[datetime | None, Direction]:
    if scene.words("weekday") and scene.published is not None:
        at, direction, _ = weekday_date(scene, int(scene.canon("weekday") or 1))
        return at, direction
    if scene.words("deictic") and scene.published is not None:
        return step_days(midnight(scene.published), int(scene.canon("deictic") or 0)), Direction("none", "none", 1.0)
    if scene.words("month"):
        reading = dated(scene, int(scene.number("day") or 0), int(scene.canon("month") or 0), year=written_year(scene))
        if reading is None or reading.value is None:
            return None, Direction("none", "none", 1.0)
        return datetime.fromisoformat(reading.value), reading.direction
    return _said_day(scene), Direction("none", "anchor", 0.8)


def _said_day(scene: Scene) -> datetime | None:
    said = scene.anchors.day_before()
    if said is not None:
        return said
    return midnight(scene.published) if scene.published is not None else None


def resolve_daypart(scene: Scene) -> Reading | None:
    """Read a part of day alone ("am Abend"), on the day that the text speaks of."""
    part = scene.canon("daypart")
    day = _said_day(scene)
    if part is None:
        return None
    if day is None:
        return undated("TIME")
    return Reading("TIME", f"{value_of(day, 'day')}T{part}", mod=scene.canon("part"), confidence=0.8)


def resolve_night(scene: Scene) -> Reading | None:
    """Read "in der Nacht zum Donnerstag": the night that begins on the day before."""
    if scene.words("month"):
        reading = dated(scene, int(scene.number("day") or 0), int(scene.canon("month") or 0), year=written_year(scene))
        if reading is None or reading.value is None:
            return reading
        at, direction = datetime.fromisoformat(reading.value), reading.direction
    elif scene.published is None:
        return undated("TIME")
    elif scene.words("deictic"):
        at, direction = (
            step_days(midnight(scene.published), int(scene.canon("deictic") or 0)),
            Direction("none", "none", 1.0),
        )
    else:
        at, direction, _ = weekday_date(scene, int(scene.canon("weekday") or 1))
    return Reading("TIME", f"{value_of(step_days(at, -1), 'day')}TNI", direction=direction)


def resolve_daypart_today(scene: Scene) -> Reading | None:
    """Read "this morning", "last night", "tonight": a part of the day of publication, or of one near it."""
    part = scene.canon("daypart")
    if part is None:
        return None
    if scene.published is None:
        return undated("TIME")
    days = int(scene.arg("days", "0"))
    day = step_days(midnight(scene.published), days)
    return Reading("TIME", f"{value_of(day, 'day')}T{part}", mod=scene.canon("part"), direction=BY_MODIFIER[days])


def resolve_part_of_date(scene: Scene) -> Reading | None:
    """Read "am Abend des 3. Mai": a part of a day that has its date."""
    day, month, part = scene.number("day"), scene.canon("month"), scene.canon("daypart")
    if day is None or month is None or part is None:
        return None
    reading = dated(scene, int(day), int(month), year=written_year(scene))
    if reading is None or reading.value is None:
        return reading
    return Reading("TIME", f"{reading.value}T{part}", direction=reading.direction, confidence=reading.confidence)
