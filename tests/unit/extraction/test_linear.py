"""What is asked of a long article for each event is looked up: the work grows with the article, not with its square."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
import spacy

from worker.extraction import field
from worker.extraction.candidates import mentions_in
from worker.extraction.document import Entity, Party, Phrase
from worker.extraction.languages.pack import load_pack
from worker.extraction.named import Names
from worker.extraction.steps import called, coreference, full_names, members
from worker.extraction.steps.bearers import other_bearers
from worker.extraction.steps.found_name import FoundName
from worker.extraction.structure import Structure

LONG = 60


class Visits:
    """Counts how often something is gone over or asked for."""

    def __init__(self, monkeypatch, module, name):
        self.count = 0
        original = getattr(module, name)

        def visited(*args):
            self.count += 1
            return original(*args)

        monkeypatch.setattr(module, name, visited)


@pytest.fixture
def names():
    """So many persons, each named in two sentences."""
    return Names(
        {
            (number % LONG, number, number + 1): Entity(f"Muster{number % LONG}", f"Muster{number % LONG}", "person")
            for number in range(2 * LONG)
        }
    )


def test_names_are_grouped_once_for_all_who_ask(names):
    asked = [names.in_sentence(index) for index in range(LONG)]
    assert [[each.token for each in found] for found in asked] == [[index, index + LONG] for index in range(LONG)]
    assert [each.place for each in names.called("Muster7")] == [(7, 7, 8), (7, 7 + LONG, 8 + LONG)]
    assert names.in_sentence(LONG) == names.called("Beispiel") == names.of_kind("country") == ()
    assert names.in_text_order is names.in_text_order


def test_what_a_step_gathers_of_the_names_is_gathered_once(names):
    gathered = []
    found = [names.kept("probe", lambda: gathered.append(1) or len(names)) for _ in range(LONG)]
    assert (found, gathered) == ([2 * LONG] * LONG, [1])


def test_name_is_compared_with_those_that_share_a_word_alone(monkeypatch):
    """Not each with each: of so many persons only the surname's bearer can be the fuller name."""
    visits = Visits(monkeypatch, full_names, "_is_fuller")
    people = [name for number in range(LONG) for name in (f"Anna{number} Muster{number}", f"Muster{number}")]
    found = [FoundName(number, 0, 1, name, "person") for number, name in enumerate(people)]
    entities = full_names.gather_entities(found, {}, frozenset())
    assert {entity.name for entity in entities} == set(people[::2])
    assert visits.count <= 4 * LONG


def test_surname_has_another_bearer_where_the_full_name_comes_late():
    """``Minister Berger ... Berger ... Anna Berger``, and not where she is introduced first."""
    named = [
        ("Berger", "Minister"),
        ("Berger", None),
        ("Anna Berger", None),
        ("Ina Holm", None),
        ("Holm", "Ministerin"),
    ]
    found = [
        FoundName(sentence, 0, 1, name, "person", descriptor=office) for sentence, (name, office) in enumerate(named)
    ]
    assert other_bearers(found, frozenset()) == {"Berger"}
    assert other_bearers(found, frozenset({0})) == frozenset()


class Seen(list):
    """A list that counts how often it is looked into."""

    def __init__(self, items):
        super().__init__(items)
        self.count = 0

    def __getitem__(self, place):
        self.count += 1
        return super().__getitem__(place)

    def __iter__(self):
        raise AssertionError


def test_candidates_of_a_sentence_are_found_without_the_others():
    mentions = Seen(SimpleNamespace(sentence=number // 2 * 2, token=number) for number in range(2 * LONG))
    document = SimpleNamespace(mentions=mentions)
    assert [mention.token for mention in mentions_in(8, document)] == [8, 9]
    assert (mentions_in(9, document), mentions_in(-1, document), mentions_in(4 * LONG, document)) == ([], [], [])
    assert mentions.count < LONG


def test_antecedents_are_looked_for_as_far_back_as_they_may_stand(names):
    """Of the article's names those of the sentence are taken, found by halving."""
    named = Seen(names.in_text_order)
    assert [item.place for item in coreference._between(named, (8, 9), (9, 0))] == [(8, 8 + LONG, 9 + LONG)]
    assert coreference._between(named, (LONG, 0), (LONG + 1, 0)) == []
    assert named.count < LONG


def test_words_are_gone_over_once_for_each_noun_that_is_asked_for(monkeypatch):
    """However many events name *der Minister*, and however many rounds ask for him."""
    visits = Visits(monkeypatch, field, "stem_of")
    text = "Die Ministerin kam. Der Außenminister ging. Der Chef blieb."
    made = field.Field("text", text, pack=load_pack("de"), nlp=spacy.blank("de"))
    for _ in range(LONG):
        assert [made.words[place] for place in made.places_ending_in("minister")] == ["Ministerin", "Außenminister"]
    assert visits.count == len(set(made.words))


def test_words_are_quoted_between_the_marks_alone(parsed):
    """Each word looks up the quote before it, not all the quotes of the article."""
    sentence = parsed("Sie PRON", "rief VERB", "Halt INTJ", "und CCONJ", "Los INTJ")
    quotes = Seen([(9, 13), (18, 21)])
    sentence = replace(sentence, passage=replace(sentence.passage, quotes=quotes))
    assert [sentence.is_quoted(token) for token in range(5)] == [False, False, True, False, True]


@pytest.mark.parametrize("step", [called, members], ids=["the-party", "the-unions"])
def test_phrases_are_gone_over_once_for_all_bare_nouns(parsed, monkeypatch, step):
    """Each ``die Partei`` asks what the article calls so; the article is gone over for the first of them alone."""
    sentence = parsed("die DET", "Partei NOUN Number=Sing", "tagte VERB VerbForm=Fin")
    sentence = replace(sentence, structure=Structure(tuple, lambda: (Phrase(0, 2, 1, None, 0),)))
    pack = SimpleNamespace(
        grammar=SimpleNamespace(definite=("die",), possessives={}, determiners=("die",), capitalised_nouns=True)
    )
    document = SimpleNamespace(names=Names(), pack=pack, sentences=(sentence,) * LONG, parsed=(sentence,) * LONG)
    visits = Visits(monkeypatch, step, "named_in")
    party = Party("subject", 0, 0, 2, "probe", Entity("group:x", "x", "group"))
    ask = {called: called.called_by, members: members.members_of}[step]
    for _ in range(LONG):
        ask(party, document)
    assert 0 < visits.count <= 2 * LONG
