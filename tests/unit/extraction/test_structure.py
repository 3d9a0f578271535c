"""What is found of a sentence is found once, whoever asks and however often."""

from dataclasses import replace

from worker.extraction.document import Clause, Phrase
from worker.extraction.languages.pack import load_pack
from worker.extraction.structure import Structure, once
from worker.extraction.verbs import find_subject, verb_lemma

GRAMMAR = load_pack("de").grammar
CLAUSE = Clause((0, 1, 2), "main", None, None, 1, (1,))
PHRASES = (Phrase(0, 1, 0, None, 0), Phrase(2, 3, 2, None, 2))


def made(parsed, asked):
    """Make ``Anna traf Jan`` and write down what is looked for."""

    def find(what, found):
        asked.append(what)
        return found

    structure = Structure(lambda: find("clauses", (CLAUSE,)), lambda: find("phrases", PHRASES))
    return replace(
        parsed("Anna PROPN _ nsubj 1", "traf VERB VerbForm=Fin ROOT 1", "Jan PROPN _ obj 1"), structure=structure
    )


def test_nothing_is_looked_for_before_it_is_asked_for(parsed):
    asked = []
    made(parsed, asked)
    assert asked == []


def test_clauses_and_phrases_are_found_once(parsed):
    """A sentence seen anew in the next round brings its structure along."""
    asked = []
    sentence = made(parsed, asked)
    later = replace(sentence, index=7)
    for each in (sentence, later, sentence):
        assert each.clauses == (CLAUSE,)
        assert each.phrase_of(2) == PHRASES[1]
        assert each.clause_of(1) == 0
        assert each.phrase_of(1) is None
    assert sorted(asked) == ["clauses", "phrases"]


def test_answer_is_worked_out_once_for_each_place(parsed):
    worked = []

    @once
    def length_of(_sentence, place, _grammar):
        worked.append(place)
        return None if isinstance(place, int) else place.end - place.start

    sentence = made(parsed, [])
    found = [length_of(sentence, place, GRAMMAR) for place in (PHRASES[0], PHRASES[1], PHRASES[0], 1, 1)]
    assert found == [1, 1, 1, None, None]
    assert worked == [PHRASES[0], PHRASES[1], 1]


def test_answers_of_one_sentence_are_not_those_of_another(parsed):
    one, other = made(parsed, []), parsed("Jan PROPN _ nsubj 1", "rief VERB VerbForm=Fin ROOT 1")
    assert verb_lemma(one, 1, GRAMMAR) == "traf"
    assert verb_lemma(other, 1, GRAMMAR) == "rief"
    assert find_subject(one, 0, GRAMMAR) == PHRASES[0]
