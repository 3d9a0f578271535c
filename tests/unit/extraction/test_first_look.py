"""The first look leaves out what no parse could make an event of, and nothing else."""

import pytest
import spacy

from worker.extraction.field import Field
from worker.extraction.first_look import units_with_triggers
from worker.extraction.languages.pack import load_pack

BLANK = {language: spacy.blank(language) for language in ("de", "en")}


def is_taken(text, language="de"):
    pack = load_pack(language)
    field = Field("text", text, pack=pack, nlp=BLANK[language])
    return bool(units_with_triggers(field, pack))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kanzlerin Muster traf Präsident Beispiel.", id="verb"),
        pytest.param("Muster sagte dem Land Hilfe zu.", id="particle-at-the-end"),
        pytest.param("Muster sagte zu, dem Land zu helfen.", id="particle-before-a-comma"),
        pytest.param("Muster bot dem Land Hilfe an und reiste ab.", id="particle-before-a-conjunction"),
        pytest.param("Das Land bekundete seine Bereitschaft, zu helfen.", id="noun-with-a-verb-of-its-frame"),
    ],
)
def test_what_may_be_an_event_is_taken(text):
    assert is_taken(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Das Korn stand auf den Feldern.", "de", id="no-trigger"),
        pytest.param("Muster sagte auf dem Weg zu den Reportern nichts.", "de", id="preposition-is-no-particle"),
        pytest.param("Muster sagte, es sei schwer zu verstehen.", "de", id="infinitive-mark-is-no-particle"),
        pytest.param("Zu lange habe man gewartet, sagte Muster.", "de", id="particle-does-not-go-before"),
        pytest.param("Muster kam ins Treffen.", "de", id="excluded-by-a-pattern"),
    ],
)
def test_what_is_no_event_without_a_parse_is_left_out(text, language):
    assert not is_taken(text, language)
