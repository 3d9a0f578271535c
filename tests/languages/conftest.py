"""One extractor for all tests of the language packs."""

from datetime import UTC, date, datetime

import pytest

from schemas import Article
from worker.extraction import Extractor


@pytest.fixture(scope="session")
def extract():
    """Give a function from a text to its events; published on Thursday, 2025-08-07."""
    extractor = Extractor(clock=lambda: datetime.now(UTC), model="small")

    def run(text, language):
        return extractor.extract(Article(text=text, language=language, published=date(2025, 8, 7))).events

    return run
