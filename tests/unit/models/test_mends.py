"""What the tree itself shows to be otherwise is mended."""

import pytest
import spacy
from spacy.tokens import Doc

from worker.extraction.models.mends import mend_second_subjects

EN = spacy.blank("en")


@pytest.mark.parametrize(
    ("words", "pos", "heads", "deps", "expected"),
    [
        pytest.param("They met Olav", "PRON VERB PROPN", [1, 1, 1], "nsubj ROOT nsubj", "nsubj ROOT obj", id="second"),
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
