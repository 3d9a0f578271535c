"""One finding of the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "fault"]


@dataclass(frozen=True)
class Check:
    """What was looked at and what was found."""

    name: str
    state: State
    """``note``: works without, but some command may miss it. ``fault``: something that is set up does not work."""
    found: str
    remedy: str = ""
    code: str = "internal_error"
    """Failure code of a fault: its status is the doctor's exit status."""
