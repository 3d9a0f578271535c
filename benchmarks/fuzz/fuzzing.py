"""Gives a parser broken inputs, and notes what it does with them."""

from __future__ import annotations

import faulthandler
import hashlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from benchmarks.fuzz.inputs import broken
from benchmarks.fuzz.targets import Target

SLOW_S: Final = 1.0
"""Processor time from which on an input counts as a hang."""
STUCK_S: Final = 600.0
"""Where a few hundred inputs take so long, one hangs: the process ends and says what it was doing."""
PIECE: Final = 500
"""Inputs between two looks at the clock: each starts a thread anew, which takes longer than most inputs."""
KEPT: Final = 20


@dataclass
class Found:
    """What a parser did.

    Args:
        target: Which.
        inputs: How many it was given.
        accepted: How many it took.
        slowest_s: Processor time of the slowest one, in seconds.
        faults: What must not be, with the number that gives the input again.
    """

    target: str
    inputs: int = 0
    accepted: int = 0
    slowest_s: float = 0.0
    faults: list[str] = field(default_factory=list)


def fuzz(target: Target, *, seed: int, inputs: int, tell: Callable[[int], None] = lambda _count: None) -> Found:
    """Give a parser so many inputs; each has a number and can be made again from it.

    Args:
        target: The parser.
        seed: Number of the first input.
        inputs: How many.
        tell: Told how many were given since the last time.
    """
    found = Found(target.name)
    for number in range(seed, seed + inputs):
        if found.inputs % PIECE == 0:
            faulthandler.dump_traceback_later(STUCK_S, exit=True)
        data = input_of(target, number)
        started = time.thread_time()
        try:
            found.accepted += target.accepts(data)
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            _note(found, f"input {number}: {type(error).__name__}")
        took = time.thread_time() - started
        found.inputs += 1
        found.slowest_s = max(found.slowest_s, took)
        if took > SLOW_S:
            _note(found, f"input {number}: {took:.1f} s")
        if found.inputs % PIECE == 0:
            tell(PIECE)
    faulthandler.cancel_dump_traceback_later()
    return found


def input_of(target: Target, number: int) -> bytes:
    """Give the input of a number."""
    digest = hashlib.sha256(f"{target.name} {number}".encode()).digest()
    return broken(target.samples, random.Random(digest))  # noqa: S311 - no secret


def _note(found: Found, what: str) -> None:
    if len(found.faults) < KEPT:
        found.faults.append(what)
