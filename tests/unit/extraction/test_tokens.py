"""The words that the steps read say the same as those of spaCy, and know their parse once it is filled in."""

import weakref

import pytest
import spacy
from spacy.tokens import Doc

from worker.extraction.tokens import Tokens


@pytest.fixture
def doc():
    """``Anna Muster traf ( gestern ) den Chef.`` with its parse."""
    return Doc(
        spacy.blank("de").vocab,
        words=["Anna", "Muster", "traf", "(", "gestern", ")", "den", "Chef", ".", "\n"],
        spaces=[True, True, True, False, False, True, True, False, False, False],
        pos=["PROPN", "PROPN", "VERB", "PUNCT", "ADV", "PUNCT", "DET", "NOUN", "PUNCT", "SPACE"],
        tags=["NE", "NE", "VVFIN", "$(", "ADV", "$(", "ART", "NN", "$.", "_SP"],
        morphs=["", "", "Tense=Past|VerbForm=Fin", "", "", "", "Case=Acc,Dat|Number=Sing", "Case=Acc", "", ""],
        deps=["nsubj", "flat", "ROOT", "punct", "advmod", "punct", "det", "obj", "punct", "dep"],
        heads=[2, 0, 2, 4, 2, 4, 7, 2, 2, 8],
        ents=["B-PER", "I-PER", "O", "O", "O", "O", "O", "B-MISC", "O", "O"],
        lemmas=["Anna", "Muster", "treffen", "(", "gestern", ")", "der", "Chef", ".", ""],
    )


@pytest.mark.parametrize(
    "attribute",
    [
        "i", "idx", "text", "whitespace_", "pos_", "tag_", "dep_", "lemma_", "ent_iob_", "ent_type_", "is_space",
        "is_punct",
    ],
)  # fmt: skip
def test_word_says_what_spacys_says(doc, attribute):
    assert [getattr(token, attribute) for token in Tokens.of_parse(doc)] == [getattr(token, attribute) for token in doc]


@pytest.mark.parametrize("relation", ["children", "lefts", "rights"])
def test_word_has_the_relatives_that_spacys_has(doc, relation):
    found = [[other.i for other in getattr(token, relation)] for token in Tokens.of_parse(doc)]
    assert found == [[other.i for other in getattr(token, relation)] for token in doc]


def test_word_has_the_head_and_the_edge_that_spacys_has(doc):
    tokens = Tokens.of_parse(doc)
    assert [token.head.i for token in tokens] == [token.head.i for token in doc]
    assert [token.left_edge.i for token in tokens] == [token.left_edge.i for token in doc]


def test_word_has_the_features_that_spacys_has(doc):
    names = ("Tense", "VerbForm", "Case", "Number")
    found = [[list(token.morph.get(name, [])) for name in names] for token in Tokens.of_parse(doc)]
    assert found == [[token.morph.get(name) for name in names] for token in doc]


def test_sentences_begin_where_spacys_begin(doc):
    assert [token.i for token in Tokens.of_parse(doc) if token.is_sent_start] == [sent.start for sent in doc.sents]


def test_names_are_those_of_spacy(doc):
    found = [(name.label_, name.start_char, name.end_char, name.root.i) for name in Tokens.of_parse(doc).ents]
    assert found == [(name.label_, name.start_char, name.end_char, name.root.i) for name in doc.ents]


@pytest.mark.parametrize(
    ("start", "end"), [(0, 4), (5, 11), (2, 14), (19, 32), (17, 24), (28, 33)],
    ids=["word", "name", "verb-inside", "parts-of-words", "bracketed", "behind-the-verb"],
)  # fmt: skip
def test_stretch_has_the_root_that_spacys_has(doc, start, end):
    ours, theirs = Tokens.of_parse(doc).char_span(start, end), doc.char_span(start, end, alignment_mode="expand")
    assert (ours.start_char, ours.end_char, ours.root.i) == (theirs.start_char, theirs.end_char, theirs.root.i)


@pytest.mark.parametrize(("start", "end"), [(0, 2), (4, 6), (3, 3), (8, 20)], ids=["two", "glued", "none", "to-end"])
def test_text_of_words_is_that_of_spacy(doc, start, end):
    tokens = Tokens.of_parse(doc)
    assert tokens.text_of(start, end) == doc[start:end].text
    assert tokens.text == doc.text


def test_words_without_parse_know_their_form_alone(doc):
    words = [token.text for token in doc]
    tokens = Tokens(["Davor", ".", *words], [True] * 12, language="de", starts=[0, 2])
    tokens.fill(2, doc)
    assert (tokens[0].pos_, tokens[0].head.i, list(tokens[0].children)) == ("", 0, [])
    assert [token.i for token in tokens if token.is_sent_start] == [0, 2]
    assert (tokens[2].head.i, tokens[4].lemma_) == (4, "treffen")


def test_words_go_with_their_field(doc):
    """No word holds its field: a service that reads many articles leaves nothing to the collector of cycles."""
    tokens = Tokens.of_parse(doc)
    gone = weakref.ref(tokens)
    del tokens
    assert gone() is None
