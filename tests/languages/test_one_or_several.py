# ruff: noqa: E501 - one text of a table stands on one line
"""Which words name one event and which name several, read by the accurate pipeline."""

from datetime import UTC, date, datetime

import pytest

from schemas import Article
from worker.extraction import Extractor

TEXTS = [
    ("repeated-verb", "de", "Präsidentin Anna Muster besuchte am Montag die Regierung in Oslo. Sie hat die Regierung bereits dreimal besucht.", [["besuchte"], ["besucht"]]),
    ("other-partner", "de", "Präsidentin Anna Muster traf am Montag Präsident Jan Beispiel in Oslo. Kanzler Karl Lind sagte, sein Land sei zu Gesprächen mit dem Westen bereit.", [["traf"]]),
    ("demonstrative", "de", "Am Montag findet ein Treffen der Partner in Oslo statt. Diese Gespräche sollen zwei Tage dauern.", [["Treffen", "Gespräche"]]),
    ("series-takes-no-singular", "de", "Kanzlerin Anna Muster traf am Montag Präsident Jan Beispiel in Oslo. Sie hatte ihn schon mehrmals getroffen. Das Treffen dauerte zwei Stunden.", [["traf", "Treffen"], ["getroffen"]]),
]  # fmt: skip


@pytest.fixture(scope="module")
def read():
    """Give a function from a text to the words of each of its events."""
    extractor = Extractor(clock=lambda: datetime.now(UTC), model="accurate")

    def run(text, language):
        events = extractor.extract(Article(text=text, language=language, published=date(2026, 3, 2))).events
        return [[mention.text for mention in event.mentions] for event in events]

    return run


@pytest.mark.parametrize(("language", "text", "words"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_words_are_gathered_by_event(read, language, text, words):
    """Each event has just these words."""
    assert read(text, language) == words
