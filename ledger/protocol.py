"""What a ledger can do; ``RedisLedger`` does it for real, ``MemoryLedger`` in tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from ledger.record import (
    Acceptance,
    ArticleStatus,
    FailVerdict,
    FinishVerdict,
    Lease,
    Outcomes,
    Pending,
    Start,
    StoredFailure,
    Work,
)
from schemas.article import Article
from schemas.failure import Failure
from schemas.result import Result


class Ledger(Protocol):
    """Keeps what is known of each article, so that it ends in exactly one result or one failure."""

    def accept(self, works: Sequence[Work], *, again: bool = False) -> list[Acceptance]:
        """Take articles in, and say of each whether it is new.

        Args:
            works: The articles.
            again: Work on an article once more although the same content is done or failed.

        Raises:
            RedisRefused: The server is full; nothing of what raised was stored.
        """
        ...

    def mark_sent(self, article_ids: Iterable[str]) -> None:
        """Note that the messages with these articles are on their queue."""
        ...

    def start(self, article_id: str, *, holder: str) -> Start:
        """Ask to work on an article; counts the attempt.

        Args:
            article_id: Which.
            holder: Who asks: the id of the Celery message. The same message asking again means that its worker died.
        """
        ...

    def finish(self, lease: Lease, result: Result) -> FinishVerdict:
        """Publish an article's result, once."""
        ...

    def fail(self, lease: Lease, failure: Failure, *, retry: bool = False) -> FailVerdict:
        """Set an article aside, once; or send it back where ``retry`` and attempts are left."""
        ...

    def record_failure(self, failure: Failure, *, failure_id: str) -> bool:
        """Keep the failure of something that never became an article; False when it is known already."""
        ...

    def sweep(self, *, limit: int = 500) -> list[Pending]:
        """Claim the articles whose lease has run out; the caller sends them again."""
        ...

    def status(self, article_id: str) -> ArticleStatus:
        """Say where an article stands."""
        ...

    def article(self, article_id: str) -> Article | None:
        """Give an article as it was handed in, as long as its text is kept (``text_lifetime_s``)."""
        ...

    def result(self, article_id: str) -> Result | None:
        """Give the latest result of an article, if it has one that is still kept."""
        ...

    def failure(self, failure_id: str) -> StoredFailure | None:
        """Give one failure, with what came in."""
        ...

    def failures(self, *, limit: int = 100) -> list[StoredFailure]:
        """Give the failures that are kept, the latest first."""
        ...

    def failure_ids(self) -> list[str]:
        """Give the ids of all failures, the oldest first; one whose lifetime ends meanwhile is not there any more."""
        ...

    def outcomes(self, *, window_s: float) -> Outcomes:
        """Count how the articles ended of the last while, in whole minutes, two hours at most."""
        ...

    def delete(self, article_id: str) -> bool:
        """Remove what is kept of an article (or a failure), and retract its events; False when nothing was kept.

        Only two numbers stay for a while, so that an article that comes back does not repeat the ids of its messages.
        """
        ...

    def close(self) -> None:
        """Close the connections."""
        ...
