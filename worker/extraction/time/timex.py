"""What the time layer returns: one value for each temporal expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Relation = Literal["on", "before", "after", "since", "until", "about", "within"]
Direction = Literal["past", "dct", "future", "none"]
Engine = Literal["grammar", "dateparser"]
Interval = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Timex:
    """One temporal expression of a text, with what it means.

    Attributes:
        start: Offset of its first character in the text, in code points.
        end: Offset after its last character.
        text: The words themselves, ``text[start:end]``.
        type: DATE, TIME, DURATION or SET, as in TIMEX3.
        value: The TIMEX3 value (``2025-08-06``, ``P2W``, ``PAST_REF``); None where only a publication
            date could tell it and there is none.
        mod: The TIMEX3 modifier (START, MID, END, APPROX, MORE_THAN, ...).
        quant: Of a SET: EVERY, or how often.
        anchor: Of a duration: the date it is counted from.
        interval: The extent of the value, half-open, naive local time in ISO form.
        granularity: The unit of the value, as in the contract.
        relation: How the words before it place something relative to it.
        direction: Where it lies, seen from the publication date.
        direction_reason: What decided the direction (``tense:past``, ``modifier``, ``default``, ...).
        rule: The grammar rule that found it.
        engine: Who normalised it.
        confidence: 0 to 1; lower where the direction is a default.
        approx: Whether the borders of the interval are a convention.
        joint_value: The value of the whole expression where this is a part of it: the range
            ``2025-09-03/2025-09-05``, or day and clock time together.
        joint_start: Offset of the first character of that whole expression.
        joint_end: Offset after the last character of that whole expression.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str | None
    mod: str | None = None
    quant: str | None = None
    anchor: str | None = None
    interval: Interval | None = None
    granularity: str = "unknown"
    relation: Relation = "on"
    direction: Direction = "none"
    direction_reason: str = "none"
    rule: str = ""
    engine: Engine = "grammar"
    confidence: float = 1.0
    approx: bool = False
    joint_value: str | None = None
    joint_start: int | None = None
    joint_end: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the JSON object that ``depesche times`` prints."""
        pointing = self.value is not None and self.value.endswith("_REF")  # a pointer has no extent of its own
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "type": self.type,
            "value": self.value,
            "mod": self.mod,
            "interval": None if self.interval is None or pointing else list(self.interval),
            "direction": self.direction,
            "relation": self.relation,
        }
