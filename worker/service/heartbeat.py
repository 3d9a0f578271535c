"""The sign of life of a worker: a file that it touches; how old it is says how it is."""

from __future__ import annotations

import time
from pathlib import Path

MISSED_BEATS = 6
"""So many may be missing: a machine under load is slow, not dead."""


def beat(path: Path) -> None:
    """Touch the file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(f"{time.time():.0f}\n", encoding="ascii")


def age_s(path: Path) -> float | None:
    """Give the seconds since the last sign of life; None when there was none."""
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except OSError:
        return None


def is_alive(path: Path, *, every_s: float) -> bool:
    """Tell whether the last sign of life is recent enough."""
    age = age_s(path)
    return age is not None and age <= MISSED_BEATS * every_s
