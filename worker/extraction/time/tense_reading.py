"""What a clause says about time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tense = Literal["past", "present", "future"]


@dataclass(frozen=True, slots=True)
class TenseReading:
    """The tense of a clause.

    Attributes:
        tense: None where it holds no verb that was recognised.
        reason: ``tense`` or ``infinitive`` from words, ``parse`` from a parse, ``planned`` from a word of planning.
    """

    tense: Tense | None
    reason: str


NO_TENSE = TenseReading(None, "none")
