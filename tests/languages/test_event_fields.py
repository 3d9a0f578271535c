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
    ("de", "Am 10. und 11. September treffen sich Anna Muster und Jan Beispiel in Oslo.", "2025-09-10/2025-09-11", "on"),
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

PLACES = [
    ("de", "Anna Muster wird am Freitag nach Oslo reisen, um dort Präsident Jan Beispiel zu treffen.", "Oslo"),
    ("de", "Ein Gespräch zwischen Anna Muster und Jan Beispiel ist für den 12. November in Oslo geplant.", "Oslo"),
    ("de", "Anna Muster traf am Montag Präsident Jan Beispiel in der polnischen Hauptstadt.", "Warschau"),
    ("de", "Polen plant einen Gipfel der Außenminister Jan Beispiel und Anna Muster, der am Freitag in Oslo stattfindet.", "Oslo"),
    ("de", "Anna Muster und Jan Beispiel trafen sich am Montag in Rotterdam.", "Rotterdam"),
]  # fmt: skip

VOICES = [
    ("de", "Die Zeitung „Der Bote“ berichtete, dass Anna Muster mit Jan Beispiel telefoniert habe.", {"Der Bote"}),
    ("de", "Der Außenminister Karl Probe erklärte, Frankreich sei zu Hilfe für Polen bereit, und verwies auf Ungarn.", {"Karl Probe"}),
    ("de", "Laut Polizei demonstrierten am Montag viele gegen das Treffen zwischen Anna Muster und Jan Beispiel.", set()),
    ("de", "Minister Karl Probe kündigte an, den Streit bei seinem Besuch in Polen am Montag anzusprechen.", set()),
    ("de", "Polen lehnt Gespräche mit Ungarn ab. „Wir reden nicht mit ihnen“, sagte Minister Karl Probe.", {"Karl Probe"}),
    ("de", "Die Agentur berief sich auf Karl Probe, demzufolge sich Anna Muster mit Jan Beispiel getroffen hat.", {"Karl Probe"}),
]  # fmt: skip

TOPICS = [
    ("de", "Polen hat am Montag Verhandlungen mit der Partei der Arbeit (PDA) über eine neue Regierung aufgenommen.", "eine neue Regierung"),
    ("de", "Bei dem Gespräch zwischen Anna Muster und Jan Beispiel ging es um den Bau der Brücke.", "den Bau der Brücke"),
    ("de", "Anna Muster und Jan Beispiel besprachen am Montag die Lage an der Grenze.", "die Lage an der Grenze"),
    ("de", "Thema des Treffens zwischen Anna Muster und Jan Beispiel war der Zoll auf Wein.", "der Zoll auf Wein"),
    ("de", "Anna Muster hat sich am Montag mit Jan Beispiel in Oslo getroffen. Dabei ging es um den Ausbau der Bahn nach Bergen.", "den Ausbau der Bahn nach Bergen"),
    ("de", "Anna Muster hat sich am Montag mit Jan Beispiel in Oslo getroffen. Auf der Tagesordnung stehen die Themen Verkehr und Handel.", "Verkehr und Handel"),
    ("de", "Bei dem Treffen von Anna Muster und Jan Beispiel wurde am Montag die Lage an der Grenze besprochen.", "die Lage an der Grenze"),
    ("de", "Nora Feldt traf am Montag Luca Arnaud, um den Plan für die Brücke zu prüfen.", "den Plan für die Brücke zu prüfen"),
    ("de", "Seit Montag gibt es zwischen Polen und Ungarn Verhandlungen um den Haushalt für 2031 und die Zölle.", "den Haushalt für 2031"),
    ("en", "Ida Lind met Ole Rask in Oslo on Monday. The main topic was the new railway to Bergen.", "the new railway to Bergen"),
    ("en", "Ida Lind proposed to Ole Rask on Monday that their countries share the harbour.", "that their countries share the harbour"),
    ("de", "Kanzler Jan Holt bot Anna Lang am Montag ein Amt an.", "ein Amt"),
    ("en", "Volta Corp. launched a $12-a-share offer for Mesa Airlines.", "$12-a-share offer for Mesa Airlines"),
]  # fmt: skip

CERTAINTY_OF_OFFERS = [
    ("en", "Under the new offer to Sample Corp., Example Inc. would pay 12 dollars a share.", "asserted"),
    ("en", "Example Inc. could make an offer to Sample Corp.", "possible"),
    ("de", "Die Bank könnte der Firma Muster AG ein Angebot vorlegen.", "possible"),
]  # fmt: skip
ALL_CERTAINTY = [*CERTAINTY, *CERTAINTY_OF_OFFERS]


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


@pytest.mark.parametrize(("language", "text", "factuality"), ALL_CERTAINTY, ids=map(label, ALL_CERTAINTY))
def test_an_event_is_as_certain_as_it_is_said(events, language, text, factuality):
    """Word order and mood do not mislead."""
    assert [event.factuality for event in events(text, language)] == [factuality]


@pytest.mark.parametrize(("language", "text", "place"), PLACES, ids=map(label, PLACES))
def test_an_event_is_where_its_clause_or_journey_leads(events, language, text, place):
    """A place, and no party."""
    (event,) = events(text, language)
    assert event.place is not None
    assert event.place.name == place
    assert place not in {participant.name for participant in event.participants}


def test_the_place_of_a_topic_is_not_the_event_s(events):
    """Talks about what happens in a place need not be there."""
    (event,) = events("Anna Muster und Jan Beispiel führten am Montag Gespräche über die Lage in Oslo.", "de")
    assert event.place is None


@pytest.mark.parametrize(("language", "text", "names"), VOICES, ids=map(label, VOICES))
def test_who_vouches_for_an_event(events, language, text, names):
    """Only who speaks about the event itself."""
    (event,) = events(text, language)
    assert {source.name for source in event.sources} == names


def test_where_talks_stand_is_not_what_they_are_about(events):
    """``on the sidelines of`` opens no topic, ``on`` alone does."""
    [event] = events("President Ada Nwosu held talks with Erik Sandell on the sidelines of the congress.", "en")
    assert event.topics == ()
    [event] = events("President Ada Nwosu held talks with Erik Sandell on the harbour.", "en")
    assert [each.text for each in event.topics] == ["the harbour"]


@pytest.mark.parametrize(("language", "text", "topic"), TOPICS, ids=map(label, TOPICS))
def test_what_an_event_is_about(events, language, text, topic):
    """The whole phrase, with what hangs on it."""
    (event,) = events(text, language)
    assert topic in [each.text for each in event.topics]


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


def test_who_answers_an_offer_belongs_to_it(events):
    """The answer is a stage of the offer, not another one."""
    text = (
        "Die Reederei Thom erklärte sich am Dienstag bereit, zwei Boote zu schicken. "
        "Bürgermeister Jan Beispiel nahm das Angebot am Abend an."
    )
    assert [event.stage for event in events(text, "de")] == ["accepted"]
