"""Whether an expression lies before or after the publication: decided before it is normalised."""

from __future__ import annotations

from dataclasses import dataclass

from .tense_reading import TenseReading
from .timex import Direction as DirectionName


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction with what decided it.

    Attributes:
        toward: past, dct (the day of publication itself), future or none.
        reason: For the reader of a result: ``tense:past``, ``planned``, ``modifier``, ``preposition``, ``default``.
        confidence: How sure the value is that depends on it.
    """

    toward: DirectionName
    reason: str
    confidence: float


NO_DIRECTION = Direction("none", "none", 1.0)
BY_MODIFIER = {
    -1: Direction("past", "modifier", 1.0),
    0: Direction("dct", "modifier", 0.95),
    1: Direction("future", "modifier", 1.0),
}
# In dailies a bare weekday without a verb is one that has been: 27 of 40 in KRAUTS (development part).
DEFAULT = Direction("past", "default", 0.6)


def direction_of(reading: TenseReading) -> Direction:
    """Turn the tense of a clause into a direction; present tense with a date looks ahead ("reist am Freitag")."""
    if reading.tense is None:
        return DEFAULT
    if reading.tense == "past":
        return Direction("past", f"{reading.reason}:past", 0.95)
    if reading.tense == "future":
        reason = reading.reason if reading.reason in {"planned", "infinitive"} else f"{reading.reason}:future"
        return Direction("future", reason, 0.95)
    return Direction("future", f"{reading.reason}:present", 0.8)
