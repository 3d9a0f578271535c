"""The border to the time layer: the time expressions of an article's text."""

from __future__ import annotations

from typing import Any

from ledger.settings import read_settings
from schemas.article import Article
from schemas.identity import article_id
from worker.extraction.language import detect_language
from worker.extraction.languages.pack import load_pack
from worker.extraction.models import load_pipeline
from worker.extraction.parsing import parse
from worker.extraction.steps.sections import find_blocks
from worker.extraction.time import find_times
from worker.service.settings import WorkerSettings


class Timing:
    """The time layer with the pipelines of this installation; each loads when its language comes."""

    def __init__(self) -> None:
        self._settings = read_settings(WorkerSettings)
        self._own = {"de": self._settings.model_de, "en": self._settings.model_en}
        self._zones = {"de": self._settings.zone_de, "en": self._settings.zone_en}
        self._pipelines: dict[str, Any] = {}

    def run(self, article: Article) -> dict[str, Any]:
        """Find the time expressions of an article's text.

        Returns:
            What ``depesche times`` prints: id and timex.

        Raises:
            DepescheError: The language is not supported, or its pipeline is broken.
        """
        language = article.language or detect_language(article.text).language
        blocks = find_blocks(article.text, furniture=load_pack(language).furniture, is_title=False)
        found = find_times(
            article.text,
            published=article.published,
            language=language,
            doc=parse(article.text, blocks, nlp=self._pipeline(language)),
            zone=self._zones[language],
            source_url=article.url,
        )
        return {"id": article_id(article), "timex": [timex.as_json() for timex in found]}

    def _pipeline(self, language: str) -> Any:
        if language not in self._pipelines:
            own = self._own[language]
            self._pipelines[language] = load_pipeline(language, model=self._settings.model, pipeline=own)
        return self._pipelines[language]
