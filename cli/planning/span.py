"""Spans of time as people write them: ``30s``, ``500ms``, ``2m``, ``1h``."""

from __future__ import annotations

import math
import re
from typing import Final

from schemas.errors import Invalid

UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3_600.0, "d": 86_400.0, "": 1.0}
_SPAN: Final = re.compile(r"(\d+(?:\.\d+)?) ?([a-z]*)")


def read_span(written: str, *, option: str) -> float:
    """Give a span in seconds.

    Args:
        written: A number and a unit; seconds where there is none.
        option: Its name, for the message.

    Raises:
        Invalid: With code ``settings_invalid``: it is none.

    Example:
        >>> read_span("500ms", option="--p99")
        0.5
    """
    found = _SPAN.fullmatch(written.strip().lower())
    seconds = float(found[1]) * UNITS[found[2]] if found and found[2] in UNITS else 0.0
    if not 0 < seconds < math.inf:
        message = f"{option}: expected a span of time such as 30s, 500ms or 2m, found {written[:20]!r}"
        raise Invalid(message, code="settings_invalid")
    return seconds


def shown(seconds: float) -> str:
    """Write a span for people.

    Example:
        >>> shown(0.25), shown(42.0), shown(5_400), shown(259_200)
        ('0.25 s', '42 s', '1.5 h', '3.0 d')
    """
    for unit, name in ((86_400.0, "d"), (3_600.0, "h"), (60.0, "min")):
        if seconds >= 1.5 * unit or (seconds >= unit and name == "d"):
            return f"{seconds / unit:.1f} {name}"
    return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"
