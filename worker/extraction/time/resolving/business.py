"""Resolvers of business news: quarters and years that a report compares with each other."""

from __future__ import annotations

from worker.extraction.time.calendar_units import add_months, start_of, step, value_of
from worker.extraction.time.extents import Extent
from worker.extraction.time.scene import Reading, Scene, undated

from .days import written_year
from .periods import resolve_relative_unit

QUARTER_REACH = 2500  # characters back in which a quarter still is what a report speaks of


def spoken_quarter(scene: Scene) -> Extent | None:
    """Give the quarter that the report speaks of, if it named one."""
    near = scene.anchors.near(scene.anchors.quarter, scene.hit.start, reach=QUARTER_REACH)
    return near.extent if near is not None else None


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
        near = scene.anchors.near(scene.anchors.last, scene.hit.start)
        base = near.extent.start if near is not None else base
    if base is None:
        return undated()
    return Reading("DATE", value_of(step(base, unit, -count), unit), confidence=0.7)


def resolve_fiscal_year(scene: Scene) -> Reading | None:
    """Read "fiscal 1989", "the current fiscal year"."""
    year = written_year(scene) if scene.words("year") else None
    if year is not None:
        return Reading("DATE", f"{year:04d}")
    if scene.words("shift"):
        return resolve_relative_unit(scene)
    if scene.published is None:
        return undated()
    return Reading("DATE", f"{scene.published.year:04d}", confidence=0.6)
