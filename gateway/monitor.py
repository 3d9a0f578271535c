"""What the gateway knows of the queue: how much waits, whether somebody works on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from ledger.connection import Client, check_fitness, translated
from schemas.names import KEY_LEASES, KEY_WORKER

WORKERS_EVERY_S: Final = 5.0
"""Looking for workers walks over the keys; health checks may come more often than that is worth."""


class Monitor(Protocol):
    """Looks at the queue."""

    def waiting(self) -> int:
        """Give the number of articles that wait or are under way."""
        ...

    def workers(self) -> int:
        """Give the number of workers that have given a sign of life."""
        ...

    def check(self) -> None:
        """Make sure that the server answers and can hold the queue.

        Raises:
            RedisUnreachable: It does not answer.
            RedisUnfit: It may lose articles.
        """
        ...


class RedisMonitor:
    """The monitor on Redis.

    Args:
        client: The server.
        where: The server as messages name it.
        clock: Seconds that only grow.
    """

    def __init__(self, client: Client, *, where: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._where = where
        self._clock = clock
        self._lock = threading.Lock()
        self._workers = 0
        self._looked_at = float("-inf")

    def waiting(self) -> int:
        """Give the number of articles that wait or are under way."""
        with translated(self._where):
            return int(self._client.zcard(KEY_LEASES))

    def workers(self) -> int:
        """Give the number of workers that have given a sign of life; looked for every few seconds."""
        with self._lock:
            if self._clock() - self._looked_at >= WORKERS_EVERY_S:
                with translated(self._where):
                    self._workers = sum(1 for _ in self._client.scan_iter(match=f"{KEY_WORKER}*", count=5_000))
                self._looked_at = self._clock()
            return self._workers

    def check(self) -> None:
        """Make sure that the server answers and can hold the queue."""
        check_fitness(self._client, where=self._where)


class MemoryMonitor:
    """A monitor that says what it is told, for tests."""

    def __init__(self, *, waiting: Callable[[], int] = lambda: 0, workers: int = 1) -> None:
        self.count_waiting = waiting
        self.count_workers = workers
        self.fault: Exception | None = None

    def waiting(self) -> int:
        """Give the number of articles that wait or are under way."""
        if self.fault is not None:
            raise self.fault
        return self.count_waiting()

    def workers(self) -> int:
        """Give the number of workers."""
        return self.count_workers

    def check(self) -> None:
        """Raise what a test wants to be raised."""
        if self.fault is not None:
            raise self.fault
