"""A dependency tree that can be changed: the heads and labels of a Doc in two lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.tokens import Doc

ROOT = "ROOT"
VERBAL = frozenset({"VERB", "AUX"})
GOVERNS_OBLIQUE = frozenset({"VERB", "AUX", "ADJ", "ADV"})


@dataclass
class Tree:
    """Heads (the root is its own head) and labels, by token index."""

    doc: Doc
    heads: list[int]
    labels: list[str]

    @classmethod
    def of(cls, doc: Doc) -> Tree:
        """The tree of a parsed Doc."""
        return cls(doc, [token.head.i for token in doc], [token.dep_ for token in doc])

    def __iter__(self) -> Iterator[int]:
        """Token indices, in text order."""
        return iter(range(len(self.heads)))

    def children(self, index: int) -> list[int]:
        """The dependents of a token, in text order."""
        return [child for child in self if self.heads[child] == index and child != index]

    def children_labelled(self, index: int, labels: frozenset[str]) -> list[int]:
        """The dependents with one of these labels."""
        return [child for child in self.children(index) if self.labels[child] in labels]

    def pos(self, index: int) -> str:
        """The part of speech of a token."""
        return self.doc[index].pos_

    def lemma(self, index: int) -> str:
        """The lemma of a token, in lower case."""
        return self.doc[index].lemma_.lower()

    def swap(self, head: int, child: int, label: str) -> None:
        """Put the child in its head's place; the head becomes its dependent, the other dependents move along."""
        above = self.heads[head]
        for other in self.children(head):
            self.heads[other] = child
        self.heads[child] = child if above == head else above
        self.labels[child] = self.labels[head]
        self.heads[head], self.labels[head] = child, label

    def write(self) -> None:
        """Give the Doc these heads and labels."""
        strings = self.doc.vocab.strings
        offsets = np.array([head - index for index, head in enumerate(self.heads)], dtype=np.int64)
        labels = np.array([strings.add(label) for label in self.labels], dtype=np.uint64)
        columns: Any = np.stack([offsets.astype(np.uint64), labels], axis=1)
        self.doc.from_array(["HEAD", "DEP"], columns)
