"""Hyphenated compounds become one word, as spaCy has them."""

import pytest

from training.compounds import join_compounds
from training.sentence import ROOT, Sentence


def sentence(words, spaces, heads, deps):
    return Sentence(
        source="toy:0",
        language="de",
        words=tuple(words.split()),
        spaces=tuple(mark == " " for mark in spaces),
        upos=("NOUN",) * len(heads),
        feats=("",) * len(heads),
        heads=heads,
        deps=tuple(deps.split()),
    )


PLAIN = sentence("Der EU - Gipfel tagt", " .. .", (3, 3, 1, 4, ROOT), "det compound punct nsubj root")


def test_parts_become_one_word_with_the_head_of_the_last():
    """What hung on a part hangs on the whole, and indices are shifted."""
    joined = join_compounds(PLAIN)
    assert joined.words == ("Der", "EU-Gipfel", "tagt")
    assert joined.spaces == (True, True, False)
    assert (joined.heads, joined.deps) == ((1, 2, ROOT), ("det", "nsubj", "root"))
    assert joined.text == PLAIN.text


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(sentence("Wien - Graz", "  .", (ROOT, 2, 0), "root punct obl"), id="dash between spaces"),
        pytest.param(sentence("er - Lea", " ..", (ROOT, 2, 0), "root punct obl"), id="dash before a word"),
        pytest.param(
            Sentence(source="toy:0", language="de", words=("a", "-", "b"), spaces=(False,) * 3), id="no syntax"
        ),
    ],
)
def test_other_dashes_stay(given):
    """Only what is written in one piece is one word."""
    assert join_compounds(given) == given


def test_elliptic_first_parts_keep_their_hyphen():
    """ "Lohn- und Preispolitik": the hyphen joins the word before it."""
    given = sentence("Lohn - und Preise", ". ..", (ROOT, 0, 3, 0), "root punct cc conj")
    assert join_compounds(given).words == ("Lohn-", "und", "Preise")
