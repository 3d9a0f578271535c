"""Looking things up in the ledger on Redis, and the connection that it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Self, cast

from pydantic import ValidationError

from ledger.connection import Client, check_fitness, open_redis, resolve_url, shown, translated
from ledger.record import ArticleStatus, KnownStatus, Outcomes, StoredFailure
from ledger.settings import LedgerSettings
from schemas.article import Article
from schemas.failure import Failure
from schemas.names import INDEX_FAILURES, KEY_ARTICLE, KEY_FAILURE, KEY_OUTCOMES, KEY_PAYLOAD, KEY_RESULT
from schemas.result import Result


class RedisReader:
    """The half of the ledger that changes nothing.

    Args:
        client: An open client that decodes to strings.
        settings: Limits and lifetimes.
        where: The server as messages name it, without password.
    """

    def __init__(self, client: Client, settings: LedgerSettings, *, where: str = "redis") -> None:
        self._client = client
        self._settings = settings
        self._where = where

    @classmethod
    def open(cls, settings: LedgerSettings | None = None, *, url: str | None = None) -> Self:
        """Open the ledger on the server of the settings, or on ``url``.

        Raises:
            RedisUnreachable: No server is named or running.
        """
        chosen = settings or LedgerSettings()
        address = url or resolve_url(chosen)
        return cls(open_redis(chosen, url=address), chosen, where=shown(address))

    @property
    def client(self) -> Client:
        """The Redis client below."""
        return self._client

    @property
    def where(self) -> str:
        """The server, without password."""
        return self._where

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def check_fitness(self) -> None:
        """Make sure that the server can hold the queue.

        Raises:
            RedisUnfit: It may lose articles; the message says what mends it.
        """
        check_fitness(self._client, where=self._where)

    def status(self, article_id: str) -> ArticleStatus:
        """Say where an article stands."""
        with translated(self._where):
            pipe = self._client.pipeline()
            pipe.hmget(KEY_ARTICLE + article_id, ["status", "revision", "attempts"])
            pipe.get(KEY_FAILURE + article_id)
            (status, revision, attempts), failure = pipe.execute()
        if status is None:
            return ArticleStatus(article_id, "unknown", failure=_failure(failure))
        return ArticleStatus(
            article_id,
            cast("KnownStatus", status),
            revision=int(revision),
            attempts=int(attempts or 0),
            failure=_failure(failure),
        )

    def article(self, article_id: str) -> Article | None:
        """Give an article as it was handed in, as long as its text is kept."""
        with translated(self._where):
            stored = self._client.get(KEY_PAYLOAD + article_id)
        if stored is None:
            return None
        try:
            return Article.model_validate_json(stored, context={"max_text_chars": len(stored)})
        except ValidationError:
            return None  # stored by a version of other rules: as good as gone

    def result(self, article_id: str) -> Result | None:
        """Give the latest result of an article, if it has one that is still kept."""
        with translated(self._where):
            stored = self._client.get(KEY_RESULT + article_id)
        return None if stored is None else Result.model_validate_json(stored)

    def failure(self, failure_id: str) -> StoredFailure | None:
        """Give one failure, with what came in."""
        with translated(self._where):
            stored = self._client.get(KEY_FAILURE + failure_id)
        failure = _failure(stored)
        return None if failure is None else StoredFailure(failure_id, failure)

    def failures(self, *, limit: int = 100) -> list[StoredFailure]:
        """Give the failures that are kept, the latest first."""
        with translated(self._where):
            ids = cast("list[str]", self._client.zrange(INDEX_FAILURES, 0, limit - 1, desc=True))
            stored = self._client.mget([KEY_FAILURE + each for each in ids]) if ids else []
        return list(_pair(ids, stored))

    def outcomes(self, *, window_s: float) -> Outcomes:
        """Count how the articles ended of the last while, in whole minutes, two hours at most."""
        with translated(self._where):
            seconds, _ = self._client.time()
            pipe = self._client.pipeline(transaction=False)
            for minute in range(int(seconds - window_s) // 60 + 1, seconds // 60 + 1):
                pipe.hgetall(f"{KEY_OUTCOMES}{minute}")
            counts = pipe.execute()
        return Outcomes(
            **{each.name: sum(int(minute.get(each.name, 0)) for minute in counts) for each in fields(Outcomes)}
        )

    def failure_ids(self) -> list[str]:
        """Give the ids of all failures, the oldest first; one whose lifetime ends meanwhile is not there any more."""
        with translated(self._where):
            return cast("list[str]", self._client.zrange(INDEX_FAILURES, 0, -1))


def _pair(ids: Sequence[str], stored: Sequence[str | bytes | None]) -> Iterator[StoredFailure]:
    for failure_id, each in zip(ids, stored, strict=True):
        failure = _failure(each)
        if failure is not None:
            yield StoredFailure(failure_id, failure)


def _failure(stored: str | bytes | None) -> Failure | None:
    if stored is None:
        return None
    return Failure.model_validate_json(stored, context={"max_text_chars": len(stored)})
