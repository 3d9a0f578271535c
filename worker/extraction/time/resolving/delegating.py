"""Hands a phrase to dateparser and keeps its answer when the check passes."""

from __future__ import annotations

import re
from datetime import datetime

from worker.extraction.time.calendar_units import midnight, start_of
from worker.extraction.time.scene import Scene
from worker.extraction.time.timex import Engine

_MONTH = re.compile(r"\{month:(\d+)\}")


def delegated(scene: Scene, phrase: str, *, own: datetime, unit: str, toward: str) -> tuple[Engine, datetime]:
    """Ask dateparser; its answer stands when it is of the same unit as what is written.

    Args:
        scene: The hit.
        phrase: What to ask; ``{month:8}`` stands for the month's name.
        own: Our own arithmetic, the fallback.
        unit: The unit in which both must agree.
        toward: Where the clause points.

    Returns:
        Who answered, and the moment.
    """
    asked = _MONTH.sub(lambda found: scene.grammar.month_names[int(found[1])], phrase)
    answer = scene.source.delegate.ask(asked, toward=toward)
    if answer is None:
        return "grammar", own
    start = answer.replace(second=0, microsecond=0) if unit == "minute" else start_of(midnight(answer), unit)
    return ("dateparser", start) if start == own else ("grammar", own)
