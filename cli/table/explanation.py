"""Why a field of an event has its value, as the extraction keeps it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """The rule or cue that gave a field its value."""

    field: str
    rule: str
    words: str = ""
