"""Which corpus files train, which are held out for choosing, and which only test.

The test side is never used for choosing anything. Training sentences that also stand in a test split are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from training.conllu import read_conllu
from training.harmonise import harmonise
from training.name_corpora import read_germeval, read_mobie, read_smartdata
from training.sentence import Sentence

GERMEVAL_TRAIN_SENTENCES = 2500
"""So many sentences of GermEval's test file train; the rest is test only."""
HELD_OUT_EVERY = 12
"""Every so many-th training sentence is held out when something is to be chosen."""
_MIN_OVERLAP_WORDS = 5


@dataclass(frozen=True)
class Treebanks:
    """The UD sentences of one language."""

    train: tuple[Sentence, ...]
    test: tuple[Sentence, ...]


@dataclass(frozen=True)
class NameSets:
    """The name sentences: GermEval and SmartData news have a test of their own."""

    train: tuple[Sentence, ...]
    germeval_test: tuple[Sentence, ...]
    smartdata_test: tuple[Sentence, ...]


def german_treebanks(corpora: Path) -> Treebanks:
    """GSD dev and PUD train; GSD test tests."""
    train = _treebank(corpora, "de_gsd-dev", "de") + _treebank(corpora, "de_pud", "de")
    test = _treebank(corpora, "de_gsd-test", "de")
    return Treebanks(train=without_overlap(train, test), test=tuple(test))


def english_treebanks(corpora: Path) -> Treebanks:
    """EWT train and dev train; EWT test tests."""
    train = _treebank(corpora, "en_ewt-train", "en") + _treebank(corpora, "en_ewt-dev", "en")
    test = _treebank(corpora, "en_ewt-test", "en")
    return Treebanks(train=without_overlap(train, test), test=tuple(test))


def _treebank(corpora: Path, name: str, language: str) -> list[Sentence]:
    path = corpora / "ud" / f"{name}.conllu.gz"
    return [
        harmonise(sentence) for sentence in read_conllu(path, language=language, merge_contractions=language == "de")
    ]


def german_names(corpora: Path) -> NameSets:
    """GermEval dev and the first part of its test, SmartData train and MobIE train."""
    folder = corpora / "ner"
    germeval = read_germeval(folder / "germeval14_test.tsv.gz")
    smartdata_test = read_smartdata(folder / "smartdata_v1_test.jsonl.gz")
    test = germeval[GERMEVAL_TRAIN_SENTENCES:] + smartdata_test
    train = (
        read_germeval(folder / "germeval14_dev.tsv.gz")
        + germeval[:GERMEVAL_TRAIN_SENTENCES]
        + read_smartdata(folder / "smartdata_v1_train.jsonl.gz")
        + read_mobie(folder / "mobie_conll.zip")
    )
    return NameSets(
        train=without_overlap(train, test),
        germeval_test=tuple(germeval[GERMEVAL_TRAIN_SENTENCES:]),
        smartdata_test=tuple(
            read_smartdata(folder / "smartdata_v1_test.jsonl.gz", sources=frozenset({"news"})),
        ),
    )


def overlap_key(sentence: Sentence) -> str:
    """What makes two sentences the same: letters and digits, without case."""
    return "".join(letter for word in sentence.words for letter in word.casefold() if letter.isalnum())


def without_overlap(train: Iterable[Sentence], test: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The training sentences that do not also stand in the test; short formulas ("Danke!") may."""
    tested = {overlap_key(sentence) for sentence in test if len(sentence.words) >= _MIN_OVERLAP_WORDS}
    return tuple(sentence for sentence in train if overlap_key(sentence) not in tested)


def hold_out(sentences: Iterable[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Split into what trains and what is held out for choosing."""
    listed = list(sentences)
    held = listed[::HELD_OUT_EVERY]
    kept = [sentence for index, sentence in enumerate(listed) if index % HELD_OUT_EVERY]
    return kept, held
