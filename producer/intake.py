"""Takes over what others put on the stream of articles: for services that have a Redis client and nothing else."""

from __future__ import annotations

import json
import os
import random
import socket
import threading
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final, Self

import structlog

from ledger.connection import open_redis, resolve_url, shown
from ledger.group import Entry, Group
from ledger.protocol import Ledger
from ledger.redis_ledger import RedisLedger
from ledger.settings import LedgerSettings
from producer.client import Client
from producer.refusal import to_article, to_failure
from schemas.article import Article
from schemas.errors import InvalidArticle, Transient
from schemas.failure import Failure
from schemas.names import GROUP_INTAKE, STREAM_ARTICLES

BATCH: Final = 100
BLOCK_S: Final = 1.0
CLAIM_AFTER_S: Final = 30.0
LONGEST_PAUSE_S: Final = 5.0
ESCAPE: Final = "surrogateescape"

log = structlog.get_logger(__name__)


class Intake:
    """The bridge from the stream ``depesche:articles`` into the queue.

    Several may run: each entry is taken by one of them, and what a dead one left is taken over. An entry leaves the
    stream once its article is in the queue, or its failure among the failures.

    Args:
        client: Hands the articles in.
        ledger: Keeps the failures of what is no article.
        settings: Limits and timeouts.
        url: The Redis server.
    """

    def __init__(self, client: Client, ledger: Ledger, settings: LedgerSettings, *, url: str) -> None:
        self._client = client
        self._ledger = ledger
        self._settings = settings
        self._stopped = threading.Event()
        self._group = Group(
            # Strangers write here, in whatever encoding: an entry that is no UTF-8 must not stop the bridge.
            open_redis(settings, url=url, encoding_errors=ESCAPE),
            stream=STREAM_ARTICLES,
            group=GROUP_INTAKE,
            # A name of its own each time: what an earlier run left is claimed like that of any other.
            consumer=f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}",
            start="0",
            where=shown(url),
        )

    @classmethod
    def open(cls, settings: LedgerSettings, *, url: str | None = None) -> Self:
        """Open the bridge on the server of the settings, or on ``url``.

        Raises:
            RedisUnreachable: No server is named or running.
        """
        address = url or resolve_url(settings)
        ledger = RedisLedger.open(settings, url=address)
        return cls(Client(address, settings=settings, ledger=ledger), ledger, settings, url=address)

    def run(self, *, on_round: Callable[[], None] = lambda: None) -> None:
        """Take over until stopped; a Redis that is away is waited for.

        Args:
            on_round: Called after each round, for a sign of life.
        """
        failures = 0
        while not self._stopped.is_set():
            try:
                self.take(block_s=min(BLOCK_S, self._settings.redis_timeout_s / 2))
            except Transient as error:
                failures += 1
                if failures == 1:
                    log.warning("intake interrupted", code=error.code, message=error.message)
                self._pause(failures)
            else:
                failures = 0
            on_round()

    def close(self) -> None:
        """Stop, and close the connection."""
        self.stop()
        self._group.client.close()

    def stop(self) -> None:
        """End ``run`` after the round at hand."""
        self._stopped.set()

    def take(self, *, block_s: float = 0.001, claim_after_s: float = CLAIM_AFTER_S) -> int:
        """Take over once: first what a dead bridge left, then what is new.

        Returns:
            How many entries were taken over.

        Raises:
            RedisUnreachable: Redis does not answer; what was not taken over stays in the stream.
            RedisRefused: Redis is full; likewise.
        """
        entries = self._group.claim(BATCH, idle_s=claim_after_s) or self._group.new(BATCH, block_s=block_s)
        if not entries:
            return 0
        self._hand_over(entries)
        # Gone from the stream as well: it must not grow, and nobody else reads it.
        self._group.remove(*[each.id for each in entries])
        return len(entries)

    def _hand_over(self, entries: Sequence[Entry]) -> None:
        checked = [self._check(each) for each in entries]
        refused = [each for each in checked if isinstance(each, Failure)]
        for entry, each in zip(entries, checked, strict=True):
            if isinstance(each, Failure):
                self._ledger.record_failure(each, failure_id=f"{STREAM_ARTICLES}:{entry.id}")
        taken = list(self._client.submit_many(each for each in checked if isinstance(each, Article)))
        log.info("articles taken over", articles=len(taken), refused=len(refused))

    def _check(self, entry: Entry) -> Article | Failure:
        where = f"{STREAM_ARTICLES} entry {entry.id}"
        if "article" not in entry.fields:
            error = InvalidArticle(f"{where}: expected the field article, found others", code="field_missing")
            return to_failure(error, json.dumps(dict(entry.fields)), failed_at=datetime.now(UTC))
        handed = entry.fields["article"].encode("utf-8", ESCAPE)
        try:
            return to_article(handed, where=where, max_text_chars=self._settings.max_text_chars)
        except InvalidArticle as error:
            return to_failure(error, handed, failed_at=datetime.now(UTC))

    def _pause(self, failures: int) -> None:
        self._stopped.wait(min(LONGEST_PAUSE_S, 0.1 * 2**failures) * random.uniform(0.5, 1.0))  # noqa: S311 - no secret
