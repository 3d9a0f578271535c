"""The ledger and the extraction of a worker, with somebody who counts what goes through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from ledger.metrics import Meter
from ledger.protocol import Ledger
from ledger.record import FailVerdict, FinishVerdict, Lease, Start
from ledger.tracing import CARRIED, span
from schemas.article import Article
from schemas.failure import Failure
from schemas.result import Result
from worker.service.metrics import ARTICLES, BUSY, EVENTS, EXTRACTION, FAILURES, REDELIVERIES, RETRIES
from worker.service.processing import Extracts, ExtractsTogether, Outcome
from worker.service.stages import Observe

ARTICLE_ID: Final = "depesche.article.id"
"""Attribute of a span: the ids of the articles that are worked on."""


class MeasuredLedger:
    """A ledger that counts how articles start and end; all else goes on to the one within.

    Args:
        ledger: The ledger.
        meter: Takes the counts.
        observe: Looks on while an article is fetched and while its result is published.
    """

    def __init__(self, ledger: Ledger, meter: Meter, observe: Observe) -> None:
        self._ledger = ledger
        self._meter = meter
        self._observe = observe

    def __getattr__(self, name: str) -> Any:
        """Give what is not counted."""
        return getattr(self._ledger, name)

    def start(self, article_id: str, *, holder: str) -> Start:
        """Ask to work on an article."""
        with self._observe("start"):
            start = self._ledger.start(article_id, holder=holder)
        if start.lease is None:
            self._meter.count(ARTICLES, "skipped")
        elif start.verdict == "started" and start.lease.attempt > 1:
            self._meter.count(REDELIVERIES)
        return start

    def finish(self, lease: Lease, result: Result) -> FinishVerdict:
        """Publish an article's result."""
        with self._observe("publish"):
            verdict = self._ledger.finish(lease, result)
        self._meter.observe(EXTRACTION, result.elapsed_ms / 1000, result.language)
        self._meter.count(ARTICLES, "done" if verdict == "published" else "superseded")
        for event in result.events if verdict == "published" else ():
            self._meter.count(EVENTS, event.type, event.factuality)
        return verdict

    def fail(self, lease: Lease, failure: Failure, *, retry: bool = False) -> FailVerdict:
        """Set an article aside, or send it back."""
        verdict = self._ledger.fail(lease, failure, retry=retry)
        if verdict == "recorded":
            self._meter.count(ARTICLES, "failed")
            self._meter.count(FAILURES, failure.code, failure.family)
        elif verdict == "retry":
            self._meter.count(ARTICLES, "retried")
            self._meter.count(RETRIES, failure.code)
        else:
            self._meter.count(ARTICLES, "superseded")
        return verdict


def traced(extraction: Extracts) -> Extracts:
    """Let the work of an extraction be spans; it can do what it could before."""
    return TracedTogether(extraction) if isinstance(extraction, ExtractsTogether) else Traced(extraction)


class Traced:
    """An extraction whose work on an article is a span.

    Args:
        extraction: The extraction.
    """

    def __init__(self, extraction: Extracts) -> None:
        self._extraction = extraction

    def extract(self, article: Article, *, revision: int) -> Result:
        """Find the events of an article."""
        with span("extract", attributes={ARTICLE_ID: [article.id or ""]}) as current:
            result = self._extraction.extract(article, revision=revision)
            if current is not None:
                current.set_attribute("depesche.events", len(result.events))
            return result


class TracedTogether(Traced):
    """An extraction whose work on several articles at once is a span.

    Args:
        extraction: The extraction.
    """

    def __init__(self, extraction: ExtractsTogether) -> None:
        super().__init__(extraction)
        self._together = extraction

    def attempt_many(self, articles: Iterable[tuple[Article, int]]) -> Iterator[Outcome | Exception]:
        """Find the events of articles with their revisions."""
        works = list(articles)
        with span("extract", attributes={ARTICLE_ID: [article.id or "" for article, _ in works]}):
            yield from self._together.attempt_many(works)


@contextmanager
def at_work(meter: Meter, request: Any, *, queue: str, articles: int) -> Iterator[None]:
    """Count this process as busy while it works on a message, and go on with the trace that came with it.

    Args:
        meter: Takes the count.
        request: Celery's, with the headers of the message as attributes.
        queue: The queue that the message came by.
        articles: How many articles it has.
    """
    came_with = {name: getattr(request, name, None) for name in CARRIED}
    parent = {name: value for name, value in came_with.items() if isinstance(value, str)}
    about = {
        "messaging.system": "celery",
        "messaging.destination.name": queue,
        "messaging.batch.message_count": articles,
    }
    meter.count(BUSY)
    try:
        with span(f"process {queue}", kind="consumer", parent=parent, attributes=about):
            yield
    finally:
        meter.count(BUSY, by=-1)
