"""Resolvers of sets ("jeden Montag") and of words that only point ("damals")."""

from __future__ import annotations

from worker.extraction.time.direction import Direction
from worker.extraction.time.numerals import write_count
from worker.extraction.time.scene import Reading, Scene

from .counted import period_value

POINTERS = {"PAST_REF": "past", "PRESENT_REF": "dct", "FUTURE_REF": "future"}


def resolve_set(scene: Scene) -> Reading | None:
    """Read a repetition: "täglich", "jedes Jahr", "alle vier Jahre", "jeden Montag", "montags"."""
    quant = scene.canon("quant", "EVERY")
    weekday, part, unit = scene.canon("weekday"), scene.canon("daypart"), scene.canon("unit")
    month, season = scene.canon("month"), scene.canon("season")
    if weekday is not None:
        return Reading("SET", f"XXXX-WXX-{weekday}" + (f"T{part}" if part else ""), quant=quant)
    if part is not None:
        return Reading("SET", f"XXXX-XX-XXT{part}" if scene.arg("form") != "PT" else f"PT1{part}", quant=quant)
    if month is not None:
        return Reading("SET", f"XXXX-{int(month):02d}", quant=quant)
    if season is not None:
        return Reading("SET", f"XXXX-{season}", quant=quant)
    if unit is not None:
        return Reading("SET", period_value(write_count(_interval_count(scene)), unit), quant=quant)
    value = scene.canon("set")
    return Reading("SET", value, quant=quant) if value else None


def _interval_count(scene: Scene) -> float:
    """Say how many units lie between: in "three times a year" the number counts the times, not the years."""
    if scene.arg("once"):
        return 1
    return float(scene.arg("count", "0")) or scene.number("number") or 1


def resolve_pointer(scene: Scene) -> Reading | None:
    """Read a word that says only past, present or future."""
    value = scene.canon("ref")
    if value is None:
        return None
    toward = POINTERS.get(value, "none")
    return Reading("DATE", value, direction=Direction(toward, "word", 0.9))  # type: ignore[arg-type]


def resolve_pointer_of(scene: Scene) -> Reading | None:
    """Read "von heute", "von morgen" after a noun: these times, times to come."""
    offset = {"heute": 0, "morgen": 1, "gestern": -1}.get(scene.words("ref") or "", 0)
    value = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[offset]
    return Reading("DATE", value, direction=Direction(POINTERS[value], "word", 0.7))  # type: ignore[arg-type]


def resolve_constant(scene: Scene) -> Reading | None:
    """Read an expression whose value stands in the rule."""
    kind = scene.arg("type", "DATE")
    return Reading(kind, scene.arg("value"))  # type: ignore[arg-type]
