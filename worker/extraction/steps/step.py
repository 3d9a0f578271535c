"""What a step is, and the check that a chain of steps fits together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from worker.extraction.document import Document
from worker.extraction.errors import ChainBroken

GIVEN = frozenset({"article", "language", "pack"})
"""What every document has before the first step."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it needs of the document, what it adds, and the function that does it."""

    name: str
    needs: frozenset[str]
    adds: frozenset[str]
    run: Callable[[Document], Document]


def check_chain(steps: Sequence[Step], *, given: frozenset[str] = GIVEN) -> None:
    """Make sure that each step finds what it needs.

    Raises:
        ChainBroken: A step needs what no step before it adds; the message names both.
    """
    have = set(given)
    for step in steps:
        if missing := step.needs - have:
            found = ", ".join(sorted(have))
            raise ChainBroken(f"step {step.name} needs {', '.join(sorted(missing))}, found only {found}")
        have |= step.adds
