# ruff: noqa: E501 - one sentence of a table stands on one line
"""How an event is said in German and English: types, parties, certainty, and words that only look like events."""

import pytest

SAID = [
    ("de", "Kanzlerin Anna Muster hat sich am Montag mit Präsident Jan Beispiel in Oslo getroffen.", "meeting", "asserted", {"Anna Muster", "Jan Beispiel"}),
    ("de", "Das Treffen zwischen Präsident Jan Beispiel und Kanzlerin Anna Muster fand am Montag in Oslo statt.", "meeting", "asserted", {"Jan Beispiel", "Anna Muster"}),
    ("de", "Außenminister Jan Beispiel empfing am Montag die Kanzlerin Anna Muster in Wien.", "meeting", "asserted", {"Jan Beispiel", "Anna Muster"}),
    ("de", "Die USA verhandeln mit Russland über Gas.", "talks", "asserted", {"USA", "Russland"}),
    ("de", "Die Gewerkschaft lehnt Verhandlungen mit dem Konzern ab.", "talks", "denied", None),
    ("de", "Präsident Jan Beispiel will am Freitag mit Kanzlerin Anna Muster telefonieren.", "talks", "planned", {"Jan Beispiel", "Anna Muster"}),
    ("de", "Russland und China könnten über Gas verhandeln.", "talks", "possible", {"Russland", "China"}),
    ("de", "Deutschland fordert Gespräche mit Polen.", "talks", "requested", {"Deutschland", "Polen"}),
    ("de", "Das geplante Treffen zwischen Frankreich und Italien wurde abgesagt.", "meeting", "cancelled", {"Frankreich", "Italien"}),
    ("de", "Frankreich bot der Türkei Hilfe an.", "offer", "asserted", {"Frankreich", "Türkei"}),
    ("de", "Präsident Jan Beispiel bekundete seine Bereitschaft, der Türkei Hilfe anzubieten.", "offer", "asserted", {"Jan Beispiel", "Türkei"}),
    ("en", "President Jane Example met Chancellor John Sample in Oslo on Monday.", "meeting", "asserted", {"Jane Example", "John Sample"}),
    ("en", "Russia and China held talks on gas on Monday.", "talks", "asserted", {"Russia", "China"}),
    ("en", "Germany rejected talks with Poland.", "talks", "denied", {"Germany", "Poland"}),
    ("en", "President Jane Example will meet Chancellor John Sample on Friday.", "meeting", "planned", {"Jane Example", "John Sample"}),
    ("en", "Russia and China might negotiate with Japan.", "talks", "possible", {"Russia", "China", "Japan"}),
    ("en", "France offered Turkey aid.", "offer", "asserted", {"France", "Turkey"}),
]  # fmt: skip

NO_EVENT = [
    ("de", "Der Minister hat eine Entscheidung getroffen."),
    ("de", "Die Regierung muss Vorkehrungen treffen."),
    ("de", "Das Haus wurde von einer Rakete getroffen."),
    ("de", "Der Zug traf um acht Uhr in Wien ein."),
    ("de", "Angebot und Nachfrage bestimmen den Preis."),
    ("de", "Der Supermarkt bietet billige Milch an."),
    ("de", "Der Saal bietet Platz für 300 Gäste."),
    ("de", "Ein Tunnel ist im Gespräch."),
    ("de", "Sie sagte im Gespräch mit dem STANDARD, sie sei müde."),
    ("de", "Die Verhandlung vor dem Landesgericht dauerte eine Stunde."),
    ("de", "Die Besucher der Ausstellung waren zufrieden."),
    ("de", "Das Thema steht zur Diskussion."),
    ("de", "Die Grünen führen ein weiteres Argument ins Treffen."),
    ("de", "Er ließ sich von einer Anwaltskanzlei rechtlich beraten."),
    ("en", "The company met its targets."),
    ("en", "The talk show starts at eight."),
    ("en", "Tourists visited the museum."),
    ("en", "He offered an opinion."),
    ("en", "The notes are offered at par by the underwriter."),
    ("en", "The annual meeting of shareholders approved the accounts."),
]


def label(row):
    return f"{row[0]}: {row[1][:60]}"


@pytest.mark.parametrize(("language", "text", "kind", "factuality", "names"), SAID, ids=map(label, SAID))
def test_an_event_is_found_as_it_is_said(extract, language, text, kind, factuality, names):  # noqa: PLR0917
    """One sentence, one event, with its type, its certainty and its parties."""
    events = extract(text, language)
    assert [(event.type, event.factuality) for event in events] == [(kind, factuality)]
    if names is not None:
        assert {participant.name for participant in events[0].participants} == names


@pytest.mark.parametrize(("language", "text"), NO_EVENT, ids=map(label, NO_EVENT))
def test_a_look_alike_is_no_event(extract, language, text):
    """Idioms, products, courts and machines share words with events and are none."""
    assert extract(text, language) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Russland und China haben am Montag verhandelt.", "2025-08-04"),
        ("Wie der Sprecher am Mittwoch mitteilte, haben Russland und China verhandelt.", None),
        ("Das Treffen zwischen Frankreich und Italien findet am Freitag statt.", "2025-08-08"),
    ],
)
def test_the_time_is_the_event_s_own(extract, text, value):
    """A time beside the report dates the report."""
    (event,) = extract(text, "de")
    assert (event.time.value if event.time else None) == value


def test_roles_follow_the_verb(extract):
    """Who receives is the host, who is received the visitor."""
    (event,) = extract("Außenminister Jan Beispiel empfing am Montag die Kanzlerin Anna Muster in Wien.", "de")
    assert {participant.name: participant.role for participant in event.participants} == {
        "Jan Beispiel": "host",
        "Anna Muster": "visitor",
    }


def test_who_says_so_is_no_party(extract):
    """The speaker is a source; the parties are those who negotiate."""
    (event,) = extract("Laut Außenminister Jan Beispiel haben Russland und China verhandelt.", "de")
    assert [source.name for source in event.sources] == ["Jan Beispiel"]
    assert {participant.name for participant in event.participants} == {"Russland", "China"}
    assert event.factuality == "reported"


def test_two_wordings_of_one_event_are_two_mentions(extract):
    """The noun points back to the verb."""
    text = "Präsident Jan Beispiel traf am Montag Kanzlerin Anna Muster. Das Treffen dauerte eine Stunde."
    (event,) = extract(text, "de")
    assert [mention.text for mention in event.mentions] == ["traf", "Treffen"]


def test_without_a_date_times_have_no_value():
    """Relative times keep value null, and a warning says why."""
    from datetime import UTC, datetime  # noqa: PLC0415 - used here only

    from schemas import Article  # noqa: PLC0415
    from worker.extraction import Extractor  # noqa: PLC0415

    article = Article(text="Russland und China haben am Montag verhandelt.", language="de")
    result = Extractor(clock=lambda: datetime.now(UTC), model="small").extract(article)
    assert result.events[0].time is None or result.events[0].time.value is None
    assert any("published is missing" in warning for warning in result.warnings)
