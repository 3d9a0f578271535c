"""The first look leaves out what no parse could make an event of, and nothing else."""

import pytest
import spacy

from worker.extraction.field import Field
from worker.extraction.first_look import look_at
from worker.extraction.languages.pack import load_pack

BLANK = {language: spacy.blank(language) for language in ("de", "en")}


def looked_at(text, language="de"):
    pack = load_pack(language)
    return look_at(Field("text", text, pack=pack, nlp=BLANK[language]), pack)


def is_taken(text, language="de"):
    return bool(looked_at(text, language).telling)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kanzlerin Muster traf Präsident Beispiel.", id="verb"),
        pytest.param("Muster sagte dem Land Hilfe zu.", id="particle-at-the-end"),
        pytest.param("Muster sagte zu, dem Land zu helfen.", id="particle-before-a-comma"),
        pytest.param("Muster bot dem Land Hilfe an und reiste ab.", id="particle-before-a-conjunction"),
        pytest.param("Das Land bekundete seine Bereitschaft, zu helfen.", id="noun-with-a-verb-of-its-frame"),
        pytest.param("Muster hat Beispiel in Wien getroffen.", id="participle-of-the-perfect"),
        pytest.param("Muster wurde von Beispiel empfangen.", id="passive-with-its-agent"),
        pytest.param("Muster traf Beispiel und reiste dann ab.", id="particle-behind-a-conjunction"),
        pytest.param("Muster sprach und stritt sich mit Beispiel.", id="partner-with-its-preposition"),
        pytest.param("Es sprachen die Minister.", id="several-by-the-verb"),
        pytest.param("Muster begegnet Beispiel dort, wo das Korn gedroschen wird.", id="present-like-a-participle"),
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
        pytest.param("Zwei Schulen wurden am Morgen getroffen.", "de", id="passive-without-an-agent"),
        pytest.param("Am Abend trafen die Hunde mit Verspätung ein.", "de", id="particle-makes-another-verb"),
        pytest.param("Muster sprach über das Korn.", "de", id="one-alone-speaks-to-nobody"),
        pytest.param("Muster ist heute dazu bereit.", "de", id="what-one-is-ready-for-is-no-event"),
        pytest.param("Muster mediated at the harvest.", "en", id="nothing-stands-between"),
    ],
)
def test_what_is_no_event_without_a_parse_is_left_out(text, language):
    assert not is_taken(text, language)


def test_noun_without_the_verb_of_its_frame_only_points_to_an_event():
    """*Die Bereitschaft* is an event where it is declared, else at most one told of elsewhere."""
    looked = looked_at("Die Bereitschaft war groß. Muster erklärte seine Bereitschaft zu helfen.")
    assert (looked.telling, looked.pointing) == ({1}, {0})
