"""Keeps a part of Redis' memory for the articles that are already accepted."""

from __future__ import annotations

import time
from collections.abc import Callable

from redis.exceptions import NoPermissionError

from ledger.connection import Client, translated
from ledger.errors import RedisRefused

CHECK_EVERY_S = 1.0


class Headroom:
    """Refuses new articles before Redis is full, so that those under way can be finished.

    A full Redis refuses Celery's own bookkeeping as well, and then nothing could free memory any more.

    Args:
        client: The server.
        share: Of maxmemory, from which on nothing new is taken.
        where: The server as messages name it.
        clock: Seconds that only grow; looked at once a second at most.
    """

    def __init__(
        self, client: Client, *, share: float, where: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._share = share
        self._where = where
        self._clock = clock
        self._looked_at = float("-inf")
        self._is_full = False

    def check(self) -> None:
        """Raise when there is no room for another article.

        Raises:
            RedisRefused: Nothing was stored; the same call works once memory is free.
        """
        if self._clock() - self._looked_at >= CHECK_EVERY_S:
            self._is_full = self._look()
            self._looked_at = self._clock()
        if self._is_full:
            raise RedisRefused(
                f"{self._where}: expected room for another article, "
                f"found more than {self._share:.0%} of maxmemory in use"
            )

    def _look(self) -> bool:
        with translated(self._where):
            try:
                memory = self._client.info("memory")
            except NoPermissionError:
                return False  # an account without INFO: Redis itself still refuses when it is full
        limit = int(memory.get("maxmemory", 0))
        return limit > 0 and int(memory["used_memory"]) > limit * self._share
