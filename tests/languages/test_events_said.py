"""How an event is said in German and English: types, parties, certainty, and words that only look like events.

The sentences are data: ``said/<event type>.toml``.
"""

import tomllib
from pathlib import Path

import pytest

from schemas import EVENT_TYPES
from worker.extraction.languages.pack import languages

FILES = sorted((Path(__file__).parent / "said").glob("*.toml"))
ONTOLOGY = {"meeting", "talks", "offer"}
"""What every sentence is looked through for; a type that an installation adds may find an event of its own beside."""
TABLES = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in FILES}
SAID = [(kind, row) for kind, table in TABLES.items() for row in table["event"]]
NO_EVENT = [row for table in TABLES.values() for row in table["no_event"]]


def label(value):
    return f"{value['language']}: {value['text'][:60]}" if isinstance(value, dict) else value


@pytest.mark.parametrize(("kind", "row"), SAID, ids=label)
def test_an_event_is_found_as_it_is_said(extract, kind, row):
    """One sentence, one event, with its type, its certainty and its parties."""
    events = [event for event in extract(row["text"], row["language"]) if event.type in {kind, *ONTOLOGY}]
    assert [(event.type, event.factuality) for event in events] == [(kind, row["factuality"])]
    if "parties" in row:
        assert {participant.name for participant in events[0].participants} == set(row["parties"])


@pytest.mark.parametrize("row", NO_EVENT, ids=label)
def test_a_look_alike_is_no_event(extract, row):
    """Idioms, products, courts and machines share words with events and are none."""
    assert extract(row["text"], row["language"]) == ()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_each_type_has_sentences_of_its_own(kind, language):
    """Whoever adds a type or a language shows how it is said, and what only looks like it."""
    table = TABLES.get(kind)
    assert table, f"tests/languages/said/{kind}.toml: the file is missing"
    for key in ("event", "no_event"):
        found = [row for row in table[key] if row["language"] == language]
        assert found, f'tests/languages/said/{kind}.toml: {key}: expected a sentence with language = "{language}"'


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
