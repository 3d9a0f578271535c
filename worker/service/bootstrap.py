"""The one place where the concrete parts of a worker meet."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final, Generic, TypeVar

from ledger.redis_ledger import RedisLedger
from schemas.article import Article
from schemas.result import Result
from worker.service.measured import MeasuredLedger, traced
from worker.service.measuring import Measuring
from worker.service.processing import Extracts, Processor
from worker.service.settings import WorkerSettings
from worker.service.stages import Observe, Stages, unobserved

WARM_UP: Final = (
    Article(
        id="warm-up-de",
        language="de",
        published="2025-11-05",  # type: ignore[arg-type] # read by the validator
        text="Am Dienstag trafen sich die Ministerin Nora Feldt und ihr Kollege Luca Arnaud in Bern zu Gesprächen. "
        "Sie bot an, im nächsten Monat wieder zu verhandeln, sagte ein Sprecher.",
    ),
    Article(
        id="warm-up-en",
        language="en",
        published="2025-11-05",  # type: ignore[arg-type] # read by the validator
        text="On Tuesday minister Nora Feldt met her colleague Luca Arnaud in Bern for talks. "
        "She offered to negotiate again next month, a spokesman said.",
    ),
)
T = TypeVar("T")
ExtractorFactory = Callable[[WorkerSettings], Extracts]


class PerProcess(Generic[T]):
    """Makes something once in each process: connections must not be shared across a fork."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: tuple[int, T] | None = None

    def get(self) -> T:
        """Give this process's own."""
        if self._made is None or self._made[0] != os.getpid():
            self._made = (os.getpid(), self._make())
        return self._made[1]


@dataclass
class Parts:
    """What a worker is made of.

    Args:
        settings: As read when it started.
        url: The Redis server.
        make_extractor: Builds the extraction, which takes seconds; tests give one of their own.
    """

    settings: WorkerSettings
    url: str
    make_extractor: ExtractorFactory | None = None

    def __post_init__(self) -> None:
        self._extractor: Extracts | None = None
        self.measuring = Measuring(self.settings)
        self.observe: Observe = Stages(lambda: self.measuring.meter) if self._is_observed else unobserved
        self._ledger = PerProcess(self.open_ledger)
        self._processor = PerProcess(self._make_processor)

    def load(self) -> Extracts:
        """Give the extraction; built in the parent once, so that its children share the memory."""
        if self._extractor is None:
            make = self.make_extractor or partial(build_extractor, observe=self.observe)
            extractor = make(self.settings)
            results = warm_up(extractor)
            if self.measuring.is_on:
                self.measuring.name_extractor(results)
            self._extractor = traced(extractor) if self.settings.tracing else extractor
        return self._extractor

    @property
    def _is_observed(self) -> bool:
        return self.measuring.is_on or self.settings.tracing

    @property
    def processor(self) -> Processor:
        """The processor of this process, with a Redis connection of its own."""
        return self._processor.get()

    @property
    def ledger(self) -> RedisLedger:
        """The ledger of this process."""
        return self._ledger.get()

    def open_ledger(self) -> RedisLedger:
        """Open a ledger with a connection of its own."""
        return RedisLedger.open(self.settings, url=self.url)

    def _make_processor(self) -> Processor:
        return Processor(
            ledger=MeasuredLedger(self.ledger, self.measuring.meter, self.observe)
            if self._is_observed
            else self.ledger,
            extractor=self.load(),
            clock=now,
            hang_grace_s=self.settings.hang_grace_s,
        )


def warm_up(extractor: Extracts) -> list[Result]:
    """Extract a first article in each language, so that what loads on first use is loaded, and works.

    A broken installation ends the worker here, instead of failing article after article; and what is loaded before
    the fork is shared by the children.

    Raises:
        Defect: A pipeline or a data file is missing or broken.
    """
    return [extractor.extract(article, revision=1) for article in WARM_UP]


def build_extractor(settings: WorkerSettings, *, observe: Observe = unobserved) -> Extracts:
    """Build the extraction that the settings name.

    Args:
        settings: Name the models and the time zones.
        observe: Looks on while the stages of the work are done.

    Raises:
        Defect: A language pipeline is missing or broken.
    """
    from worker.extraction import Extractor, load_pipeline  # noqa: PLC0415 - loads spaCy
    from worker.extraction.models.lemmas import load_lemmas  # noqa: PLC0415

    load_lemmas()
    chosen = {"de": settings.model_de, "en": settings.model_en}
    return Extractor(
        clock=now,
        model=settings.model,
        cascade=settings.cascade,
        pipelines={
            language: load_pipeline(language, model=settings.model, pipeline=pipeline, threads=settings.threads)
            for language, pipeline in chosen.items()
        },
        zones={"de": settings.zone_de, "en": settings.zone_en},
        observe=observe,
    )


def now() -> datetime:
    """Give the time, aware."""
    return datetime.now(UTC)
