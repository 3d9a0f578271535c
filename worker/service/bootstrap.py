"""The one place where the concrete parts of a worker meet."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Generic, TypeVar

from ledger.redis_ledger import RedisLedger
from schemas.article import Article
from worker.service.processing import Extracts, Processor
from worker.service.settings import WorkerSettings

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
        make_extractor: Builds the extraction, which takes seconds.
    """

    settings: WorkerSettings
    url: str
    make_extractor: ExtractorFactory

    def __post_init__(self) -> None:
        self._extractor: Extracts | None = None
        self._ledger = PerProcess(self.open_ledger)
        self._processor = PerProcess(self._make_processor)

    def load(self) -> Extracts:
        """Give the extraction; built in the parent once, so that its children share the memory."""
        if self._extractor is None:
            extractor = self.make_extractor(self.settings)
            warm_up(extractor)
            self._extractor = extractor
        return self._extractor

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
            ledger=self.ledger,
            extractor=self.load(),
            clock=now,
            hang_grace_s=self.settings.hang_grace_s,
        )


def warm_up(extractor: Extracts) -> None:
    """Extract a first article in each language, so that what loads on first use is loaded, and works.

    A broken installation ends the worker here, instead of failing article after article; and what is loaded before
    the fork is shared by the children.

    Raises:
        Defect: A pipeline or a data file is missing or broken.
    """
    for article in WARM_UP:
        extractor.extract(article, revision=1)


def build_extractor(settings: WorkerSettings) -> Extracts:
    """Build the extraction that the settings name.

    Raises:
        Defect: A language pipeline is missing or broken.
    """
    from worker.extraction import Extractor, load_pipeline  # noqa: PLC0415 - loads spaCy

    chosen = {"de": settings.model_de, "en": settings.model_en}
    return Extractor(
        clock=now,
        model=settings.model,
        pipelines={
            language: load_pipeline(language, model=settings.model, pipeline=pipeline)
            for language, pipeline in chosen.items()
        },
        zones={"de": settings.zone_de, "en": settings.zone_en},
    )


def now() -> datetime:
    """Give the time, aware."""
    return datetime.now(UTC)
