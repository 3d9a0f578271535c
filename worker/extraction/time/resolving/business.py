"""Resolvers of business news: quarters and years that a report compares with each other."""

from __future__ import annotations

from worker.extraction.time.calendar_units import add_months, start_of, step, value_of
from worker.extraction.time.extents import Extent
from worker.extraction.time.scene import Reading, Scene, undated

from .days import written_year

QUARTER_REACH = 2500  # characters back in which a quarter still is what a report speaks of


def spoken_quarter(scene: Scene) -> Extent | None:
    """Give the quarter that the report speaks of, if it named one."""
    near = scene.anchors.quarter(reach=QUARTER_REACH)
    if near is None or (scene.published is not None and near.extent.end > scene.published):
        return None  # a report compares quarters that are over; a forecast names one that is not
    return near.extent


def resolve_spoken_quarter(scene: Scene) -> Reading | None:
    """Read "the 1988 quarter", "the year-ago period", "last year's quarter": the quarter spoken of in another year."""
    spoken = spoken_quarter(scene)
    year = int(scene.words("year") or 0)
    if spoken is None:
        if year:
            return Reading("DATE", f"{year:04d}", confidence=0.6)
        return resolve_earlier(scene)
    years = spoken.start.year - year if year else -int(scene.canon("shift") or -1)
    return Reading("DATE", value_of(add_months(spoken.start, -12 * years), "quarter"), confidence=0.8)


def resolve_anchored_unit(scene: Scene) -> Reading | None:
    """Read "the following year": counted from the last date that the text named."""
    unit, shift = scene.canon("unit") or "year", int(scene.arg("shift", "0"))
    near = scene.anchors.last()
    base = near.extent.start if near is not None else scene.published
    if base is None:
        return undated()
    return Reading("DATE", value_of(step(start_of(base, unit), unit, shift), unit), confidence=0.7)


def resolve_year_end_day(scene: Scene) -> Reading | None:
    """Read "year-end" as the last day of the current year, as business news means it."""
    if scene.published is None:
        return undated()
    return Reading("DATE", f"{scene.published.year:04d}-12-31", mod=scene.canon("approx"), confidence=0.7)


def resolve_latest_quarter(scene: Scene) -> Reading | None:
    """Read "the quarter", "the latest period": the one spoken of, else the last one that is over."""
    spoken = spoken_quarter(scene)
    if spoken is not None:
        return Reading("DATE", value_of(spoken.start, "quarter"), confidence=0.8)
    if scene.published is None:
        return undated()
    at = add_months(start_of(scene.published, "quarter"), -3)
    return Reading("DATE", value_of(at, "quarter"), confidence=0.7)


def resolve_earlier(scene: Scene) -> Reading | None:
    """Read "a year earlier", "the year-ago quarter": counted back from the quarter or date spoken of."""
    count, unit = int(scene.number("number") or 1), scene.canon("unit") or "year"
    spoken = spoken_quarter(scene)
    if spoken is not None and unit == "year":
        return Reading("DATE", value_of(add_months(spoken.start, -12 * count), "quarter"), confidence=0.8)
    base = scene.published
    if not scene.arg("from_publication"):
        near = scene.anchors.last()
        base = near.extent.start if near is not None else base
    if base is None:
        return undated()
    return Reading("DATE", value_of(step(base, unit, -count), unit), confidence=0.7)


def resolve_fiscal_year(scene: Scene) -> Reading | None:
    """Read "fiscal 1989", "the current fiscal year"."""
    year = written_year(scene) if scene.words("year") else None
    if year is not None:
        return Reading("DATE", f"{year:04d}")
    if scene.published is None:
        return undated()
    return Reading("DATE", f"{scene.published.year + int(scene.canon('shift') or 0):04d}", confidence=0.6)
