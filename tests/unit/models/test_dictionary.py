"""The German dictionary read in parts gives what simplemma gives, which reads it as a whole."""

from itertools import islice

import pytest
import simplemma
from simplemma.strategies.dictionaries import DictionaryFactory
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from training.dictionary_places import find_places
from worker.extraction.models import dictionary as module
from worker.extraction.models import lemmas
from worker.extraction.models.dictionary import Dictionary, open_dictionary, read_packed


@pytest.fixture(scope="module")
def dictionary():
    found = open_dictionary()
    assert found is not None, "another dictionary is installed: run python -m training.dictionary_places"
    return found


@pytest.fixture(scope="module")
def whole() -> DictionaryFactory:
    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("de")


def test_every_form_sampled_has_its_lemma(dictionary, whole):
    """All over the dictionary, from its first form to its last."""
    forms = [*islice(whole, 0, None, 41), *list(whole)[-3:]]
    assert [dictionary.get(form) for form in forms] == [whole[form] for form in forms]


def test_forms_next_to_a_place_are_found(dictionary, whole):
    """The form before a place belongs to the part before it, the form behind it to its own."""
    forms = list(whole)
    near = [forms[number + step] for number in range(256, len(forms), 256 * 64) for step in (-1, 0, 1)]
    assert [dictionary.get(form) for form in near] == [whole[form] for form in near]


@pytest.mark.parametrize("form", ["", "Gesprächskreisx", "zzzzz", "\t", "!", "\U0010ffff", "Gespräch\tGespräch"])
def test_unknown_forms_have_none(dictionary, form):
    """What no entry tells has no lemma, wherever it would stand."""
    assert dictionary.get(form) is None
    assert dictionary.get(form, "Ersatz") == "Ersatz"


WORDS = ["Gipfelgesprächen", "vorgeschlagenen", "Bundesaußenministerin", "traf", "Rosenheims", "E-Mail", "42", "ging's"]


@pytest.mark.parametrize("greedy", [False, True])
@pytest.mark.parametrize("word", WORDS)
def test_rules_of_simplemma_find_the_same(word, greedy):
    """Compounds, hyphens and apostrophes are its business; only the dictionary below is read in another way."""
    assert lemmas._look_up(word, greedy=greedy) == simplemma.lemmatize(word, "de", greedy=greedy)


def test_only_what_is_asked_for_is_read(dictionary):
    """One form costs one part."""
    fresh = Dictionary(dictionary._stream, dictionary._places)
    fresh.get("Gespräch")
    assert sum(part is not None for part in fresh._parts) == 1


def test_another_dictionary_is_not_read_by_these_places(monkeypatch):
    """A file with another hash is left to simplemma."""
    monkeypatch.setattr(module, "read_packed", lambda: read_packed() + b"x")
    assert open_dictionary() is None


def test_lemmas_are_found_without_the_places(monkeypatch):
    """Where the places do not fit, simplemma reads its dictionary itself: slower, and the same."""
    monkeypatch.setattr(lemmas, "_dictionary", lambda: None)
    assert lemmas._lemmatizer.__wrapped__(greedy=False).lemmatize("Gesprächen", "de") == "Gespräch"


def test_places_are_those_of_the_installed_dictionary(dictionary):
    """The file of places begins where a fresh count would."""
    assert list(islice(find_places(dictionary._stream), 40)) == list(dictionary._places[:40])
