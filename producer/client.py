"""The client: hands articles in and gets their results back."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Self

from ledger.connection import resolve_url
from ledger.message import limit_of, pending, plan_messages
from ledger.protocol import Ledger
from ledger.record import Acceptance, ArticleStatus, QueueName, StoredFailure, Work
from ledger.redis_ledger import RedisLedger
from ledger.settings import LedgerSettings, read_settings
from producer.celery_queue import CeleryQueue
from producer.queue import Queue
from producer.refusal import Handed, to_article, to_failure
from producer.replay import to_article_again
from producer.submission import Submission
from schemas.article import Article
from schemas.errors import DepescheError, Invalid, InvalidArticle, Transient
from schemas.failure import Failure
from schemas.identity import article_id, content_hash
from schemas.result import Result

CHUNK_ARTICLES: Final = 256
"""Articles per round trip to Redis."""
CHUNK_CHARS: Final = 4_000_000
"""Characters per round trip: a chunk of long articles stays small in memory."""


class Client:
    """Hands articles to the queue and looks up what became of them.

    Args:
        url: The Redis server; without one DEPESCHE_REDIS_URL, else the server that ``depesche up`` runs in this folder.
        settings: Limits and lifetimes; read from the environment when left out.
        ledger: Another ledger, for tests.
        queue: Another queue, for tests.

    Raises:
        RedisUnreachable: No server is named or running.
        SettingsInvalid: A variable of the environment has a value that is not allowed.

    Note:
        Safe among threads, not across a fork.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        settings: LedgerSettings | None = None,
        ledger: Ledger | None = None,
        queue: Queue | None = None,
    ) -> None:
        self._settings = settings or read_settings(LedgerSettings)
        address = url or (resolve_url(self._settings) if ledger is None or queue is None else "")
        self._ledger: Ledger = ledger or RedisLedger.open(self._settings, url=address)
        self._queue: Queue = queue or CeleryQueue(address, self._settings)

    def submit(self, article: Article, *, queue: QueueName = "live", again: bool = False) -> Submission:
        """Hand one article in.

        Submitting the same article again is harmless: the same id with the same content is the same work.

        Args:
            article: The article.
            queue: ``live`` for news, ``backfill`` for corpora.
            again: Work on it once more although the same content is done or failed.

        Raises:
            InvalidArticle: The text is longer than this installation allows.
            RedisUnreachable: Redis does not answer; submit again later.
            RedisRefused: Redis is full or read-only; submit again later.
        """
        checked = to_article(article, where="article", max_text_chars=self._settings.max_text_chars)
        return self._hand_in([checked], queue=queue, again=again)[0]

    def submit_many(
        self, articles: Iterable[Handed], *, queue: QueueName = "live", again: bool = False
    ) -> Iterator[Submission | Failure]:
        """Hand many articles in, several at a time.

        Args:
            articles: Articles, their fields, or their JSON; read as needed, so it may be long.
            queue: ``live`` for news, ``backfill`` for corpora.
            again: Work on them once more although the same content is done or failed.

        Yields:
            For each, in order: its submission, or the failure that says why it is no article. One that is none does
            not stop the others.

        Raises:
            RedisUnreachable: Redis does not answer; those yielded are safe, and submitting all again is harmless.
            RedisRefused: Redis is full or read-only; likewise.
        """
        for chunk in self._chunks(articles):
            good = [each for each in chunk if isinstance(each, Article)]
            submissions = iter(self._hand_in(good, queue=queue, again=again))
            for each in chunk:
                yield each if isinstance(each, Failure) else next(submissions)

    def result(self, article_id: str) -> Result | None:
        """Give the latest result of an article; None when there is none (yet, or any more)."""
        return self._ledger.result(article_id)

    def status(self, article_id: str) -> ArticleStatus:
        """Say where an article stands: queued, running, done, failed (with the failure) or unknown."""
        return self._ledger.status(article_id)

    def wait(self, article_id: str, *, timeout_s: float = 60.0) -> Result | Failure:
        """Wait until an article is done or has failed.

        Raises:
            Transient: With code ``wait_timeout``: it was not ready in time; ask again later.
            Invalid: With code ``not_found``: it was never submitted, or what became of it is no longer kept.
        """
        deadline = time.monotonic() + timeout_s
        for pause_s in _pauses():
            status = self.status(article_id)
            if status.status not in {"queued", "running"}:
                return self._outcome(status)
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise Transient(
                    f"article {article_id}: expected a result within {timeout_s:g} s, found it {status.status}",
                    code="wait_timeout",
                )
            time.sleep(min(pause_s, left_s))
        raise AssertionError  # the pauses never end

    def _outcome(self, status: ArticleStatus) -> Result | Failure:
        outcome = status.failure if status.status == "failed" else self.result(status.article_id)
        if status.status == "unknown" or outcome is None:
            found = "none" if status.status == "unknown" else f"that it is {status.status}, and no more is kept"
            raise Invalid(f"article {status.article_id}: expected a result, found {found}", code="not_found")
        return outcome

    def failures(self, *, limit: int = 100) -> list[StoredFailure]:
        """Give the failures that are kept, the latest first."""
        return self._ledger.failures(limit=limit)

    def failure(self, failure_id: str) -> StoredFailure | None:
        """Give one failure with what came in: by the article's id, or the id that the list shows."""
        return self._ledger.failure(failure_id)

    def failure_ids(self) -> list[str]:
        """Give the ids of all failures that are kept, the oldest first."""
        return self._ledger.failure_ids()

    def replay(self, stored: StoredFailure, *, queue: QueueName = "live") -> Submission:
        """Hand in again what failed; what was no article is read again, for instance with a larger limit.

        The failure is gone then, until the article fails again.

        Args:
            stored: The failure, as ``failure`` gives it.
            queue: ``live`` for news, ``backfill`` for corpora.

        Raises:
            Invalid: With code ``text_gone``: what came in is not kept.
            InvalidArticle: What came in still is no article; the failure stays.
            RedisUnreachable: Redis does not answer; replay again later.
            RedisRefused: Redis is full or read-only; replay again later.
        """
        article = to_article_again(stored, max_text_chars=self._settings.max_text_chars)
        submission = self.submit(article, queue=queue, again=True)
        if stored.failure_id != submission.article_id:
            self._ledger.delete(stored.failure_id)
        return submission

    def close(self) -> None:
        """Close the connections."""
        self._queue.close()
        self._ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _chunks(self, articles: Iterable[Handed]) -> Iterator[list[Article | Failure]]:
        chunk: list[Article | Failure] = []
        chars = 0
        for number, handed in enumerate(articles, start=1):
            checked = self._check(handed, where=f"article {number}")
            chunk.append(checked)
            chars += len(checked.text) if isinstance(checked, Article) else 0
            if len(chunk) >= CHUNK_ARTICLES or chars >= CHUNK_CHARS:
                yield chunk
                chunk, chars = [], 0
        if chunk:
            yield chunk

    def _check(self, handed: Handed, *, where: str) -> Article | Failure:
        try:
            return to_article(handed, where=where, max_text_chars=self._settings.max_text_chars)
        except InvalidArticle as error:
            return to_failure(error, handed, failed_at=datetime.now(UTC))

    def _hand_in(self, articles: Sequence[Article], *, queue: QueueName, again: bool) -> list[Submission]:
        """Accept first, send then: what is accepted and not sent, the sweeper sends."""
        works = [self._work(article, queue=queue) for article in articles]
        acceptances = self._ledger.accept(works, again=again)
        self._send(works, acceptances)
        return [
            Submission(each.article_id, revision=each.revision, status=each.status, is_new=each.is_new)
            for each in acceptances
        ]

    def _work(self, article: Article, *, queue: QueueName) -> Work:
        settings = self._settings
        return Work(
            article_id=article_id(article),
            content_hash=content_hash(article),
            article=article,
            queue=queue,
            limit_s=limit_of(article.text, base_s=settings.article_timeout_s, words_per_s=settings.words_per_s),
        )

    def _send(self, works: Sequence[Work], acceptances: Sequence[Acceptance]) -> None:
        unsent = {
            work.article_id: pending(work) for work, each in zip(works, acceptances, strict=True) if each.is_to_send
        }
        messages = plan_messages(
            unsent.values(),
            max_ids=self._settings.message_max_articles,
            max_limit_s=self._settings.message_max_limit_s,
            alone_chars=self._settings.message_alone_chars,
        )
        try:
            for message in messages:
                self._queue.send(message)
        except DepescheError as error:
            error.add_note(
                "The articles are accepted; they are sent later by themselves. Submitting again is harmless."
            )
            raise
        self._ledger.mark_sent(unsent)


def _pauses() -> Iterator[float]:
    """Ask often at first, later twice a second."""
    pause_s = 0.02
    while True:
        yield pause_s
        pause_s = min(0.5, pause_s * 1.3)
