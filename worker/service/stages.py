"""Measures the stages of the work on an article, as histograms and as spans."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TypeAlias

from ledger.metrics import Meter
from ledger.tracing import span
from worker.service.metrics import STAGES

Observe: TypeAlias = Callable[[str], AbstractContextManager[object]]
"""As the extraction knows it (``worker.extraction.observing``), which is not loaded for a name."""


def unobserved(_stage: str) -> AbstractContextManager[object]:
    """Let a stage be."""
    return nullcontext()


class Stages:
    """Enter it around a stage: ``with stages("parse"): …``.

    Args:
        meter: Gives the meter of this process.
        clock: Seconds that only grow.
    """

    def __init__(self, meter: Callable[[], Meter], *, clock: Callable[[], float] = time.perf_counter) -> None:
        self._meter = meter
        self._clock = clock

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Measure what is inside, also when it ends by an error."""
        began = self._clock()
        try:
            with span(stage):
                yield
        finally:
            self._meter().observe(STAGES, self._clock() - began, stage)
