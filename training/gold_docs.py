"""Turns annotated sentences into the spaCy documents that training and scoring compare with."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc
from spacy.training import Example

from training.sentence import ROOT, Sentence, join_sentences, runs_of

if TYPE_CHECKING:
    from spacy.vocab import Vocab


def gold_doc(sentence: Sentence, vocab: Vocab) -> Doc:
    """A Doc with every layer the sentence has; what it lacks is marked as missing."""
    doc = Doc(
        vocab,
        words=list(sentence.words),
        spaces=list(sentence.spaces),
        pos=None if sentence.upos is None else list(sentence.upos),
        morphs=None if sentence.feats is None else list(sentence.feats),
        heads=None
        if sentence.heads is None
        else [index if head == ROOT else head for index, head in enumerate(sentence.heads)],
        deps=None if sentence.deps is None else ["ROOT" if dep == "root" else dep for dep in sentence.deps],
        ents=None if sentence.plain_names is None else list(sentence.plain_names),
    )
    if sentence.names is None:
        doc.set_ents([], default="missing")
    return doc


def to_example(sentence: Sentence, vocab: Vocab) -> Example:
    """Gold beside an empty Doc with the same tokens."""
    gold = gold_doc(sentence, vocab)
    return Example(Doc(vocab, words=list(sentence.words), spaces=list(sentence.spaces)), gold)


def passages(sentences: Sequence[Sentence], rng: random.Random, *, longest: int) -> Iterator[Sentence]:
    """Shuffled passages of one to ``longest`` neighbouring sentences of the same file."""
    runs = runs_of(sentences, rng, longest=longest)
    rng.shuffle(runs)
    return map(join_sentences, runs)
