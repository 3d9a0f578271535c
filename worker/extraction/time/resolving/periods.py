"""Resolvers of expressions that name a week, month, quarter, season, year, decade or century."""

from __future__ import annotations

from datetime import datetime

from worker.extraction.time.calendar_units import (
    SEASON_STARTS,
    add_months,
    midnight,
    moment,
    start_of,
    step,
    value_of,
)
from worker.extraction.time.direction import BY_MODIFIER, Direction
from worker.extraction.time.extents import extent_of
from worker.extraction.time.scene import Reading, Scene, modifier, shifted, undated
from worker.extraction.time.timex import Engine

from .days import expand_year, written_year
from .delegating import delegated

JUST_OVER = 4  # months for which a quarter that is over is still the one in the news


def resolve_month(scene: Scene) -> Reading | None:
    """Read a month, with or without year, modifier ("im kommenden März") and part ("Anfang März")."""
    month = int(scene.canon("month") or 0)
    year = written_year(scene) if not scene.words("month_shift") else None
    part = scene.canon("part")
    if year is not None:
        own = moment(year, month)
        engine, at = delegated(scene, f"{{month:{month}}} {year:04d}", own=own, unit="month", toward="none")
        return Reading("DATE", value_of(at, "month"), mod=part, engine=engine)
    if scene.published is None:
        return undated()
    at, direction = _bare_month(scene, month, scene.published)
    toward = "past" if at <= start_of(scene.published, "month") else "future"
    engine, at = delegated(scene, f"{{month:{month}}}", own=at, unit="month", toward=toward)
    return Reading(
        "DATE", value_of(at, "month"), mod=part, direction=direction, confidence=direction.confidence, engine=engine
    )


def _bare_month(scene: Scene, month: int, published: datetime) -> tuple[datetime, Direction]:
    this = start_of(published, "month")
    past = moment(this.year if month <= this.month else this.year - 1, month)
    future = moment(this.year if month >= this.month else this.year + 1, month)
    shift = scene.canon("month_shift")
    if shift is not None:
        return _modified_month(int(shift), this, past, future)
    direction = scene.direction
    anchor_year = scene.said_year(this)
    if anchor_year is not None:
        return moment(anchor_year, month), Direction("past", "anchor", 0.7)
    if past == future:
        return past, Direction("dct", direction.reason, direction.confidence)
    if direction.reason == "default":
        nearer = past if this.month - past.month + 12 * (this.year - past.year) <= 6 else future
        return nearer, direction
    return (future if direction.toward == "future" else past), direction


def _modified_month(shift: int, this: datetime, past: datetime, future: datetime) -> tuple[datetime, Direction]:
    if shift < 0:
        return (past if past < this else add_months(past, -12)), BY_MODIFIER[-1]
    if shift > 0:
        return (future if future > this else add_months(future, 12)), BY_MODIFIER[1]
    return moment(this.year, past.month), BY_MODIFIER[0]


def resolve_year(scene: Scene) -> Reading | None:
    """Read a year in digits or words."""
    if scene.words("second_year"):
        return resolve_year_pair(scene)
    year = written_year(scene)
    if year is None:
        spelled = scene.number("number")
        year = int(spelled) if spelled else None
    if year is None or year < 1:
        return None
    own = moment(year)
    engine: Engine = "grammar"
    at = own
    if year >= 1000:
        engine, at = delegated(scene, f"{year}", own=own, unit="year", toward="none")
    return Reading("DATE", value_of(at, "year"), mod=scene.canon("part"), engine=engine)


def resolve_year_pair(scene: Scene) -> Reading | None:
    """Read "2024/25": a season or business year across two years; two years apart are two dates, but for "1914-18"."""
    first = int(scene.words("year") or 0)
    second = scene.words("second_year") or ""
    full = int(f"{first:04d}"[: 4 - len(second)] + second)
    fits = full > first if scene.arg("apart") else full == first + 1
    return Reading("DATE", f"{first:04d}/{full:04d}") if fits else None


def resolve_relative_unit(scene: Scene) -> Reading | None:
    """Read "vergangene Woche", "nächstes Jahr", "Ende dieses Monats", "Vorjahr"."""
    unit, shift = scene.canon("unit"), int(scene.canon("shift") or 0)
    if unit is None:
        return None
    if scene.published is None:
        return undated()
    at = shifted(scene.published, unit, shift)
    part = scene.canon("part")
    engine: Engine = "grammar"
    if scene.words("unit") and scene.words("shift") and unit in {"week", "month", "year"} and abs(shift) <= 1:
        phrase = f"{scene.words('shift')} {scene.words('unit')}"
        engine, at = delegated(scene, phrase, own=at, unit=unit, toward="none")
    return Reading("DATE", value_of(at, unit), mod=part, direction=modifier(shift), engine=engine)


def resolve_narrated_year(scene: Scene) -> Reading | None:
    """Read "Ende des Jahres", "that year": the year last named if the text named one, else the current one."""
    if scene.published is None:
        return undated()
    unit = scene.canon("unit") or "year"
    shift = int(scene.canon("shift") or 0)
    anchor = scene.anchors.explicit_year()
    if unit == "year" and anchor is not None and anchor < scene.published.year:
        return Reading("DATE", f"{anchor + shift:04d}", mod=scene.canon("part"), confidence=0.7)
    at = shifted(scene.published, unit, shift)
    return Reading("DATE", value_of(at, unit), mod=scene.canon("part"), direction=modifier(shift))


def resolve_weekend(scene: Scene) -> Reading | None:
    """Read "am Wochenende", "kommendes Wochenende"; on a Saturday or Sunday itself the current one."""
    if scene.published is None:
        return undated()
    this = start_of(scene.published, "weekend")
    inside = scene.published >= this
    shift = scene.canon("shift")
    if shift is not None:
        weeks = int(shift)
        if weeks == 0 and not inside and scene.direction.toward == "past" and scene.direction.reason != "default":
            weeks = -1  # "dieses Wochenende kamen Tausende", said on a Tuesday
        return _modified_weekend(weeks, this, inside=inside)
    direction = scene.direction
    if inside or direction.toward == "future":
        return Reading("DATE", value_of(this, "weekend"), direction=direction, confidence=direction.confidence)
    at = step(this, "week", -1)
    return Reading("DATE", value_of(at, "weekend"), direction=direction, confidence=direction.confidence)


def _modified_weekend(shift: int, this: datetime, *, inside: bool) -> Reading:
    weeks = {-1: -1, 0: 0, 1: 1 if inside else 0}[(shift > 0) - (shift < 0)]
    return Reading("DATE", value_of(step(this, "week", weeks), "weekend"), direction=modifier(shift))


def resolve_season(scene: Scene) -> Reading | None:
    """Read "im Herbst 2024", "diesen Sommer", "im vergangenen Winter"."""
    season = scene.canon("season")
    if season is None:
        return None
    year = written_year(scene) if {"year", "short_year", "spelled"}.intersection(scene.hit.groups) else None
    year_shift = scene.canon("year_shift")
    if year_shift is not None and scene.published is not None:
        year = scene.published.year + int(year_shift)
    if year is not None:
        return Reading("DATE", f"{year:04d}-{season}", mod=scene.canon("part"))
    if scene.published is None:
        return undated()
    at, direction = _season_start(scene, season, scene.published)
    return Reading(
        "DATE", f"{at.year:04d}-{season}", mod=scene.canon("part"), direction=direction, confidence=direction.confidence
    )


def _season_start(scene: Scene, season: str, published: datetime) -> tuple[datetime, Direction]:
    starts = [moment(published.year + offset, SEASON_STARTS[season]) for offset in (-2, -1, 0, 1, 2)]
    shift = scene.canon("shift")
    today = midnight(published)
    if shift is not None:
        return _modified_season(int(shift), starts, today)
    direction = scene.direction
    anchor_year = scene.said_year(today)
    if anchor_year is not None:
        return moment(anchor_year, SEASON_STARTS[season]), Direction("past", "anchor", 0.6)
    if direction.toward == "future":
        return min(start for start in starts if add_months(start, 3) > today), direction
    if direction.reason == "default":
        return moment(today.year, SEASON_STARTS[season]), direction
    return max(start for start in starts if start <= today), direction


def _modified_season(shift: int, starts: list[datetime], today: datetime) -> tuple[datetime, Direction]:
    if shift < 0:
        return max(start for start in starts if add_months(start, 3) <= today), BY_MODIFIER[-1]
    if shift > 0:
        return min(start for start in starts if start > today), BY_MODIFIER[1]
    current = [start for start in starts if start <= today < add_months(start, 3)]
    this_year = next(start for start in starts if start.year == today.year)
    return (current[0] if current else this_year), BY_MODIFIER[0]


def resolve_part_of_year(scene: Scene) -> Reading | None:
    """Read quarters and halves: "im zweiten Quartal", "the first half of 2024"."""
    unit = scene.arg("unit", "quarter")
    index = scene.canon_number("ordinal") or scene.number("index")
    months = 3 if unit == "quarter" else 6
    if index is None or not 1 <= index <= 12 // months:
        return None
    year = written_year(scene)
    if year is not None:
        return Reading("DATE", value_of(moment(year, int(index) * months - months + 1), unit), mod=scene.canon("part"))
    if scene.published is None:
        return undated()
    first, direction = _nearest_part(scene, int(index), months, scene.published)
    return Reading("DATE", value_of(first, unit), mod=scene.canon("part"), direction=direction, confidence=0.8)


def _nearest_part(scene: Scene, index: int, months: int, published: datetime) -> tuple[datetime, Direction]:
    """Choose the year of a quarter or half: a clear tense decides, but one just over stays what is meant."""
    starts = [moment(published.year + offset, index * months - months + 1) for offset in (-1, 0, 1)]
    direction = scene.direction
    begun = max(start for start in starts if start <= published)
    coming = min(start for start in starts if start > published)
    if add_months(begun, months + JUST_OVER) > published or direction.toward == "past":
        if direction.reason != "default" or add_months(begun, months + JUST_OVER) > published:
            return begun, direction
        return (begun if published - add_months(begun, months) < coming - published else coming), direction
    return coming, direction


def resolve_decade(scene: Scene) -> Reading | None:
    """Read "den fünfziger Jahren", "90er", "the 1990s"."""
    digits = scene.words("year")
    if digits is not None:
        return Reading("DATE", digits[:3], mod=scene.canon("part"))
    tens = scene.canon("decade") or scene.words("tens")
    if tens is None:
        return None
    year = expand_year(int(tens), scene.published)
    if scene.published is not None and year > scene.published.year:
        year -= 100
    return Reading("DATE", f"{year // 10:03d}", mod=scene.canon("part"))


def resolve_century(scene: Scene) -> Reading | None:
    """Read "im 20. Jahrhundert", "diesem Jahrhundert"."""
    index = scene.number("index") or scene.canon_number("ordinal")
    if index is None:
        if scene.published is None:
            return undated()
        index = scene.published.year // 100 + 1 + int(scene.canon("shift") or 0)
    if not 1 <= index <= 30:
        return None
    return Reading("DATE", f"{int(index) - 1:02d}", mod=scene.canon("part"))


def resolve_week_number(scene: Scene) -> Reading | None:
    """Read "Kalenderwoche 32"."""
    week, year = scene.number("index"), written_year(scene)
    if year is None and scene.published is None:
        return undated()
    if week is None:
        return None
    value = f"{year or scene.published.isocalendar()[0]:04d}-W{int(week):02d}"  # type: ignore[union-attr]
    return Reading("DATE", value) if extent_of(value) else None
