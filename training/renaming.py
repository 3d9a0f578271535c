"""Puts other names in the place of those in a sentence, so that a model learns where names stand and not which.

A name gives way to one of the same kind that fits as it did: after the same article or none, with or without a final
"s". Source: Dai and Adel (2020), "An Analysis of Simple Data Augmentation for Named Entity Recognition", section 3.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from training.sentence import NAMES, Sentence

RENAMED = "#renamed"
"""Ends the source of such a sentence."""
_SHARE = 0.7
"""Of the names of a sentence."""
_LISTED_SHARE = 0.3
"""Of the new names, those that come out of lists instead of other sentences, where there are lists."""
_ARTICLES = frozenset(
    "der die das des dem den ein eine einer einem einen im am vom zum zur beim ins ans".split()  # noqa: SIM905
)
Name = tuple[tuple[str, ...], tuple[bool, ...]]
"""Words, and whether a space follows each."""
_Fit = tuple[str, str, str, bool]


def rename(
    sentences: Sequence[Sentence], rng: random.Random, *, listed: Mapping[str, Sequence[Name]] = MappingProxyType({})
) -> Iterator[Sentence]:
    """Give each sentence that has names once more with others; of its layers only words and names remain.

    Args:
        sentences: Of several corpora; names come from sentences of the same one.
        rng: Chooses.
        listed: Further names by kind, for places without article and ending (``training.name_lists``).
    """
    pool = _pool(sentences)
    for sentence in sentences:
        if any(tag[2:] in NAMES for tag in sentence.names or ()):
            yield _renamed(sentence, pool, listed, rng)


def _renamed(
    sentence: Sentence, pool: Mapping[_Fit, list[Name]], listed: Mapping[str, Sequence[Name]], rng: random.Random
) -> Sentence:
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    for start, end in _parts(sentence):
        new = sentence.words[start:end], sentence.spaces[start:end]
        kind = (sentence.names or ())[start][2:]
        if kind in NAMES and rng.random() < _SHARE:
            fit = _fit(sentence, start, end)
            from_list = listed.get(kind) if not fit[2] and not fit[3] else None
            chosen = rng.choice(from_list if from_list and rng.random() < _LISTED_SHARE else pool[fit])
            new = chosen[0], (*chosen[1][:-1], sentence.spaces[end - 1])
        words += new[0]
        spaces += new[1]
        tags += [f"B-{kind}", *[f"I-{kind}"] * (len(new[0]) - 1)] if kind else ["O"]
    return replace(
        sentence,
        source=sentence.source + RENAMED,
        words=tuple(words),
        spaces=tuple(spaces),
        names=tuple(tags),
        upos=None,
        feats=None,
        heads=None,
        deps=None,
    )


def _pool(sentences: Iterable[Sentence]) -> dict[_Fit, list[Name]]:
    pool: dict[_Fit, list[Name]] = defaultdict(list)
    for sentence in sentences:
        for start, end in _parts(sentence):
            if (sentence.names or ())[start][2:] in NAMES:
                pool[_fit(sentence, start, end)].append((sentence.words[start:end], sentence.spaces[start:end]))
    return pool


def _parts(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The words of the sentence, those of a name together."""
    tags = sentence.names or ()
    starts = [number for number, tag in enumerate(tags) if not tag.startswith("I-")]
    return zip(starts, [*starts[1:], len(tags)], strict=True)


def _fit(sentence: Sentence, start: int, end: int) -> _Fit:
    """What a name has to share with another to stand in its place: corpus, kind, article, and a final "s"."""
    before = sentence.words[start - 1].lower() if start else ""
    corpus, kind = sentence.source[:6], (sentence.names or ())[start][2:]
    return corpus, kind, before if before in _ARTICLES else "", sentence.words[end - 1].endswith("s")
