"""A dependency tree that can be changed: the heads and labels of a Doc in two lists."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.tokens import Doc

ROOT = "ROOT"
VERBAL = frozenset({"VERB", "AUX"})
GOVERNS_OBLIQUE = frozenset({"VERB", "AUX", "ADJ", "ADV"})


class Tree:
    """Heads (the root is its own head) and labels of a parsed Doc, by token index.

    Attributes:
        doc: The Doc; it changes only when the tree is written.
        labels: The relation of each token to its head.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.labels = [token.dep_ for token in doc]
        self._heads = [token.head.i for token in doc]
        self._below: list[list[int]] = [[] for _ in doc]
        for index, head in enumerate(self._heads):
            if head != index:
                self._below[head].append(index)

    def __iter__(self) -> Iterator[int]:
        """Token indices, in text order."""
        return iter(range(len(self._heads)))

    def head(self, index: int) -> int:
        """The head of a token; the root's is itself."""
        return self._heads[index]

    def depth(self, index: int) -> int:
        """The number of steps from a token up to its root."""
        steps = 0
        while self._heads[index] != index:
            index = self._heads[index]
            steps += 1
        return steps

    def children(self, index: int) -> list[int]:
        """The dependents of a token, in text order."""
        return list(self._below[index])

    def children_labelled(self, index: int, labels: frozenset[str]) -> list[int]:
        """The dependents with one of these labels."""
        return [child for child in self._below[index] if self.labels[child] in labels]

    def pos(self, index: int) -> str:
        """The part of speech of a token."""
        return self.doc[index].pos_

    def lemma(self, index: int) -> str:
        """The lemma of a token, in lower case."""
        return self.doc[index].lemma_.lower()

    def attach(self, child: int, head: int) -> None:
        """Hang a token on another; on itself it becomes a root."""
        if self._heads[child] != child:
            self._below[self._heads[child]].remove(child)
        self._heads[child] = head
        if head != child:
            insort(self._below[head], child)

    def swap(self, head: int, child: int, label: str) -> None:
        """Put the child in its head's place; the head becomes its dependent, the other dependents move along."""
        above = self._heads[head]
        self.attach(child, child if above == head else above)
        for other in self.children(head):
            self.attach(other, child)
        self.labels[child] = self.labels[head]
        self.attach(head, child)
        self.labels[head] = label

    def write(self) -> None:
        """Give the Doc these heads and labels."""
        strings = self.doc.vocab.strings
        offsets = np.array([head - index for index, head in enumerate(self._heads)], dtype=np.int64)
        labels = np.array([strings.add(label) for label in self.labels], dtype=np.uint64)
        columns: Any = np.stack([offsets.astype(np.uint64), labels], axis=1)
        self.doc.from_array(["HEAD", "DEP"], columns)
