"""Which rules are tried at a word: all that can match there, and few others."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.extraction.time import grammar as grammar_module
from worker.extraction.time.grammar import load_grammar
from worker.extraction.time.timed_text import lower_in_place

_SHORT = ["der", "die", "im", "am", "vor", "zu", "the", "in", "on", "a", "to", "3.", "12", "5"]


def _texts(language):
    tables = load_grammar(language).words.words
    forms = [form for table in tables.values() for forms in table.values() for form in forms]
    words = st.one_of(st.sampled_from(_SHORT), st.sampled_from(forms).map(str.capitalize), st.sampled_from(forms))
    gaps = st.sampled_from([" ", "  ", "\n", ", ", "-"])
    return st.lists(st.tuples(words, gaps), max_size=12).map(lambda pairs: "".join(map("".join, pairs)))


@given(st.sampled_from(["de", "en"]).flatmap(lambda language: st.tuples(st.just(language), _texts(language))))
def test_no_rule_is_ruled_out_that_matches(case):
    """What is found is what would be found if every rule were tried at every word."""
    language, text = case
    grammar = load_grammar(language)
    every = tuple(range(len(grammar.rules)))
    patient = replace(grammar, openings=lambda _beginning: every)
    lowered = lower_in_place(text)
    assert list(grammar.find_hits(text, lowered)) == list(patient.find_hits(text, lowered))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Ministerin sprach nach der Wahl über eine Brücke, die der Rat den Leuten lange schuldig blieb."),
        ("en", "The minister spoke to the people in the house about a bill that the board had left unpaid."),
    ],
)
def test_a_short_word_alone_asks_for_few_rules(language, text, monkeypatch):
    """In a sentence without a time about one rule is tried for each word, though articles open most rules."""
    tried = []
    accept = grammar_module._accept
    monkeypatch.setattr(grammar_module, "_accept", lambda *args: tried.append(args) or accept(*args))
    assert not list(load_grammar(language).find_hits(text, text.lower()))
    assert len(tried) <= 1.5 * len(text.split())
