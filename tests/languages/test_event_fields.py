# ruff: noqa: E501 - one sentence of a table stands on one line
"""When an event is, how certain, where, and who says so: one rule of the language packs a line."""

from datetime import UTC, date, datetime

import pytest

from schemas import Article
from worker.extraction import Extractor

TIMES = [
    ("de", "Laut Bild soll Kanzler Jan Beispiel am Freitag mit Anna Muster telefoniert haben.", "2025-08-01", "on"),
    ("de", "Kanzler Jan Beispiel soll am Freitag mit Anna Muster telefonieren.", "2025-08-08", "on"),
    ("de", "Am Montag ist ein Treffen von Anna Muster mit Jan Beispiel geplant.", "2025-08-11", "on"),
    ("de", "Frankreich hat heute Polen seine Hilfe angeboten.", "2025-08-07", "on"),
    ("de", "Die Verhandlungen zwischen Polen und Ungarn begannen am 3. Juli.", "2025-07-03", "since"),
    ("de", "Die Verhandlungen zwischen Polen und Ungarn endeten am 3. Juli.", "2025-07-03", "until"),
    ("de", "Die Verhandlungen zwischen Polen und Ungarn um den Haushalt für 2031 sind gescheitert.", None, None),
    ("de", "Ein Treffen zwischen Anna Muster und Jan Beispiel steht unmittelbar bevor.", "FUTURE_REF", "after"),
    ("de", "Er sagte, dass das Treffen zwischen Anna Muster und Jan Beispiel unmittelbar bevorsteht.", "FUTURE_REF", "after"),
    ("de", "Zuvor hatte Frankreich der Türkei Hilfe angeboten.", "PAST_REF", "before"),
    ("de", "Anna Muster reist am Freitag nach Oslo, um Präsident Jan Beispiel zu treffen.", "2025-08-08", "on"),
    ("en", "Polish officials on Monday finished drafting the plan, in consultation with Hungarian diplomats.", "2025-08-04", "on"),
    ("en", "Earlier, France had offered Turkey aid.", "PAST_REF", "before"),
]  # fmt: skip

CERTAINTY = [
    ("de", "Laut Bild soll Kanzler Jan Beispiel am Freitag mit Anna Muster telefoniert haben.", "reported"),
    ("de", "Ein Treffen zwischen Anna Muster und Jan Beispiel lehnte der Kreml ab.", "denied"),
    ("de", "Ein Treffen zwischen Anna Muster und Jan Beispiel fand am Montag statt.", "asserted"),
    ("de", "An den Gesprächen mit Polen am Montag werden Anna Muster und Jan Beispiel teilnehmen.", "planned"),
    ("de", "Anna Muster wird am Freitag nach Oslo reisen, um Präsident Jan Beispiel zu treffen.", "planned"),
    ("de", "Ein Sprecher sagte, der Präsident Jan Beispiel habe Anna Muster getroffen.", "reported"),
]  # fmt: skip


@pytest.fixture(scope="module")
def events():
    """Give a function from a text to its events; published on Thursday, 2025-08-07."""
    extractor = Extractor(clock=lambda: datetime.now(UTC))

    def run(text, language):
        return extractor.extract(Article(text=text, language=language, published=date(2025, 8, 7))).events

    return run


def label(row):
    return f"{row[0]}: {row[1][:60]}"


@pytest.mark.parametrize(("language", "text", "value", "relation"), TIMES, ids=map(label, TIMES))
def test_an_event_has_its_own_time(events, language, text, value, relation):
    """The time is the event's, on the side of the publication that its verb says."""
    (event,) = events(text, language)
    assert (event.time and event.time.value, event.time and event.time.relation) == (value, relation)


@pytest.mark.parametrize(("language", "text", "factuality"), CERTAINTY, ids=map(label, CERTAINTY))
def test_an_event_is_as_certain_as_it_is_said(events, language, text, factuality):
    """Word order and mood do not mislead."""
    assert [event.factuality for event in events(text, language)] == [factuality]


def test_what_is_told_next_was_on_the_same_day(events):
    """*Danach* opens what followed on the occasion told last."""
    text = (
        "Kanzler Jan Beispiel traf am Montag die Ministerin Anna Muster. Es regnete. "
        "Danach traf Jan Beispiel den Minister Karl Probe."
    )
    found = events(text, "de")
    assert [event.time and event.time.value for event in found] == ["2025-08-04", "2025-08-04"]


def test_a_plan_stays_a_plan_though_another_event_is_denied(events):
    """A denial reaches its own event only."""
    text = (
        "Anna Muster und Jan Beispiel trafen sich am Montag in Oslo. Ein weiteres Gespräch der beiden ist für den "
        "12. November in Laibach geplant. Ein Treffen mit Karl Probe lehnte Anna Muster ab."
    )
    assert [event.factuality for event in events(text, "de")] == ["asserted", "planned", "denied"]
