"""Some sentences lose their full stop, and nothing else."""

import random

import pytest

from training.final_marks import drop_some, without_final_mark
from training.sentence import ROOT, Sentence

NAMED = Sentence(
    source="toy:0",
    language="de",
    words=("Lea", "kam", "."),
    spaces=(True, False, True),
    upos=("PROPN", "VERB", "PUNCT"),
    feats=("", "", ""),
    heads=(1, ROOT, 1),
    deps=("nsubj", "root", "punct"),
    names=("B-PER", "O", "O"),
)


def test_every_layer_loses_its_last_entry():
    """The last word is followed by a space, as the mark was."""
    bare = without_final_mark(NAMED)
    assert (bare.words, bare.spaces) == (("Lea", "kam"), (True, True))
    assert (bare.upos, bare.feats, bare.heads, bare.deps, bare.names) == (
        ("PROPN", "VERB"),
        ("", ""),
        (1, ROOT),
        ("nsubj", "root"),
        ("B-PER", "O"),
    )


@pytest.mark.parametrize(
    ("words", "heads"),
    [
        pytest.param(("Lea", "kam"), (1, ROOT), id="no mark"),
        pytest.param((".",), (ROOT,), id="nothing but a mark"),
        pytest.param(("Ach", "!", "."), (1, 2, ROOT), id="the mark is the root"),
        pytest.param(("Lea", "kam", "."), (2, ROOT, 1), id="something hangs on it"),
    ],
)
def test_what_cannot_lose_its_mark_stays(words, heads):
    """No word may lose its head."""
    given = Sentence(source="toy:0", language="de", words=words, spaces=(True,) * len(words), heads=heads)
    assert without_final_mark(given) == given


def test_the_last_sentence_of_a_passage_keeps_its_mark():
    """After it nothing comes from which it would have to be told."""
    passages = [drop_some([NAMED, NAMED], random.Random(seed)) for seed in range(200)]  # noqa: S311 - no secrecy
    assert {passage[1] for passage in passages} == {NAMED}
    assert 0 < sum(passage[0] != NAMED for passage in passages) < 60
