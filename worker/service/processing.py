"""What happens to one article in a worker: start, extract, finish; or fail, once and with its cause."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol, TypeVar

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

Verdict = TypeVar("Verdict")

log = structlog.get_logger(__name__)


class Extracts(Protocol):
    """What a worker needs of the extraction."""

    def extract(self, article: Article, *, revision: int) -> Result:
        """Find the events of an article."""
        ...


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why an attempt failed, and whether another one may help."""

    code: str
    message: str
    retry: bool = False


@dataclass(frozen=True)
class Processor:
    """Works on articles, one after the other; what one of them does leaves the others alone.

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
        rest = list(article_ids)
        while rest:
            article_id = rest.pop(0)
            with structlog.contextvars.bound_contextvars(article_id=article_id):
                self._process_one(article_id, holder=holder)
            if rest and give_way(rest):
                return

    def _process_one(self, article_id: str, *, holder: str) -> None:
        start = _patiently(lambda: self.ledger.start(article_id, holder=holder))
        if start.lease is None:
            log.info("article skipped", verdict=start.verdict)
        elif start.verdict == "exhausted":
            self._fail(start.lease, _exhausted(start.lease))
        else:
            self._work(start.lease)

    def _work(self, lease: Lease) -> None:
        outcome = self._attempt(lease)
        if isinstance(outcome, _Fault):
            self._fail(lease, outcome)
            return
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
            return _Fault("time_limit_exceeded", f"expected a result within {lease.limit_s} s, found none", retry=True)
        except MemoryError:
            return _Fault("memory_limit_exceeded", "the memory did not suffice", retry=True)
        except DepescheError as error:
            return _Fault(error.code, error.message, retry=isinstance(error, Transient))
        except Exception as error:  # noqa: BLE001 - whatever an article does must not take its companions with it
            log.error("extraction failed", error=type(error).__name__, place=_place(error))  # noqa: TRY400 - holds text
            return _Fault("extraction_failed", f"{type(error).__name__} {_place(error)}")

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
