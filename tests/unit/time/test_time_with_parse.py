"""What a parse adds; the documents are made by hand, so that no model is needed."""

from datetime import date

import pytest
import spacy
from spacy.tokens import Doc, Span

from worker.extraction.time import find_times

PUBLISHED = date(2025, 8, 7)


def parsed(language, words, *, heads, deps, pos, morphs):
    return Doc(
        spacy.blank(language).vocab,
        words=words,
        heads=heads,
        deps=deps,
        pos=pos,
        morphs=morphs,
        lemmas=[word.lower() for word in words],
    )


@pytest.mark.parametrize(
    ("morph", "value"),
    [("VerbForm=Fin|Tense=Past", "2025-08-01"), ("VerbForm=Fin|Tense=Pres", "2025-08-08")],
    ids=["past", "present"],
)
def test_tense_of_the_governing_verb_decides(morph, value):
    """A verb that no word list knows still tells, when the parse knows its tense."""
    doc = parsed(
        "de",
        ["Am", "Freitag", "grumpf", "er", "."],
        heads=[1, 2, 2, 2, 2],
        deps=["case", "obl", "ROOT", "nsubj", "punct"],
        pos=["ADP", "NOUN", "VERB", "PRON", "PUNCT"],
        morphs=["", "", morph, "", ""],
    )
    (friday,) = find_times(doc.text, published=PUBLISHED, language="de", doc=doc)
    assert friday.value == value
    assert friday.direction_reason.startswith("parse:")


def test_time_word_in_a_persons_name_is_none():
    """The surname of a recognised person is no month, whatever stands before it."""
    doc = Doc(spacy.blank("de").vocab, words=["Sie", "traf", "im", "Rathaus", "Karla", "Freitag", "."])
    assert [time.text for time in find_times(doc.text, published=PUBLISHED, language="de")] == ["Freitag"]
    doc.ents = [Span(doc, 4, 6, label="PER")]
    assert not find_times(doc.text, published=PUBLISHED, language="de", doc=doc)


def test_document_of_another_text_is_ignored():
    """A parse whose offsets would be wrong does no harm."""
    other = Doc(spacy.blank("de").vocab, words=["Etwas", "anderes"])
    text = "Am Freitag trifft er sie."
    assert find_times(text, published=PUBLISHED, language="de", doc=other) == find_times(
        text, published=PUBLISHED, language="de"
    )
