# ruff: noqa: E501 - one sentence of a table stands on one line
"""How newswriters put an event: one construction of the language a line, with what must be read off it."""

import pytest

SAID = [
    ("de", "Am Freitag reist Präsident Jan Beispiel nach Oslo, wo er Kanzlerin Anna Muster treffen soll.",
     {"factuality": "planned", "value": "2025-08-08", "place": "Oslo", "names": {"Jan Beispiel", "Anna Muster"}}),
    ("de", "Die polnische Regierung hat Berichte über Verhandlungen mit Russland zurückgewiesen.",
     {"factuality": "denied", "sources": {"polnische Regierung"}}),
    ("de", "Kanzlerin Anna Muster hat ihren für kommende Woche geplanten Besuch in Polen verschoben.",
     {"factuality": "cancelled", "names": {"Anna Muster", "Polen"}, "value": "2025-W33"}),
    ("de", "Bürgermeisterin Anna Muster hat Vertreter der Kammer für den 10. November zu einem Runden Tisch eingeladen.",
     {"type": "meeting", "factuality": "requested", "value": "2025-11-10"}),
    ("de", "Am Montag kamen Anwohner im Rathaus zusammen.",
     {"type": "meeting", "names": {"Anwohner"}, "place": "Rathaus"}),
    ("de", "Kommt es in Oslo zu einem Treffen zwischen Anna Muster und Jan Beispiel?",
     {"factuality": "possible"}),
    ("en", "India denied a report that it had held secret talks with Pakistan.",
     {"factuality": "denied", "sources": {"India"}, "names": {"India", "Pakistan"}}),
    ("en", "According to the Times of India, France has offered Poland gas.",
     {"factuality": "reported", "sources": {"Times of India"}, "names": {"France", "Poland"}}),
    ("en", "President Jane Example is to visit Poland next week.",
     {"factuality": "planned", "names": {"Jane Example", "Poland"}}),
    ("en", "President Jane Example is due to be received by King Paul in Oslo.",
     {"factuality": "planned", "roles": {"Jane Example": "visitor", "Paul": "host"}, "place": "Oslo"}),
    ("en", "President Jane Example is expected to meet business leaders in Oslo on Friday.",
     {"factuality": "planned", "names": {"Jane Example", "business leaders"}, "value": "2025-08-08"}),
    ("en", "France has pledged Poland $500 million in aid.",
     {"roles": {"France": "offerer", "Poland": "addressee"}, "topic": "$500 million in aid"}),
    ("en", "Harlan Corp. rejected an $8.4 billion takeover offer from rival Meridian Health.",
     {"stage": "rejected"}),
    ("en", "Carrow Group is considering an offer.",
     {"factuality": "possible", "roles": {"Carrow Group": "offerer"}}),
    ("en", "Jane Example and Paul Sample held two rounds of talks in July.",
     {"type": "talks", "names": {"Jane Example", "Paul Sample"}, "value": "2025-07"}),
    ("en", "European leaders gathered in Oslo on Monday.",
     {"type": "meeting", "place": "Oslo", "value": "2025-08-04"}),
]  # fmt: skip

APART = [
    ("de", "Präsident Jan Beispiel hat am Montag Polen besucht und danach mit Kanzlerin Anna Muster gesprochen.",
     {("meeting", frozenset({"Jan Beispiel", "Polen"})), ("talks", frozenset({"Jan Beispiel", "Anna Muster"}))}),
    ("de", "Ministerin Anna Muster hat Präsident Jan Beispiel getroffen. Ein weiteres Gespräch der beiden ist für den 12. November geplant. Dass Muster mit der Gewerkschaft verhandelt habe, wurde dementiert. Solche Gespräche habe es nicht gegeben.",
     {("meeting", frozenset({"Jan Beispiel", "Anna Muster"})), ("talks", frozenset({"Jan Beispiel", "Anna Muster"})), ("talks", frozenset({"Anna Muster", "Gewerkschaft"}))}),
]  # fmt: skip


def seen(event, key):
    """Give what an event says in the terms of the tables."""
    people = event.participants
    return {
        "type": event.type,
        "factuality": event.factuality,
        "stage": event.stage,
        "value": event.time.value if event.time else None,
        "place": event.place.name if event.place else None,
        "names": {person.name for person in people},
        "roles": {person.name: person.role for person in people},
        "sources": {source.name for source in event.sources},
        "topic": event.topics[0].text if event.topics else None,
    }[key]


def label(value):
    return value[:60] if isinstance(value, str) else None


@pytest.mark.parametrize(("language", "text", "expected"), SAID, ids=label)
def test_a_construction_of_news_is_read_off(extract, language, text, expected):
    """One sentence, one event, and each field that its construction decides."""
    (event,) = extract(text, language)
    assert {key: seen(event, key) for key in expected} == expected


@pytest.mark.parametrize(("language", "text", "expected"), APART, ids=label)
def test_two_predicates_are_two_events(extract, language, text, expected):
    """A second participle that shares the auxiliary has parties of its own."""
    found = {(event.type, frozenset(person.name for person in event.participants)) for event in extract(text, language)}
    assert found == expected


def test_a_pair_of_countries_is_that_of_the_persons_named(extract):
    """Two countries that nobody named are those whose heads were; who offers to mediate is neither."""
    text = (
        "US-Präsident Jan Beispiel telefonierte mit Polens Ministerpräsidentin Anna Muster. "
        "Frankreich hat angeboten, zwischen den beiden Ländern zu vermitteln."
    )
    offer = next(event for event in extract(text, "de") if event.type == "offer")
    assert {person.country for person in offer.participants} == {"FRA", "USA", "POL"}


def test_who_is_not_invited_denies_nothing(extract):
    """The talks stand, whoever stays away, and he is no host."""
    text = "Er sei zu den Gesprächen mit Polen nicht eingeladen worden, sagte Jan Beispiel."
    (event,) = extract(text, "de")
    assert event.factuality != "denied"
    assert {person.name for person in event.participants} == {"Polen"}


def test_an_institution_that_opens_a_sentence_says_nothing_of_the_one_before(extract):
    """Only a pronoun points back: *Das bestätigte das Amt*, not *Das Amt bestätigte*."""
    text = "Anna Muster traf am Montag Präsident Jan Beispiel. Das Kanzleramt bestätigte am Dienstag, dass die Steuer steigt."
    (event,) = extract(text, "de")
    assert event.sources == ()


def test_a_refusal_to_discuss_a_point_denies_no_talks(extract):
    """Talks that broke down had begun, whatever was refused in them."""
    text = (
        "Negotiations between Israel and Hamas broke down on Thursday. "
        "An official said Israel had refused to discuss a withdrawal."
    )
    assert extract(text, "en")[0].factuality != "denied"


def test_the_headline_and_the_lead_are_one_summit(extract):
    """The same word, equally certain: the headline says in one word what the lead says in a sentence."""
    text = (
        "Summit opens in Oslo\n\n"
        "President Jane Example and Chancellor Paul Sample met in Oslo on Monday for a summit of two days."
    )
    (event,) = extract(text, "en")
    assert {mention.section for mention in event.mentions} == {"headline", "lead"}


def test_who_attends_was_at_the_meeting_spoken_of(extract):
    """*An dem Treffen nahm auch X teil* adds X to it and makes no meeting of its own."""
    text = (
        "Die Außenminister der baltischen Staaten sind am Montag in Wilna zusammengekommen. "
        "An dem Treffen nahm auch Finnlands Außenministerin Anna Muster teil."
    )
    (event,) = extract(text, "de")
    assert "Anna Muster" in {person.name for person in event.participants}


def test_the_possessive_of_several_is_theirs(extract):
    """*Ihre Verhandlungen* behind two subjects are those of both."""
    text = "Am Montag haben die Gewerkschaft Solidar und die Muster AG ihre Verhandlungen fortgesetzt."
    (event,) = extract(text, "de")
    assert {person.name for person in event.participants} == {"Solidar", "Muster AG"}
