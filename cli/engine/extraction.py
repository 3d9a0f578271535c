"""The border to the library: the one place of the command line that knows the extractor."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cli.engine.done import Extracted
from cli.table.explanation import Evidence
from schemas.article import Article

if TYPE_CHECKING:
    from worker.extraction import Explanation, Extractor
    from worker.extraction.document import Evidence as ExtractorEvidence
    from worker.service.settings import WorkerSettings

MUCH_CHARS: Final = 200_000
"""What so much text leaves behind must not wait for the end of the first articles to be cleared away."""


class Extraction:
    """The extractor, loaded when made.

    Args:
        explain: Whether to keep what gave each field its value.
        cascade: Whether to parse only what an event can depend on; None: as the settings say.
    """

    def __init__(self, *, explain: bool, cascade: bool | None = None) -> None:
        gc.disable()  # what loads stays; looking for garbage among it takes a twelfth of the start
        from ledger.settings import read_settings  # noqa: PLC0415 - of the extra worker
        from worker.service.settings import WorkerSettings  # noqa: PLC0415

        self._extractor = _build(read_settings(WorkerSettings), cascade=cascade)
        self._explain = explain

    def run_many(self, articles: Sequence[Article]) -> Iterator[Extracted | Exception]:
        """Extract articles together; give for each, in order, what came of it or what was raised."""
        if sum(len(article.text) for article in articles) > MUCH_CHARS:
            _collect_again()
        works = ((article, 1) for article in articles)
        for outcome in self._extractor.attempt_many(works, batch_size=max(1, len(articles))):
            _collect_again()
            yield outcome if isinstance(outcome, Exception) else self._told(outcome)

    def _told(self, explained: Explanation) -> Extracted:
        if not self._explain:
            return Extracted(explained.result)
        return Extracted(explained.result, {key: _evidence(items) for key, items in explained.evidence.items()})


def _collect_again() -> None:
    """Look for garbage from now on, and not among what was loaded."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _build(settings: WorkerSettings, *, cascade: bool | None) -> Extractor:
    """Build what a worker with these settings would have; a pipeline of the package loads when its language comes."""
    from worker.extraction import Extractor, load_pipeline  # noqa: PLC0415 - loads spaCy

    own = {"de": settings.model_de, "en": settings.model_en}
    return Extractor(
        clock=lambda: datetime.now(UTC),
        model=settings.model,
        threads=settings.threads,
        cascade=settings.cascade if cascade is None else cascade,
        pipelines={language: load_pipeline(language, pipeline=name) for language, name in own.items() if name},
        zones={"de": settings.zone_de, "en": settings.zone_en},
    )


def _evidence(items: Iterable[ExtractorEvidence]) -> tuple[Evidence, ...]:
    return tuple(Evidence(item.field, item.rule, item.words) for item in items)
