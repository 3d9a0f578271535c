"""The ledger in memory, with a clock that stands still until it is told: for tests, nothing survives the process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, cast

from ledger.cloudevents import Entry, announce, failure_entry, result_entry, withdraw
from ledger.record import (
    Acceptance,
    ArticleStatus,
    FailVerdict,
    FinishVerdict,
    Lease,
    Outcomes,
    Pending,
    PublishedEvent,
    Start,
    Status,
    StoredFailure,
    Work,
)
from ledger.settings import LedgerSettings
from schemas.article import Article
from schemas.failure import Failure
from schemas.names import STREAM_EVENTS, STREAM_FAILURES, STREAM_RESULTS
from schemas.result import Result


@dataclass
class FixedClock:
    """A clock that stands still until it is moved, in seconds."""

    now_s: float = 0.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now_s

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now_s += seconds


@dataclass
class _Record:
    work: Work
    revision: int
    status: Status = "queued"
    attempts: int = 0
    lease_ends: float | None = None
    sent_at: float | None = None
    holder: str | None = None
    cause: str | None = None
    publications: int = 0
    text_kept_until: float = 0.0
    events: dict[str, int] = field(default_factory=dict)

    @property
    def over(self) -> Literal["done", "failed"] | None:
        return None if self.status in {"queued", "running"} else cast("Literal['done', 'failed']", self.status)


class MemoryLedger:
    """Keeps the same promises as ``RedisLedger``; both pass one conformance suite.

    Args:
        settings: Limits.
        clock: Seconds.
        backlog: Tells how many messages wait on a queue, for the sweeper.
    """

    def __init__(
        self,
        settings: LedgerSettings | None = None,
        *,
        clock: Callable[[], float] | None = None,
        backlog: Callable[[str], int] = lambda _queue: 0,
    ) -> None:
        self._settings = settings or LedgerSettings()
        self._clock = clock or FixedClock()
        self._backlog = backlog
        self._records: dict[str, _Record] = {}
        self._results: dict[str, Result] = {}
        self._failures: dict[str, Failure] = {}
        self._ends: list[tuple[float, str]] = []
        self._deleted: dict[str, tuple[int, int]] = {}
        self.streams: dict[str, list[Entry]] = {STREAM_EVENTS: [], STREAM_RESULTS: [], STREAM_FAILURES: []}

    def accept(self, works: Sequence[Work], *, again: bool = False) -> list[Acceptance]:
        """Take articles in, and say of each whether it is new."""
        return [self._accept_one(work, again=again) for work in works]

    def _accept_one(self, work: Work, *, again: bool) -> Acceptance:
        known = self._records.get(work.article_id)
        is_same = known is not None and known.work.content_hash == work.content_hash
        if known is not None and is_same and not (again and known.status in {"done", "failed"}):
            is_unsent = known.status == "queued" and known.sent_at is None
            return Acceptance(work.article_id, known.revision, known.status, is_new=False, is_to_send=is_unsent)
        record = _Record(work, revision=1)
        if known is not None:
            record.revision = known.revision if is_same else known.revision + 1
            record.events, record.publications = known.events, known.publications
        elif work.article_id in self._deleted:
            revision, record.publications = self._deleted.pop(work.article_id)
            record.revision = revision + 1
        record.lease_ends = self._clock() + self._settings.resend_after_s
        self._records[work.article_id] = record
        self._failures.pop(work.article_id, None)
        return Acceptance(work.article_id, record.revision, "queued", is_new=True, is_to_send=True)

    def mark_sent(self, article_ids: Iterable[str]) -> None:
        """Note that the messages with these articles are on their queue."""
        for article_id in article_ids:
            record = self._records.get(article_id)
            if record is not None and record.status == "queued":
                record.sent_at = self._clock()
                record.lease_ends = self._next_look(record)

    def _next_look(self, record: _Record) -> float:
        if self._settings.broker_url is not None:
            return self._clock() + self._settings.queue_patience_s
        return self._clock() + self._settings.resend_after_s + self._backlog(record.work.queue)

    def start(self, article_id: str, *, holder: str) -> Start:
        """Ask to work on an article; counts the attempt."""
        record = self._records.get(article_id)
        if record is None:
            return Start("unknown")
        if record.over is not None:
            return Start(record.over)
        is_in_time = record.lease_ends is not None and record.lease_ends > self._clock()
        if record.status == "running" and record.holder != holder and is_in_time:
            return Start("busy")
        is_allowed = record.attempts < self._settings.max_attempts
        record.attempts += is_allowed
        record.status, record.holder = "running", holder
        record.lease_ends = self._clock() + record.work.limit_s + self._settings.lease_margin_s
        return Start("started" if is_allowed else "exhausted", _lease(record))

    def finish(self, lease: Lease, result: Result) -> FinishVerdict:
        """Publish an article's result, once."""
        record = self._records.get(lease.article_id)
        if record is None:
            return "unknown"
        if record.revision != lease.revision:
            return "stale"
        if record.over is not None:
            return record.over
        for each in announce(lease, result):
            self.streams[STREAM_EVENTS].append(each.entry)
            if each.holds:
                record.events[each.event_id] = lease.revision
            else:
                record.events.pop(each.event_id, None)
        self.streams[STREAM_RESULTS].append(result_entry(lease, result))
        self._results[lease.article_id] = result
        self._ends.append((self._clock(), "done"))
        record.status, record.lease_ends, record.attempts = "done", None, 0
        record.text_kept_until = self._clock() + self._settings.text_lifetime_s
        record.publications += 1
        return "published"

    def fail(self, lease: Lease, failure: Failure, *, retry: bool = False) -> FailVerdict:
        """Set an article aside, once; or send it back where ``retry`` and attempts are left."""
        record = self._records.get(lease.article_id)
        if record is None:
            return "unknown"
        if record.revision != lease.revision:
            return "stale"
        if record.over is not None:
            return record.over
        if retry and record.attempts != lease.attempt:
            return "stale"
        record.holder, record.sent_at, record.cause = None, None, failure.code
        if retry and record.attempts < self._settings.max_attempts:
            record.status = "queued"
            record.lease_ends = self._clock() + self._settings.retry_delay_s * lease.attempt
            return "retry"
        record.status, record.lease_ends = "failed", None
        self._ends.append((self._clock(), failure.family))
        self._keep(lease.article_id, failure)
        return "recorded"

    def record_failure(self, failure: Failure, *, failure_id: str) -> bool:
        """Keep the failure of something that never became an article; False when it is known already."""
        if failure_id in self._failures:
            return False
        self._keep(failure_id, failure)
        return True

    def _keep(self, failure_id: str, failure: Failure) -> None:
        self._failures[failure_id] = failure
        self.streams[STREAM_FAILURES].append(failure_entry(failure_id, failure))

    def sweep(self, *, limit: int = 500) -> list[Pending]:
        """Claim the articles whose lease has run out; the caller sends them again."""
        overdue = [each for each in self._records.values() if each.lease_ends is not None]
        overdue = [each for each in overdue if each.lease_ends is not None and each.lease_ends <= self._clock()]
        return [self._claim(record) for record in overdue[:limit] if not self._may_wait(record)]

    def _may_wait(self, record: _Record) -> bool:
        is_empty = self._settings.broker_url is None and self._backlog(record.work.queue) == 0
        if record.status != "queued" or record.sent_at is None or is_empty:
            return False
        patience_ends = record.sent_at + self._settings.queue_patience_s
        if self._clock() >= patience_ends:
            return False
        record.lease_ends = min(self._next_look(record), patience_ends)
        return True

    def _claim(self, record: _Record) -> Pending:
        record.status, record.holder, record.sent_at = "queued", None, None
        record.lease_ends = self._clock() + self._settings.resend_after_s
        work = record.work
        return Pending(work.article_id, work.queue, work.limit_s, work.size)

    def status(self, article_id: str) -> ArticleStatus:
        """Say where an article stands."""
        record = self._records.get(article_id)
        failure = self._failures.get(article_id)
        if record is None:
            return ArticleStatus(article_id, "unknown", failure=failure)
        return ArticleStatus(article_id, record.status, record.revision, record.attempts, failure)

    def article(self, article_id: str) -> Article | None:
        """Give an article as it was handed in, as long as its text is kept."""
        record = self._records.get(article_id)
        if record is None or (record.over is not None and self._clock() >= record.text_kept_until):
            return None
        return record.work.article

    def result(self, article_id: str) -> Result | None:
        """Give the latest result of an article, if it has one."""
        return self._results.get(article_id)

    def failure(self, failure_id: str) -> StoredFailure | None:
        """Give one failure, with what came in."""
        failure = self._failures.get(failure_id)
        return None if failure is None else StoredFailure(failure_id, failure)

    def failures(self, *, limit: int = 100) -> list[StoredFailure]:
        """Give the failures that are kept, the latest first."""
        return [StoredFailure(*each) for each in list(self._failures.items())[::-1][:limit]]

    def failure_ids(self) -> list[str]:
        """Give the ids of all failures, the oldest first."""
        return list(self._failures)

    def outcomes(self, *, window_s: float) -> Outcomes:
        """Count how the articles ended of the last while, in whole minutes."""
        first = (self._clock() - window_s) // 60 + 1
        return Outcomes(**Counter(how for at, how in self._ends if at // 60 >= first))

    def delete(self, article_id: str) -> bool:
        """Remove what is kept of an article (or a failure), and retract its events; False when nothing was kept."""
        record = self._records.pop(article_id, None)
        failure = self._failures.pop(article_id, None)
        self._results.pop(article_id, None)
        if record is not None:
            number = record.publications + 1
            events = [PublishedEvent(*each) for each in record.events.items()]
            at = datetime.fromtimestamp(self._clock(), UTC)
            self.streams[STREAM_EVENTS].extend(withdraw(article_id, events, publication=number, at=at))
            self._deleted[article_id] = (record.revision, number)
        return record is not None or failure is not None

    def close(self) -> None:
        """Do nothing; there is no connection."""


def _lease(record: _Record) -> Lease:
    return Lease(
        article_id=record.work.article_id,
        revision=record.revision,
        attempt=record.attempts,
        limit_s=record.work.limit_s,
        article=record.work.article,
        content_hash=record.work.content_hash,
        publication=record.publications + 1,
        previous_events=tuple(PublishedEvent(*each) for each in record.events.items()),
        cause=record.cause,
    )
