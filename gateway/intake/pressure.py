"""Holds submitters back before too much waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gateway.errors import QueueFull
from gateway.monitor import Monitor
from ledger.record import QueueName

BACKFILL_SHARE: Final = 0.8
"""A corpus leaves a fifth of the room to the news."""
LEAST_RETRY_S: Final = 2
LONGEST_RETRY_S: Final = 60
ARTICLES_PER_S: Final = 20
"""What two processes do, roughly: by it the wait is guessed until there is room again."""


@dataclass(frozen=True)
class Pressure:
    """Says whether there is room for more articles.

    Args:
        monitor: Counts what waits.
        max_waiting: Articles that may wait or be under way.
    """

    monitor: Monitor
    max_waiting: int

    def limit(self, queue: QueueName) -> int:
        """Give the number of articles from which on a queue takes no more."""
        return self.max_waiting if queue == "live" else max(1, int(self.max_waiting * BACKFILL_SHARE))

    def check(self, queue: QueueName) -> None:
        """Make sure that there is room.

        Raises:
            QueueFull: There is none; it says when to come again.
        """
        waiting, limit = self.monitor.waiting(), self.limit(queue)
        if waiting >= limit:
            wait_s = (waiting - limit) // ARTICLES_PER_S + LEAST_RETRY_S
            raise QueueFull(
                f"expected fewer than {limit:,} articles waiting, found {waiting:,}",
                retry_after_s=min(wait_s, LONGEST_RETRY_S),
            )
