# ruff: noqa: E501 - one sentence of a table stands on one line
"""Who takes part: lists, appositions, offices, pronouns and pairs, read by the accurate pipeline."""

from datetime import UTC, date, datetime

import pytest

from schemas import Article
from worker.extraction import Extractor

PARTIES = [
    ("de", "Bundeskanzler Merz trifft am Freitag in Berlin den polnischen Regierungschef Tusk.", {"Merz": "participant", "Tusk": "participant"}),
    ("de", "Das Treffen von Biden und Xi wurde abgesagt.", {"Biden": "participant", "Xi": "participant"}),
    ("de", "Am Montag traf Lind Präsident Kemal Aydin.", {"Lind": "participant", "Kemal Aydin": "participant"}),
    ("de", "Der Volta-Konzern hatte zuletzt eine Anhebung der Löhne um drei Prozent angeboten.", {"Volta-Konzern": "offerer"}),
    ("de", "Der Türkei wurde Hilfe angeboten.", {"Türkei": "addressee"}),
    ("de", "Die Grünen und die SPÖ verhandeln seit Montag über eine Koalition.", {"Grüne": "participant", "SPÖ": "participant"}),
    ("de", "Der Junge Verband (JV) verlangt Gehör. Am Freitag traf sich der JV mit Landeshauptmann Peter Huber.", {"Junger Verband": "participant", "Peter Huber": "participant"}),
    ("de", "Die Außenministerin Anna Berger, ihr Kollege Jan Nowak und der Däne Lars Holm berieten am Sonntag in Kopenhagen.", {"Anna Berger": "participant", "Jan Nowak": "participant", "Lars Holm": "participant"}),
    ("de", "Volta und Nordstrom sprechen seit Wochen über eine Fusion. Die Verhandlungen beider Unternehmen stehen vor dem Abschluss.", {"Volta": "participant", "Nordstrom": "participant"}),
    ("de", "Ann Cole und Bob Reed flogen am Montag nach Rom. Sie führten Gespräche mit Papst Leo.", {"Ann Cole": "participant", "Bob Reed": "participant", "Leo": "participant"}),
    ("de", "Die Rebellen erklärten, sie wollten mit Präsident Musa Bello verhandeln.", {"Rebellen": "participant", "Musa Bello": "participant"}),
    ("de", "Außenminister Lauterwald verhandelte in Wien mit Vertretern von zwölf afrikanischen Staaten.", {"Lauterwald": "participant", "Vertreter von zwölf afrikanischen Staaten": "participant"}),
    ("de", "Die Minister der Europäischen Union beraten am Dienstag in Brüssel über den Haushalt.", {"Minister der Europäischen Union": "participant"}),
    ("de", "Italiens Ministerpräsidentin Giorgia Meloni könnte in Kürze nach Tripolis reisen, um dort mit Regierungschef Dbeibah zu sprechen.", {"Giorgia Meloni": "participant", "Dbeibah": "participant"}),
    ("en", "President Adaeze Falode met her Nigerian counterpart, Samuel Okafor-Bright, in Accra on Monday.", {"Adaeze Falode": "participant", "Samuel Okafor-Bright": "participant"}),
    ("en", "Foreign minister Elena Hartwig held talks with her Nigerian counterpart, Samuel Okafor-Bright.", {"Elena Hartwig": "participant", "Samuel Okafor-Bright": "participant"}),
    ("en", "The ministers praised their talks with Chad.", {"ministers": "participant", "Chad": "participant"}),
    ("en", "Ann Cole and Bob Reed flew to Rome on Monday. They met King Olav.", {"Ann Cole": "participant", "Bob Reed": "participant", "Olav": "participant"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def read():
    """Give a function from a text to the parties of its first event, with their roles."""
    extractor = Extractor(clock=lambda: datetime.now(UTC), model="accurate")

    def run(text, language):
        events = extractor.extract(Article(text=text, language=language, published=date(2026, 3, 2))).events
        return [{party.name: party.role for party in event.participants} for event in events]

    return run


@pytest.mark.parametrize(("language", "text", "parties"), PARTIES, ids=[row[1][:60] for row in PARTIES])
def test_all_who_take_part_are_named(read, language, text, parties):
    """One event, with just these parties under their fullest names."""
    assert read(text, language) == [parties]
