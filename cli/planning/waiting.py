"""How long an article takes from the queue to its result, when so many processes share the work.

Articles come at random, one by one, and the process that is free first takes the next: a queue M/G/c. How many wait is
given by Erlang's formula, how long they do by an exponential whose mean is that of the formula of Allen and Cunneen.

Source: A. O. Allen, Probability, Statistics, and Queueing Theory, 2nd edition, 1990, section 5.3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, pvariance
from typing import Final

BUSIEST: Final = 0.85
"""Share of the time that processes may be busy in the busiest hour: what waits after an interruption must be caught up
with, and estimates are estimates."""
_HALVINGS: Final = 60


def processes_for(*, rate_per_s: float, service_s: Sequence[float], p99_s: float) -> int | None:
    """Give the least number of processes with which 99 of 100 articles are done in time.

    Args:
        rate_per_s: Articles a second.
        service_s: Extraction times, each for the same share of the articles, rising.
        p99_s: In so many seconds, waiting included.

    Returns:
        None when the extraction alone takes longer.
    """
    if time_to_result(0.99, rate_per_s=0.0, service_s=service_s, processes=1) > p99_s:
        return None
    load = rate_per_s * fmean(service_s)
    count = max(1, math.ceil(load / BUSIEST))
    while time_to_result(0.99, rate_per_s=rate_per_s, service_s=service_s, processes=count) > p99_s:
        count += 1
    return count


def time_to_result(share: float, *, rate_per_s: float, service_s: Sequence[float], processes: int) -> float:
    """Give the time within which such a share of the articles is done, in seconds.

    Args:
        share: Of the articles, above 0 and below 1.
        rate_per_s: Articles a second.
        service_s: Extraction times, each for the same share of the articles, rising.
        processes: So many work.
    """
    mean = fmean(service_s)
    load = rate_per_s * mean
    if load >= processes:
        return math.inf
    spread = pvariance(service_s) / mean**2
    waiting = _share_that_waits(load, processes)
    decay = 2 * (processes - load) / (mean * (1 + spread))

    def later_than(time_s: float) -> float:
        return fmean(
            1.0 if time_s < each else min(1.0, waiting * math.exp(-decay * (time_s - each))) for each in service_s
        )

    low, high = 0.0, max(service_s) + 100 / decay
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if later_than(middle) > 1 - share else (low, middle)
    return high


def _share_that_waits(load: float, processes: int) -> float:
    """Give the probability that all are busy, by Erlang's C; its recurrence holds for thousands of them."""
    blocked = 1.0
    for number in range(1, processes + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked / (1 - (load / processes) * (1 - blocked))
