"""Sentences with other names in the place of theirs."""

import random

import pytest

from training.renaming import RENAMED, rename
from training.sentence import Sentence


def sentence(text, tags, corpus="germeval14_dev.tsv.gz:1"):
    words = tuple(text.split())
    names = tuple(tags.split())
    return Sentence(corpus, "de", words, (True,) * (len(words) - 1) + (False,), names=names, upos=("X",) * len(words))


CORPUS = [
    sentence("Anna Beer reist nach Bern .", "B-PER I-PER O O B-LOC O"),
    sentence("Carl lebt in Ulm .", "B-PER O O B-LOC O"),
    sentence("Der FC Ulm verlor gegen den VfB .", "O B-ORG I-ORG O O O B-ORG O"),
    sentence("Der SV Bern gewann .", "O B-ORG I-ORG O O"),
    sentence("Deutsche Lieder", "B-LOCderiv O"),
    sentence("Kim ist in Rom .", "B-PER O O B-LOC O", corpus="smartdata_v1_train.jsonl.gz:2"),
]


@pytest.fixture(scope="module")
def renamed():
    return [each for seed in range(40) for each in rename(CORPUS, dice(seed))]


def dice(seed):
    return random.Random(seed)  # noqa: S311 - choosing names needs no secrecy


def names(each, kind):
    found = []
    for word, tag in zip(each.words, each.names, strict=True):
        if tag == f"B-{kind}":
            found.append(word)
        elif tag == f"I-{kind}":
            found[-1] += f" {word}"
    return found


def test_every_sentence_with_a_name_comes_once_more(renamed):
    """Forms made from names are none; the layers that would no longer fit are gone but for words and names."""
    assert len(renamed) == 40 * 5
    assert {each.source.endswith(RENAMED) for each in renamed} == {True}
    assert all(len(each.words) == len(each.spaces) == len(each.names) for each in renamed)
    assert {each.upos for each in renamed} == {None}


def test_names_come_from_the_same_corpus_with_their_kind(renamed):
    """Each corpus has its own scheme."""
    germeval = [each for each in renamed if each.source.startswith("germeval")]
    assert {name for each in germeval for name in names(each, "PER")} == {"Anna Beer", "Carl"}
    assert {name for each in germeval for name in names(each, "LOC")} == {"Bern", "Ulm"}
    others = [each for each in renamed if each.source.startswith("smart")]
    assert {name for each in others for name in (*names(each, "PER"), *names(each, "LOC"))} == {"Kim", "Rom"}


def test_what_follows_an_article_does_so_again(renamed):
    """ "Der" and "den" take names of their own."""
    behind_der = {names(each, "ORG")[0] for each in renamed if each.words[0] == "Der"}
    assert behind_der == {"FC Ulm", "SV Bern"}
    assert {names(each, "ORG")[1] for each in renamed if "den" in each.words} == {"VfB"}


def test_what_stands_around_names_stays(renamed):
    """With its spaces."""
    for each in renamed:
        if each.words[-1] == ".":
            assert each.spaces[-2:] == (True, False)
    others = {" ".join(w for w, t in zip(e.words, e.names, strict=True) if t == "O") for e in renamed}
    assert others == {"reist nach .", "lebt in .", "Der verlor gegen den .", "Der gewann .", "ist in ."}


def test_lists_give_names_where_neither_article_nor_ending_asks_for_more():
    """And only of kinds that have one."""
    listed = {"LOC": [(("Los", "Ríos"), (True, True))]}
    found = [each for seed in range(40) for each in rename(CORPUS, dice(seed), listed=listed)]
    assert "Los Ríos" in {name for each in found for name in names(each, "LOC")}
    assert "Los Ríos" not in {name for each in found for kind in ("PER", "ORG") for name in names(each, kind)}
