"""The border to the library: the one place of the command line that knows the extractor."""

from __future__ import annotations

from cli.engine.done import Extracted
from schemas.article import Article


class Extraction:
    """The extractor, loaded when made.

    Args:
        explain: Whether to keep what gave each field its value.
    """

    def __init__(self, *, explain: bool) -> None:
        from worker.extraction import Extractor  # noqa: PLC0415 - loads spaCy

        self._extractor = Extractor()
        self._explain = explain

    def run(self, article: Article) -> Extracted:
        """Extract one article.

        Raises:
            DepescheError: It could not be extracted.
        """
        return Extracted(self._extractor.extract(article))
