"""Names are looked up where something beside them may tell more, not where they stand bare."""

import pytest
import spacy

from worker.extraction.elsewhere import Elsewhere, may_be_name
from worker.extraction.field import Field
from worker.extraction.languages.pack import load_pack


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("de")


def elsewhere(nlp, text):
    pack = load_pack("de")
    field = Field("text", text, pack=pack, nlp=nlp)
    return Elsewhere([field], pack), [" ".join(field.words[unit.start : unit.end]).strip() for unit in field.units]


def found(nlp, text, ask):
    place, sentences = elsewhere(nlp, text)
    return [sentences[unit] for _, units in ask(place) for unit in units]


@pytest.mark.parametrize(
    ("sentence", "kind", "is_looked_up"),
    [
        pytest.param("Am Abend kam Anna Muster heim.", "person", True, id="first-name"),
        pytest.param("Am Abend kam Ministerin Muster heim.", "person", True, id="office-before"),
        pytest.param("Am Abend kam Muster, die neue Ministerin, heim.", "person", True, id="office-behind"),
        pytest.param("Am Abend kam Muster heim.", "person", False, id="bare"),
        pytest.param("Am Abend kam Muster heim.", None, True, id="bare-but-not-known-for-a-name"),
        pytest.param("Am Abend kam Muster, müde und hungrig, heim.", "person", False, id="comma-without-an-office"),
        pytest.param("Am Abend tagte die Muster Werke AG.", "organization", True, id="longer-name"),
        pytest.param("Am Abend kam Anna Muster heim.", "country", False, id="countries-are-known"),
    ],
)
def test_name_is_looked_up_where_more_may_be_told(nlp, sentence, kind, is_looked_up):
    assert bool(found(nlp, sentence, lambda place: place.named("Muster", kind))) == is_looked_up


def test_days_of_the_week_are_no_names(nlp):
    assert found(nlp, "Das war am Montag. Der Montag kam.", lambda place: place.named("Montag")) == []


def test_office_is_looked_up_where_somebody_holds_it(nlp):
    text = "Der Minister schwieg. Außenminister Muster sprach. Danach schwieg der Minister wieder."
    assert found(nlp, text, lambda place: place.called("Minister", (0, 0), is_body=False)) == [
        "Außenminister Muster sprach ."
    ]


def test_institution_is_looked_up_wherever_a_fuller_noun_may_name_it(nlp):
    text = "Das Landesministerium schwieg. Das Korn stand hoch."
    expected = ["Das Landesministerium schwieg ."]
    assert found(nlp, text, lambda place: place.called("Ministerium", (0, 0), is_body=True)) == expected


def test_bare_institution_tells_no_more_than_its_noun(nlp):
    text = "Die Partei schwieg. Die Partei Solidar sprach."
    expected = ["Die Partei Solidar sprach ."]
    assert found(nlp, text, lambda place: place.called("Partei", (0, 0), is_body=True)) == expected


def test_several_are_looked_up_where_their_names_stand_behind(nlp):
    text = "Die Vereine schwiegen. Die Vereine Muster und Beispiel sprachen."
    expected = ["Die Vereine Muster und Beispiel sprachen ."]
    ask = lambda place: place.called("Vereine", (0, 0), is_body=False, is_group=True)  # noqa: E731 - as above
    assert found(nlp, text, ask) == expected


def test_name_told_in_full_is_looked_up_before_only(nlp):
    text = "Ministerin Muster kam. Ministerin Muster ging."
    assert found(nlp, text, lambda place: place.named("Muster", "person", before=(0, 5))) == ["Ministerin Muster kam ."]
    assert found(nlp, text, lambda place: place.named("Muster", "person", before=(0, 1))) == []


def test_word_that_opens_a_sentence_is_no_title_for_its_capital(nlp):
    text = "Die Arbeit ruht. Morgen sollte Regen fallen. Sollte Muster kommen, geht sie weiter."
    assert found(nlp, text, lambda place: place.named("Muster", "person")) == []


@pytest.mark.parametrize(
    ("word", "is_possible"),
    [pytest.param("Menschen", False, id="in-the-dictionary"), pytest.param("Zwurbelix", True, id="in-no-dictionary")],
)
def test_subject_may_be_a_name_where_no_dictionary_lists_it(word, is_possible):
    assert may_be_name(word, load_pack("de")) == is_possible
