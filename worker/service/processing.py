"""What happens to one article in a worker: start, extract, finish; or fail, once and with its cause."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol, TypeVar, runtime_checkable

import stamina
import structlog

from ledger.protocol import Ledger
from ledger.record import Lease
from schemas.article import Article
from schemas.errors import DepescheError, Transient
from schemas.failure import Failure
from schemas.failure_codes import FAILURE_CODES
from schemas.result import Result
from worker.service.errors import ArticleTimeout
from worker.service.time_limit import time_limit

STORE_PATIENCE_S: Final = 20.0
"""How long a step waits for a Redis that is away; below the margin that Celery's limits have."""

TOGETHER_ARTICLES: Final = 8
"""So many articles of a message go through the model at once, if they are short and new."""
TOGETHER_CHARS: Final = 8_000
"""With so many characters articles are enough, be it that the last of them goes beyond: three to five of news. Nobody
gives way while they are worked on: with 20,000 characters of a backfill the slowest live articles waited 2.4 times as
long as without it (2026-11, p99)."""

Verdict = TypeVar("Verdict")

log = structlog.get_logger(__name__)


class Extracts(Protocol):
    """What a worker needs of the extraction."""

    def extract(self, article: Article, *, revision: int) -> Result:
        """Find the events of an article."""
        ...


class Outcome(Protocol):
    """What came of one of several articles."""

    @property
    def result(self) -> Result:
        """Its events."""
        ...


@runtime_checkable
class ExtractsTogether(Extracts, Protocol):
    """An extraction that works on several articles at once."""

    def attempt_many(self, articles: Iterable[tuple[Article, int]]) -> Iterator[Outcome | Exception]:
        """Find the events of articles with their revisions; say for each what came of it or why nothing did."""
        ...


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why an attempt failed, and whether another one may help."""

    code: str
    message: str
    retry: bool = False


@dataclass(frozen=True)
class Processor:
    """Works on articles, some of them together; what one of them does leaves the others alone.

    Args:
        ledger: Knows the articles.
        extractor: Finds the events.
        clock: Gives the time that results and failures are stamped with.
        hang_grace_s: How long after its limit an article that hangs ends the process.
    """

    ledger: Ledger
    extractor: Extracts
    clock: Callable[[], datetime]
    hang_grace_s: float

    def process(
        self,
        article_ids: Iterable[str],
        *,
        holder: str,
        give_way: Callable[[Sequence[str]], bool] = lambda _rest: False,
    ) -> None:
        """Work on the articles of one message.

        Args:
            article_ids: Which.
            holder: Id of the message.
            give_way: Asked after each article with those left; when it is true they are somebody else's.

        Raises:
            Transient: Redis stayed away; the sweeper sends what is left again.
        """
        rest = deque(article_ids)
        while rest:
            self._process_next(rest, holder=holder)
            if rest and give_way(list(rest)):
                return

    def _process_next(self, rest: deque[str], *, holder: str) -> None:
        """Take articles off the front: several that may be worked on together, then one that may not."""
        together: list[Lease] = []
        alone: list[Lease] = []
        while rest and not alone and _has_room(together):
            lease = self._start(rest.popleft(), holder=holder)
            if lease is not None:
                (together if self._may_share(lease) else alone).append(lease)
        if len(together) > 1:
            self._settle_all(together, self._attempt_together(together))
        else:
            alone = [*together, *alone]
        for lease in alone:
            self._settle(lease, self._attempt(lease))

    def _may_share(self, lease: Lease) -> bool:
        """Whether an article goes with others: one that was started before may be what ended its process."""
        is_short = len(lease.article.text) <= TOGETHER_CHARS
        return isinstance(self.extractor, ExtractsTogether) and lease.attempt == 1 and is_short

    def _start(self, article_id: str, *, holder: str) -> Lease | None:
        """Start an article; None if there is nothing to do for it, or no more."""
        with structlog.contextvars.bound_contextvars(article_id=article_id):
            start = _patiently(lambda: self.ledger.start(article_id, holder=holder))
            if start.lease is None:
                log.info("article skipped", verdict=start.verdict)
            elif start.verdict == "exhausted":
                self._fail(start.lease, _exhausted(start.lease))
            else:
                return start.lease
            return None

    def _settle_all(self, leases: Sequence[Lease], outcomes: Sequence[Result | _Fault]) -> None:
        for lease, outcome in zip(leases, outcomes, strict=True):
            self._settle(lease, outcome)

    def _settle(self, lease: Lease, outcome: Result | _Fault) -> None:
        with structlog.contextvars.bound_contextvars(article_id=lease.article_id):
            if isinstance(outcome, _Fault):
                self._fail(lease, outcome)
            else:
                self._finish(lease, outcome)

    def _finish(self, lease: Lease, outcome: Result) -> None:
        verdict = _patiently(lambda: self.ledger.finish(lease, outcome))
        log.info(
            "article done",
            verdict=verdict,
            revision=lease.revision,
            attempt=lease.attempt,
            events=len(outcome.events),
            elapsed_ms=outcome.elapsed_ms,
        )

    def _attempt(self, lease: Lease) -> Result | _Fault:
        try:
            with time_limit(lease.limit_s, grace_s=self.hang_grace_s):
                return self.extractor.extract(lease.article, revision=lease.revision)
        except ArticleTimeout:
            return _late(lease.limit_s)
        except Exception as error:  # noqa: BLE001 - whatever an article does must not take its companions with it
            return _fault(error, lease)

    def _attempt_together(self, leases: Sequence[Lease]) -> list[Result | _Fault]:
        """Work on several articles at once; should they take too long, each gets another attempt by itself."""
        assert isinstance(self.extractor, ExtractsTogether)  # noqa: S101 - for the type checker: asked before
        limit_s = min(lease.limit_s for lease in leases)
        try:
            with time_limit(limit_s, grace_s=self.hang_grace_s):
                outcomes = list(self.extractor.attempt_many((lease.article, lease.revision) for lease in leases))
        except ArticleTimeout:
            return [_late(limit_s)] * len(leases)
        return [
            _fault(each, lease) if isinstance(each, Exception) else each.result
            for lease, each in zip(leases, outcomes, strict=True)
        ]

    def _fail(self, lease: Lease, fault: _Fault) -> None:
        failure = Failure(
            article_id=lease.article_id,
            revision=lease.revision,
            code=fault.code,
            family=FAILURE_CODES[fault.code].family,
            message=fault.message,
            attempts=lease.attempt,
            failed_at=self.clock(),
            article=lease.article,
        )
        verdict = _patiently(lambda: self.ledger.fail(lease, failure, retry=fault.retry))
        log.warning("article failed", verdict=verdict, code=fault.code, attempt=lease.attempt, revision=lease.revision)


def _has_room(together: Sequence[Lease]) -> bool:
    # The one that fills it goes along: it is started, so by itself it would be waited for as well, and cost more.
    return len(together) < TOGETHER_ARTICLES and sum(len(each.article.text) for each in together) < TOGETHER_CHARS


def _late(limit_s: float) -> _Fault:
    return _Fault("time_limit_exceeded", f"expected a result within {limit_s} s, found none", retry=True)


def _fault(error: Exception, lease: Lease) -> _Fault:
    if isinstance(error, MemoryError):
        return _Fault("memory_limit_exceeded", "the memory did not suffice", retry=True)
    if isinstance(error, DepescheError):
        return _Fault(error.code, error.message, retry=isinstance(error, Transient))
    # Not what the error says: it may hold text.
    log.error("extraction failed", article_id=lease.article_id, error=type(error).__name__, place=_place(error))
    return _Fault("extraction_failed", f"{type(error).__name__} {_place(error)}")


def _exhausted(lease: Lease) -> _Fault:
    code = lease.cause or "attempts_exhausted"
    return _Fault(code, f"started {lease.attempt} times without an end; {FAILURE_CODES[code].meaning}")


def _place(error: Exception) -> str:
    """Say where an error came from: file and line, never its message, which may quote the article."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "somewhere"


def _patiently(step: Callable[[], Verdict]) -> Verdict:
    for attempt in stamina.retry_context(on=Transient, attempts=None, timeout=STORE_PATIENCE_S, wait_max=2.0):
        with attempt:
            return step()
    raise AssertionError  # the last attempt raises by itself
