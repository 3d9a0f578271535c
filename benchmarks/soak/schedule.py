"""When the faults come, and which: by the clock, however long each takes, and of every kind its share."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from benchmarks.soak.faults import Kind

PACE_S: Final = 12.0
"""One fault in so many seconds: 150 in half an hour, and a worker that is started again has time to work."""
BREATH_S: Final = 1.0
"""Between two faults at least, where a slow machine has fallen behind."""


class Schedule:
    """Gives one fault after the other.

    The time is cut into equal pieces with one fault at a random moment of each, so that faults which take long do not
    make the others fewer: those come one after the other until the schedule is caught up with.

    Args:
        kinds: The faults that can be done; each comes as often as its weight says, in random order.
        chance: Decides on order and moments.
        pace_s: Length of a piece, in seconds.
    """

    def __init__(self, kinds: Sequence[Kind], *, chance: random.Random, pace_s: float = PACE_S) -> None:
        self._kinds = [kind for kind in kinds for _ in range(kind.weight)]
        self._chance = chance
        self._pace_s = pace_s
        self._bag: list[Kind] = []
        self._number = 0

    def next(self, *, now_s: float) -> tuple[float, Kind]:
        """Give the moment of the next fault, in seconds since the start and never before ``now_s``, and the fault."""
        if not self._bag:
            self._bag = self._chance.sample(self._kinds, len(self._kinds))
        due_s = (self._number + self._chance.random()) * self._pace_s
        self._number += 1
        return max(due_s, now_s + BREATH_S), self._bag.pop()
