"""The border to the time layer: the time expressions of an article's text."""

from __future__ import annotations

from typing import Any

from ledger.settings import read_settings
from schemas.article import Article
from schemas.identity import article_id
from worker.extraction.language import detect_language
from worker.extraction.time import find_times
from worker.service.settings import WorkerSettings


class Timing:
    """The time layer with the time zones of this installation.

    It runs without a parse: measured on KRAUTS and TimeBank (2026-11) a parse moves the F1 of values by less than half
    a point, down in English, and costs most of the speed.
    """

    def __init__(self) -> None:
        settings = read_settings(WorkerSettings)
        self._zones = {"de": settings.zone_de, "en": settings.zone_en}

    def run(self, article: Article) -> dict[str, Any]:
        """Find the time expressions of an article's text.

        Returns:
            What ``depesche times`` prints: id and timex.

        Raises:
            DepescheError: The language is not supported.
        """
        language = article.language or detect_language(article.text).language
        found = find_times(
            article.text,
            published=article.published,
            language=language,
            zone=self._zones[language],
            source_url=article.url,
        )
        return {"id": article_id(article), "timex": [timex.as_json() for timex in found]}
