"""What the tree itself shows to be otherwise is mended."""

import pytest
import spacy
from spacy.tokens import Doc

from worker.extraction.models.mends import mend_relations, mend_second_subjects

EN, DE = spacy.blank("en"), spacy.blank("de")


@pytest.mark.parametrize(
    ("words", "pos", "heads", "deps", "expected"),
    [
        pytest.param("They met Olav", "PRON VERB PROPN", [1, 1, 1], "nsubj ROOT nsubj", "nsubj ROOT obj", id="second"),
        pytest.param(
            "He flew and met Olav", "PRON VERB CCONJ VERB PROPN", [1, 1, 3, 1, 3],
            "nsubj ROOT cc conj nsubj", "nsubj ROOT cc conj obj", id="joined",
        ),
        pytest.param("Then came Olav", "ADV VERB PROPN", [1, 1, 1], "advmod ROOT nsubj", None, id="only-one"),
        pytest.param(
            "It said came Olav", "PRON VERB VERB PROPN", [1, 1, 1, 2], "nsubj ROOT ccomp nsubj", None, id="other-verb"
        ),
        pytest.param(
            "They met her Olav", "PRON VERB PRON PROPN", [1, 1, 1, 1], "nsubj ROOT obj nsubj", None, id="has-object"
        ),
    ],
)  # fmt: skip
def test_a_second_subject_behind_the_verb_is_its_object(words, pos, heads, deps, expected):
    """English has one subject, and in front; what else the verb has is left alone."""
    doc = Doc(EN.vocab, words=words.split(), pos=pos.split(), heads=heads, deps=deps.split())
    assert [token.dep_ for token in mend_second_subjects(doc)] == (expected or deps).split()


@pytest.mark.parametrize(
    ("words", "heads", "deps", "expected"),
    [
        pytest.param("Anna met yesterday Ben said", [4, 4, 1, 4, 4], "nsubj ccomp advmod nsubj ROOT", 1, id="two"),
        pytest.param("Anna met yesterday she said", [1, 4, 1, 4, 4], "nsubj ccomp advmod nsubj ROOT", 1, id="right"),
        pytest.param("Anna met yesterday he said", [4, 4, 1, 4, 4], "nsubj ccomp advmod obl ROOT", 4, id="only-one"),
        pytest.param("Anna she met Ben said", [4, 2, 4, 4, 4], "nsubj nsubj ccomp nsubj ROOT", 4, id="has-its-own"),
        pytest.param("Anna said Ben met Eve", [1, 1, 1, 1, 3], "nsubj ROOT nsubj ccomp obj", 1, id="behind"),
    ],
)
def test_the_first_of_two_subjects_is_that_of_the_clause_said(words, heads, deps, expected):
    """``X will meet in Y, the office said``: a verb has one subject, in either language."""
    for vocab, mend in ((EN.vocab, mend_second_subjects), (DE.vocab, mend_relations)):
        doc = Doc(vocab, words=words.split(), pos=["X"] * 5, heads=heads, deps=deps.split())
        assert mend(doc)[0].head.i == expected
