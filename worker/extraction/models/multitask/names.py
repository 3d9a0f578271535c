"""Reads names from BIO scores: the best sequence in which no name begins with I-."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

NAMES = ("LOC", "MISC", "ORG", "PER")
"""What names are called; other labels are of forms made from a name ("deutsche", "Berlin-Reise": LOCderiv, LOCpart)."""


class NameDecoder:
    """Finds name spans.

    Args:
        tags: The BIO tags, by index.
        counting_forms: Whether forms made from a name count as names of its kind, as some corpora have it; otherwise
            they are none.
    """

    def __init__(self, tags: Sequence[str], *, counting_forms: bool = False) -> None:
        self._real = [number for number, tag in enumerate(tags) if tag == "O" or tag[2:] in NAMES]
        self._tags = tuple(tags[number] for number in self._real)
        self._forms: dict[int, list[int]] = {}
        for number, tag in enumerate(tags):
            if number not in self._real:
                name = next((real for real in self._tags if tag.startswith(real)), "O") if counting_forms else "O"
                self._forms.setdefault(self._tags.index(name), []).append(number)
        self._outside = self._tags.index("O")
        self._forbidden = np.array(
            [[tag.startswith("I-") and previous[2:] != tag[2:] for tag in self._tags] for previous in self._tags]
        )
        self._forbidden_first = np.array([tag.startswith("I-") for tag in self._tags])

    def spans(self, scores: NDArray[np.float32]) -> Iterator[tuple[int, int, str]]:
        """Half-open word spans with their label, in text order.

        Args:
            scores: (words, tags) of one sentence.
        """
        start, label = -1, ""
        for index, number in enumerate([*self._best_sequence(self._merged(scores)), self._outside]):
            tag = self._tags[number]
            if label and not tag.startswith("I-"):
                yield start, index, label
                label = ""
            if tag.startswith("B-"):
                start, label = index, tag[2:]

    def _merged(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Add forms to what they count as: no name is given where no name and forms together are likelier."""
        merged = scores[:, self._real]
        for real, forms in self._forms.items():
            merged[:, real] = np.logaddexp.reduce([merged[:, real], *(scores[:, form] for form in forms)], axis=0)
        return merged

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
