"""Resolvers of durations: counted, vague, and seen from the publication date ("vor zwei Wochen")."""

from __future__ import annotations

from datetime import datetime

from worker.extraction.time.calendar_units import OutOfCalendar, midnight, step, step_days, value_of
from worker.extraction.time.direction import BY_MODIFIER, NO_DIRECTION, Direction
from worker.extraction.time.extents import Extent, extent_of
from worker.extraction.time.numerals import write_count
from worker.extraction.time.scene import Reading, Scene

# Unit to its TIMEX3 letter; those of a day or less follow a T.
LETTERS = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "weekend": "WE",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "millennium": "L",
    "spring": "SP",
    "summer": "SU",
    "autumn": "FA",
    "winter": "WI",
    "morning": "TMO",
    "noon": "TMI",
    "afternoon": "TAF",
    "evening": "TEV",
    "night": "TNI",
    "daytime": "TDT",
}
SPANS = {"day": 7, "week": 42, "month": 183}


def period_value(count: str, unit: str) -> str:
    """Write a duration as a TIMEX3 value."""
    letters = LETTERS[unit]
    return f"PT{count}{letters[1:]}" if letters.startswith("T") else f"P{count}{letters}"


def resolve_duration(scene: Scene) -> Reading | None:
    """Read a counted duration; with "vor" or "in" before it also when that is."""
    count, unit = scene.number("number"), scene.canon("unit") or scene.canon("part_unit")
    if unit is None or count is None:
        return None
    count += float(scene.arg("fraction", "0"))
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    value = _compound(scene, count, unit)
    mod = "APPROX" if scene.words("or_so") else scene.canon("approx")
    placed = _placed(scene, count, unit) or _later(scene, count, unit)
    if placed is None:
        return Reading("DURATION", value, mod=mod, relation=scene.relation())
    at, direction = placed
    extent = (
        extent_of(value_of(at, unit))
        if unit not in {"second", "minute", "hour"}
        else Extent(at, step(at, "minute", 1), "minute")
    )
    dated = scene.grammar.words.ago_is_date
    if dated and unit not in {"second", "minute", "hour"}:
        return Reading("DATE", value_of(at, unit), mod=mod, direction=direction, approx=True)
    return Reading(
        "DURATION",
        value,
        mod=mod,
        extent=extent,
        direction=direction,
        approx=True,
        relation="on",
        anchor=None if scene.published is None else value_of(scene.published, "day"),
    )


def _compound(scene: Scene, count: float, unit: str) -> str:
    value = period_value(write_count(count), unit)
    if scene.arg("split") and count != int(count) and unit in HALVES:
        smaller, half = HALVES[unit]
        value = period_value(write_count(int(count)), unit)
        tail = period_value(half, smaller)[1:]
        return value + (tail[1:] if tail.startswith("T") and "T" in value else tail)
    second, small = scene.number("number2"), scene.canon("unit2")
    if second is None or small is None:
        return value
    tail = period_value(write_count(second), small)[1:]
    return value + (tail[1:] if tail.startswith("T") and "T" in value else tail)


def _placed(scene: Scene, count: float, unit: str) -> tuple[datetime, Direction] | None:
    """Say when "vor zwei Wochen" is, in the unit that it is counted in."""
    ago = scene.arg("side") == "ago" or (not scene.arg("side") and scene.before("ago"))
    ahead = scene.arg("side") == "ahead" or (not scene.arg("side") and scene.before("ahead"))
    if scene.published is None or not (ago or ahead) or unit not in SIZES:
        return None
    if scene.arg("future_only") and scene.direction.toward == "past" and scene.direction.reason != "default":
        return None
    sign = -1 if ago else 1
    whole = unit if count == int(count) else SIZES[unit]
    steps = int(count) if count == int(count) else round(count * PARTS[unit])
    try:
        at = step(scene.published, whole, sign * steps)
    except OutOfCalendar:
        return None
    return at, Direction(BY_MODIFIER[sign].toward, "preposition", 0.9)


def _later(scene: Scene, count: float, unit: str) -> tuple[datetime, Direction] | None:
    """Say when "zwei Tage später" is: counted from the last day that the text named."""
    side = scene.canon("later")
    base = scene.anchors.day_before()
    if side is None or base is None or unit not in {"day", "week", "month", "year"} or count != int(count):
        return None
    return step(base, unit, int(side) * int(count)), Direction("none", "anchor", 0.7)


def resolve_whole_unit(scene: Scene) -> Reading | None:
    """Read "den ganzen Tag": one unit long."""
    unit = scene.canon("unit") or scene.grammar.canonical["part_unit"].get(scene.words("unit") or "")
    return Reading("DURATION", period_value("1", unit)) if unit else None


# Half of a unit in the next smaller one, as TimeBank writes it ("2 1/2 years": P2Y6M).
HALVES = {"year": ("month", "6"), "hour": ("minute", "30"), "minute": ("second", "30"), "day": ("hour", "12")}
# The unit that a fraction of a unit is counted in, and how many of them make one.
SIZES = {
    "second": "second",
    "minute": "second",
    "hour": "minute",
    "day": "hour",
    "week": "day",
    "month": "day",
    "quarter": "month",
    "year": "month",
    "decade": "year",
    "century": "year",
}
PARTS = {
    "second": 1,
    "minute": 60,
    "hour": 60,
    "day": 24,
    "week": 7,
    "month": 30,
    "quarter": 3,
    "year": 12,
    "decade": 10,
    "century": 100,
}


def resolve_adjective_duration(scene: Scene) -> Reading | None:
    """Read "dreitägig", "zweiwöchiger": how long something takes."""
    count, unit = scene.grammar.numerals.read((scene.words("number") or "").rstrip("-")), scene.canon("adjective_unit")
    return None if count is None or unit is None else Reading("DURATION", period_value(write_count(count), unit))


def resolve_vague_duration(scene: Scene) -> Reading | None:
    """Read "seit Jahren", "einige Wochen", "wochenlang": a duration without a number."""
    unit = scene.canon("unit")
    if unit is None:
        return None
    direction = NO_DIRECTION
    if scene.before("ago"):
        direction = Direction("past", "preposition", 0.9)
    return Reading(
        "DURATION", period_value("X", unit), mod=scene.canon("approx"), direction=direction, relation=scene.relation()
    )


def resolve_near_span(scene: Scene) -> Reading | None:
    """Read "in den kommenden Tagen", "vergangenen Wochen": no date, and an open interval."""
    unit, shift = scene.canon("unit"), int(scene.canon("shift") or 0)
    if unit is None:
        return None
    if shift < 0 and not scene.arg("past_is_ref"):
        return Reading(
            "DURATION", period_value("X", unit), extent=_span(scene, unit, -1), direction=BY_MODIFIER[-1], approx=True
        )
    value = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[(shift > 0) - (shift < 0)]
    extent = _span(scene, unit, (shift > 0) - (shift < 0))
    return Reading("DATE", value, extent=extent, direction=BY_MODIFIER[(shift > 0) - (shift < 0)], approx=True)


def _span(scene: Scene, unit: str, sign: int) -> Extent | None:
    if scene.published is None or unit not in SPANS or sign == 0:
        return None
    today = midnight(scene.published)
    days = SPANS[unit]
    if sign > 0:
        return Extent(step_days(today, 1), step_days(today, days + 1), "day")
    return Extent(step_days(today, -days), today, "day")


def resolve_last_units(scene: Scene) -> Reading | None:
    """Read "den vergangenen drei Monaten", "the next five years": a duration that touches the publication date."""
    count, unit, shift = scene.number("number"), scene.canon("unit"), int(scene.canon("shift") or 0)
    if count is None or unit is None:
        return None
    direction = BY_MODIFIER[(shift > 0) - (shift < 0)]
    extent = None
    if scene.published is not None and unit in SIZES and shift and count == int(count):
        try:
            extent = _touching(midnight(scene.published), unit, int(count), shift)
        except OutOfCalendar:
            extent = None
    return Reading(
        "DURATION",
        period_value(write_count(count), unit),
        mod=scene.canon("approx"),
        extent=extent,
        direction=direction,
        approx=True,
        relation="within",
    )


def _touching(today: datetime, unit: str, count: int, shift: int) -> Extent:
    if shift < 0:
        return Extent(step(today, unit, -count), today, unit)
    return Extent(step_days(today, 1), step(step_days(today, 1), unit, count), unit)
