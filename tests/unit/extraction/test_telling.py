"""Which sentences behind an event may tell more of it, by their words alone."""

import pytest

from worker.extraction.languages.pack import load_pack
from worker.extraction.telling import may_hold_verb, may_name_somebody, may_tell_of_event


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Daran nimmt Muster teil .", "de", id="takes-part"),
        pytest.param("Begleitet wurde Muster von Beispiel .", "de", id="accompanied-by"),
        pytest.param("Gastgeber ist Muster .", "de", id="host"),
        pytest.param("Dabei ging es um Korn .", "de", id="concerns"),
        pytest.param("Thema war das Korn .", "de", id="topic"),
        pytest.param("Muster was accompanied by Beispiel .", "en", id="english-accompanied-by"),
        pytest.param("Muster attended it .", "en", id="english-attended"),
    ],
)
def test_sentence_with_the_words_of_a_rule_may_tell_more(text, language):
    assert may_tell_of_event(text.split(), load_pack(language), is_open=False)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Muster vertritt diese Haltung .", "de", id="represents-without-an-agent"),
        pytest.param("Der Gastgeber schwieg .", "de", id="host-without-a-copula"),
        pytest.param("Es regnete um drei .", "de", id="nothing-is-concerned"),
        pytest.param("Das Ziel erreichte niemand .", "de", id="topic-without-its-verb"),
        pytest.param("The agreement held .", "en", id="noun-of-another-verb"),
    ],
)
def test_sentence_without_them_tells_nothing(text, language):
    assert not may_tell_of_event(text.split(), load_pack(language), is_open=False)


def test_who_agreed_counts_while_few_are_known():
    words = ["Sie", "einigten", "sich", "auf", "einen", "Preis", "."]
    assert may_tell_of_event(words, load_pack("de"), is_open=True)
    assert not may_tell_of_event(words, load_pack("de"), is_open=False)


@pytest.mark.parametrize(
    ("word", "verb", "holds"),
    [
        ("agreed", "agree", True),
        ("agreeing", "agree", True),
        ("agreement", "agree", False),
        ("accompanied", "accompany", True),
        ("accompany", "accompany", True),
        ("taken", "take", True),
        ("beginning", "begin", True),
        ("representative", "represent", False),
    ],
)
def test_english_verb_is_known_by_its_endings(word, verb, holds):
    assert may_hold_verb([word], [verb], load_pack("en")) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [("They left early .", False), ("The men left .", False), ("Then Muster left .", True), ("Muster left .", True)],
)
def test_sentence_names_somebody_only_with_a_capital(text, holds):
    assert may_name_somebody(text.split(), load_pack("en").grammar) is holds
