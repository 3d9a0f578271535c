"""Turns the scores of a document's windows into its annotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.parts_of_speech import IDS as PARTS_OF_SPEECH  # type: ignore[import-not-found] # compiled, without a stub
from spacy.tokens import Doc, Span
from thinc.api import NumpyOps

from .labels import ABSENT, ModelLabels
from .names import NameDecoder
from .network import Floats, WindowScores
from .spanning import best_heads
from .windows import Window

_NEVER = np.float32(-1e9)

WORDS_A_PRODUCT = 512
"""So many words at most go into one product of the relation scorer, 10 MB of it: a sentence alone costs thrice as much
a word (2026-11)."""


@dataclass(frozen=True)
class _Columns:
    """What is known of each token of a document, as spaCy stores it; heads as offsets."""

    heads: NDArray[np.int64]
    relations: NDArray[np.uint64]
    upos: NDArray[np.uint64]
    morphs: NDArray[np.uint64]


class Annotator:
    """Writes what the network found into documents.

    Args:
        labels: The label sets of the network.
        relation_weights: (dependent, relations, head): the scorer of relations.
    """

    def __init__(self, labels: ModelLabels, relation_weights: Floats) -> None:
        self._labels = labels
        self._weights = np.ascontiguousarray(relation_weights.reshape(len(relation_weights), -1))
        self._root = labels.relations.index("root")
        self._relations = ["ROOT" if name == "root" else name for name in labels.relations]
        self._upos = np.array([PARTS_OF_SPEECH[name] for name in labels.upos], np.uint64)
        self._names = {counting: NameDecoder(labels.names, counting_forms=counting) for counting in (False, True)}
        sizes = [len(values) for values in labels.features.values()]
        self._feature_bounds = list(pairwise([0, *np.cumsum(sizes).tolist()]))
        self._feature_sets: dict[tuple[int, ...], str] = {}
        # numpy's own product starts a thread on every core, which on a busy machine costs more than the network does.
        self._product = NumpyOps().gemm

    def project(self, scores: Iterable[WindowScores]) -> Iterator[Floats]:
        """Give for each window what its words bring to the scores of relations: (words, relations, head)."""
        group: list[WindowScores] = []
        for window in scores:
            if group and sum(len(each.upos) for each in group) + len(window.upos) > WORDS_A_PRODUCT:
                yield from self._project_together(group)
                group = []
            group.append(window)
        if group:
            yield from self._project_together(group)

    def _project_together(self, group: Sequence[WindowScores]) -> list[Floats]:
        dependents = np.concatenate([each.relation_dependent for each in group])
        product = self._product(_with_one(dependents), self._weights).reshape(len(dependents), len(self._relations), -1)
        return np.split(product, np.cumsum([len(each.relation_dependent) for each in group])[:-1])

    def annotate(
        self,
        doc: Doc,
        windows: Sequence[Window],
        scores: Sequence[WindowScores],
        projected: Sequence[Floats],
        *,
        counting_forms: bool = False,
    ) -> None:
        """Set part of speech, features, heads, relations, sentence starts and names of a document.

        Args:
            doc: Not yet annotated.
            windows: Of the document, in their order.
            scores: Of each window.
            projected: What ``project`` gave for each.
            counting_forms: Whether forms made from a name ("deutsche", "Berlin-Reise") are names.
        """
        if not len(doc):
            return
        columns = _Columns(np.zeros(len(doc), np.int64), *(np.zeros(len(doc), np.uint64) for _ in range(3)))
        spans: list[Span] = []
        for window, found, product in zip(windows, scores, projected, strict=True):
            self._set_tags(doc, window, found, columns)
            sentences = _sentences(doc, window, found)
            heads = _find_trees(found, sentences)
            self._set_trees(doc, window, heads, self._best_relations(window, found, product, heads), columns)
            for bounds in sentences:
                spans += self._find_names(doc, window, found, bounds, self._names[counting_forms])
        _attach_spaces(doc, columns)
        _write(doc, columns)
        doc.set_ents(spans)

    def _set_tags(self, doc: Doc, window: Window, scores: WindowScores, columns: _Columns) -> None:
        own = slice(window.first, window.last)
        tokens = list(window.tokens[own])
        columns.upos[tokens] = self._upos[scores.upos[own].argmax(axis=1)]
        values = np.stack([scores.features[own, a:b].argmax(axis=1) for a, b in self._feature_bounds], axis=1)
        columns.morphs[tokens] = [doc.vocab.morphology.add(self._morph(tuple(row))) for row in values.tolist()]

    def _morph(self, row: tuple[int, ...]) -> str:
        known = self._feature_sets.get(row)
        if known is None:
            pairs = zip(self._labels.features.items(), row, strict=True)
            known = "|".join(f"{name}={values[number]}" for (name, values), number in pairs if values[number] != ABSENT)
            self._feature_sets[row] = known
        return known

    def _set_trees(
        self, doc: Doc, window: Window, heads: NDArray[np.intp], relations: Sequence[int], columns: _Columns
    ) -> None:
        """Write heads as offsets, and relations as spaCy's numbers."""
        tokens = np.array(window.tokens)
        own = tokens[window.first : window.last]
        columns.heads[own] = np.where(heads == 0, 0, tokens[heads - 1] - own)
        columns.relations[own] = [doc.vocab.strings.add(self._relations[number]) for number in relations]

    def _best_relations(
        self, window: Window, scores: WindowScores, product: Floats, heads: NDArray[np.intp]
    ) -> list[int]:
        above = _with_one(scores.relation_head[heads])
        fits = np.matmul(product[window.first : window.last], above[:, :, None])[:, :, 0]
        fits[:, self._root] = np.where(heads == 0, -_NEVER, _NEVER)
        best: list[int] = fits.argmax(axis=1).tolist()
        return best

    @staticmethod
    def _find_names(
        doc: Doc, window: Window, scores: WindowScores, bounds: tuple[int, int], decoder: NameDecoder
    ) -> Iterable[Span]:
        first, last = bounds
        for start, end, label in decoder.spans(scores.names[first:last]):
            tokens = window.tokens[first + start : first + end]
            yield Span(doc, tokens[0], tokens[-1] + 1, label=label)


def _find_trees(scores: WindowScores, sentences: Sequence[tuple[int, int]]) -> NDArray[np.intp]:
    """Find the tree of each sentence; gives the head of each word, 0 for the root."""
    above: list[NDArray[np.intp]] = []
    for first, last in sentences:
        candidates = np.array([0, *range(first + 1, last + 1)])
        above.append(candidates[best_heads(scores.arcs[first:last, candidates])])
    return np.concatenate(above)


def _with_one(vectors: Floats) -> Floats:
    return np.concatenate([vectors, np.ones((len(vectors), 1), np.float32)], axis=1)


def _sentences(doc: Doc, window: Window, scores: WindowScores) -> list[tuple[int, int]]:
    """Half-open word ranges of the window's own sentences; starts set beforehand are kept."""
    bounds = [window.first]
    for word in range(window.first + 1, window.last):
        preset = doc[window.tokens[word]].is_sent_start
        if preset or (preset is None and scores.ends[word - 1] > 0):
            bounds.append(word)
    return list(pairwise([*bounds, window.last]))


def _attach_spaces(doc: Doc, columns: _Columns) -> None:
    """White space hangs on the word before it, at the beginning on the first."""
    dep = doc.vocab.strings.add("dep")
    before = next((token.i for token in doc if not token.is_space), 0)
    for token in doc:
        if token.is_space:
            columns.upos[token.i] = PARTS_OF_SPEECH["SPACE"]
            columns.relations[token.i] = dep
            columns.heads[token.i] = before - token.i
        else:
            before = token.i


def _write(doc: Doc, columns: _Columns) -> None:
    """Write the columns; sentences follow from the trees."""
    table: Any = np.stack([columns.heads.astype(np.uint64), columns.relations, columns.upos, columns.morphs], axis=1)
    doc.from_array(["HEAD", "DEP", "POS", "MORPH"], table)
