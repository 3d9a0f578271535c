"""The border to the library: the one place of the command line that knows the extractor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cli.engine.done import Extracted
from cli.table.explanation import Evidence
from schemas.article import Article

if TYPE_CHECKING:
    from worker.extraction.document import Evidence as ExtractorEvidence


class Extraction:
    """The extractor, loaded when made.

    Args:
        explain: Whether to keep what gave each field its value.
    """

    def __init__(self, *, explain: bool) -> None:
        from worker.extraction import Extractor  # noqa: PLC0415 - loads spaCy

        self._extractor = Extractor(clock=lambda: datetime.now(UTC))
        self._explain = explain

    def run(self, article: Article) -> Extracted:
        """Extract one article.

        Raises:
            DepescheError: It could not be extracted.
        """
        if not self._explain:
            return Extracted(self._extractor.extract(article))
        explained = self._extractor.explain(article)
        return Extracted(explained.result, {key: _evidence(items) for key, items in explained.evidence.items()})


def _evidence(items: Iterable[ExtractorEvidence]) -> tuple[Evidence, ...]:
    return tuple(Evidence(item.field, item.rule, item.words) for item in items)
