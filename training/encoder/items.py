"""Turns sentences into what the network is trained on: pieces and label indices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.encoder.bert import MAX_PIECES
from training.encoder.labels import Labels
from training.sentence import ROOT, Nearly, Sentence
from worker.extraction.models.pieces import END_ID, PAD_ID, START_ID, PieceVocabulary

MISSING = -100
"""The label index that no loss is taken of."""
TREEBANKS = {"de_gsd": 0, "de_pud": 1, "en_ewt": 2, "other": 3, "silver": 0, "germev": 0, "smartd": 0}
"""Whose habits the syntax follows; that of silver sentences was given by a parser that follows GSD's."""
TREEBANK_COUNT = len(set(TREEBANKS.values()))
NEARLY: tuple[Nearly, ...] = get_args(Nearly)


@dataclass(frozen=True)
class Item:
    """A passage in numbers; labels that its corpus lacks are MISSING.

    Attributes:
        pieces: Piece ids, framed by start and end.
        bounds: First and last (exclusive) piece of each word.
        heads: 0 for the root, else the head's index plus one.
        sentence: Which sentence of the passage each word is in.
        nearly: What the corpus does with what is nearly a name, an index of NEARLY.
        weight: How much its names count.
        states: Output of the frozen layers, once it is cached.
    """

    pieces: NDArray[np.int64]
    bounds: NDArray[np.int64]
    upos: NDArray[np.int64]
    features: NDArray[np.int64]
    heads: NDArray[np.int64]
    relations: NDArray[np.int64]
    names: NDArray[np.int64]
    ends: NDArray[np.int64]
    sentence: NDArray[np.int64]
    treebank: int
    misc_known: bool
    nearly: int
    weight: float
    states: list[NDArray[np.float16]] = field(default_factory=list, compare=False)

    def __len__(self) -> int:
        """The number of words."""
        return len(self.bounds)


def to_item(sentences: Sequence[Sentence], labels: Labels, vocabulary: PieceVocabulary) -> Item | None:
    """A passage of sentences of one corpus as an item; None where it has more pieces than the encoder takes."""
    words = [word for sentence in sentences for word in sentence.words]
    spaces = [True, *(space for sentence in sentences for space in (*sentence.spaces[:-1], True))]
    cuts = [vocabulary.cut(word, space) for word, space in zip(words, spaces, strict=False)]
    ends = np.cumsum([1, *map(len, cuts)])
    if ends[-1] + 1 > MAX_PIECES:
        return None
    first, count = sentences[0], len(words)
    sizes = [len(sentence.words) for sentence in sentences]
    is_last = np.zeros(count, np.int64)
    is_last[np.cumsum(sizes) - 1] = 1
    missing = np.full(count, MISSING)
    return Item(
        pieces=np.array([START_ID, *(piece for cut in cuts for piece in cut), END_ID]),
        bounds=np.stack([ends[:-1], ends[1:]], axis=1),
        upos=missing if first.upos is None else _indices((t for s in sentences for t in s.upos or ()), labels.upos),
        features=_features(sentences, labels, count),
        heads=missing if first.heads is None else np.array(list(_heads(sentences))),
        relations=missing
        if first.deps is None
        else _indices((d for s in sentences for d in s.deps or ()), labels.relations),
        names=missing if first.names is None else _indices((n for s in sentences for n in s.names or ()), labels.names),
        ends=missing if first.heads is None else is_last,
        sentence=np.repeat(np.arange(len(sizes)), sizes),
        treebank=TREEBANKS.get(first.source[:6], TREEBANKS["other"]),
        misc_known=first.misc_known,
        nearly=NEARLY.index(first.nearly),
        weight=first.weight,
    )


def _indices(values: Iterator[str], known: Sequence[str]) -> NDArray[np.int64]:
    index = {value: number for number, value in enumerate(known)}
    return np.array([index.get(value, MISSING) for value in values])


def _heads(sentences: Sequence[Sentence]) -> Iterator[int]:
    start = 1
    for sentence in sentences:
        yield from (0 if head == ROOT else head + start for head in sentence.heads or ())
        start += len(sentence.words)


def _features(sentences: Sequence[Sentence], labels: Labels, count: int) -> NDArray[np.int64]:
    """(words, features): the value's index for each feature name."""
    found = np.full((count, len(labels.features)), MISSING)
    if sentences[0].feats is None:
        return found
    names = list(labels.features)
    index = {name: {value: number for number, value in enumerate(labels.features[name])} for name in names}
    for row, feats in enumerate(feats for sentence in sentences for feats in sentence.feats or ()):
        pairs = dict(pair.split("=") for pair in feats.split("|") if pair)
        found[row] = [index[name].get(pairs.get(name, "-"), 0) for name in names]
    return found


@dataclass(frozen=True)
class Batch:
    """Items padded to the same length."""

    pieces: Tensor
    real: Tensor
    words: Tensor
    upos: Tensor
    features: Tensor
    heads: Tensor
    relations: Tensor
    names: Tensor
    ends: Tensor
    sentence: Tensor
    treebank: Tensor
    misc_known: Tensor
    nearly: Tensor
    weight: Tensor
    states: Tensor | None


def to_batch(items: Sequence[Item]) -> Batch:
    """Pad and stack."""
    longest_pieces, longest = max(len(item.pieces) for item in items), max(map(len, items))
    words = torch.zeros(len(items), longest, longest_pieces)
    for row, item in enumerate(items):
        for word, (start, end) in enumerate(item.bounds):
            words[row, word, start:end] = 1.0 / (end - start)

    def stack(name: str, fill: int = MISSING) -> Tensor:
        arrays = [torch.from_numpy(getattr(item, name)) for item in items]
        return torch.nn.utils.rnn.pad_sequence(arrays, batch_first=True, padding_value=fill)

    pieces = stack("pieces", PAD_ID)
    cached = [torch.from_numpy(item.states[0]) for item in items if item.states]
    return Batch(
        pieces=pieces,
        real=(pieces != PAD_ID).long(),
        words=words,
        upos=stack("upos"),
        features=stack("features"),
        heads=stack("heads"),
        relations=stack("relations"),
        names=stack("names"),
        ends=stack("ends"),
        sentence=stack("sentence", -1),
        treebank=torch.tensor([item.treebank for item in items]),
        misc_known=torch.tensor([item.misc_known for item in items]),
        nearly=torch.tensor([item.nearly for item in items]),
        weight=torch.tensor([item.weight for item in items]),
        states=torch.nn.utils.rnn.pad_sequence(cached, batch_first=True) if cached else None,
    )


def batches(items: Sequence[Item], rng: np.random.Generator, *, pieces: int, shuffle: bool = True) -> Iterator[Batch]:
    """Batches of about so many pieces, items of like length together, the batches in random order."""
    noise = rng.random(len(items)) * 12 if shuffle else np.zeros(len(items))
    order = np.argsort([len(item.pieces) + extra for item, extra in zip(items, noise, strict=True)])
    groups: list[list[Item]] = [[]]
    for number in order:
        item = items[number]
        if groups[-1] and (len(groups[-1]) + 1) * len(item.pieces) > pieces:
            groups.append([])
        groups[-1].append(item)
    turn = rng.permutation(len(groups)) if shuffle else range(len(groups))
    return (to_batch(groups[number]) for number in turn)
