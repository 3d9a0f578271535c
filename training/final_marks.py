"""Takes the final mark from some sentences, so that a parser learns that a sentence may end without one.

Headlines, captions and list entries stand in running text without a mark; almost all training sentences have one.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from training.sentence import ROOT, Sentence

SHARE = 0.12
"""Of the sentences of a passage that are not its last one (2026-11; of GSD's own test a tenth end without a mark)."""
_MARKS = frozenset(".!?")


def drop_some(run: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    """The passage with a few of its inner sentences ending in their last word."""
    return [
        without_final_mark(sentence) if place + 1 < len(run) and rng.random() < SHARE else sentence
        for place, sentence in enumerate(run)
    ]


def without_final_mark(sentence: Sentence) -> Sentence:
    """The sentence without its full stop, where it has one on which nothing hangs."""
    last = len(sentence.words) - 1
    heads = sentence.heads or ()
    if last < 1 or sentence.words[last] not in _MARKS or last in heads or heads[last:] == (ROOT,):
        return sentence
    return replace(
        sentence,
        words=sentence.words[:last],
        spaces=(*sentence.spaces[: last - 1], True),
        upos=sentence.upos and sentence.upos[:last],
        feats=sentence.feats and sentence.feats[:last],
        heads=sentence.heads and sentence.heads[:last],
        deps=sentence.deps and sentence.deps[:last],
        names=sentence.names and sentence.names[:last],
    )
