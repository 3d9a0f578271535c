"""Reads names from BIO scores: the best sequence in which no name begins with I-."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

NEARLY_NAMES = frozenset({"derived", "part"})
"""Labels of forms that are made from a name and are none ("deutsche", "Berlin-Reise"): learned, and never given."""


class NameDecoder:
    """Finds name spans.

    Args:
        tags: The BIO tags, by index.
    """

    def __init__(self, tags: Sequence[str]) -> None:
        self._tags = tuple(tags)
        before = np.array(tags)[:, None]
        self._forbidden = np.array(
            [[tag.startswith("I-") and previous[2:] != tag[2:] for tag in tags] for previous in before[:, 0]]
        )
        self._forbidden_first = np.array([tag.startswith("I-") for tag in tags])

    def spans(self, scores: NDArray[np.float32]) -> Iterator[tuple[int, int, str]]:
        """Half-open word spans with their label, in text order.

        Args:
            scores: (words, tags) of one sentence.
        """
        start, label = -1, ""
        for index, number in enumerate([*self._best_sequence(scores), self._tags.index("O")]):
            tag = self._tags[number]
            if label and not tag.startswith("I-"):
                if label not in NEARLY_NAMES:
                    yield start, index, label
                label = ""
            if tag.startswith("B-"):
                start, label = index, tag[2:]

    def _best_sequence(self, scores: NDArray[np.float32]) -> list[int]:
        best: list[int] = scores.argmax(axis=1).tolist()
        is_valid = not self._forbidden_first[best[0]] and not self._forbidden[best[:-1], best[1:]].any()
        return best if is_valid else self._viterbi(scores)

    def _viterbi(self, scores: NDArray[np.float32]) -> list[int]:
        best = np.where(self._forbidden_first, -np.inf, scores[0])
        came_from = []
        for row in scores[1:]:
            reach = np.where(self._forbidden, -np.inf, best[:, None])
            came_from.append(reach.argmax(axis=0))
            best = reach.max(axis=0) + row
        path = [int(best.argmax())]
        for previous in reversed(came_from):
            path.append(int(previous[path[-1]]))
        return path[::-1]
