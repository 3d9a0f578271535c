"""One annotated sentence, the value that every corpus reader gives and every training step takes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

ROOT = -1
"""The head index of a sentence's root."""
NAMES = ("LOC", "ORG", "PER", "MISC")
NEARLY_NAMES = tuple(f"{kind}{form}" for kind in NAMES for form in ("deriv", "part"))
"""Labels of forms that are made from a name and are none: LOCderiv of "deutsche", LOCpart of "Berlin-Reise"."""
Nearly = Literal["told", "counted", "unknown"]
"""What a corpus does with such forms: labels of their own, names of their kind, or nothing that can be relied on."""


@dataclass(frozen=True)
class Sentence:
    """A tokenised sentence with those layers that its corpus annotates.

    Args:
        source: Corpus and place, for messages.
        language: "de" or "en".
        words: The tokens, as spaCy would cut them (contractions such as "im" are one).
        spaces: Whether a space follows the token.
        upos: Universal part-of-speech tags, or None.
        feats: Universal features as "A=x|B=y", empty where there are none, or None.
        heads: Index of each token's head in the sentence, ROOT for the root, or None.
        deps: UD relations, or None.
        names: BIO tags over PER, LOC, ORG, MISC, and what is none but nearly (NEARLY_NAMES), or None.
        misc_known: Whether "O" also rules out MISC; some corpora do not annotate it.
        nearly: What the corpus does with what is nearly a name.
        weight: How much its names count in training: less than one where a model gave them.
    """

    source: str
    language: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    upos: tuple[str, ...] | None = None
    feats: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    deps: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    misc_known: bool = True
    nearly: Nearly = "unknown"
    weight: float = 1.0

    @property
    def plain_names(self) -> tuple[str, ...] | None:
        """The BIO tags of what is really a name."""
        if self.names is None:
            return None
        return tuple("O" if tag[2:] in NEARLY_NAMES else tag for tag in self.names)

    @property
    def counted_names(self) -> tuple[str, ...] | None:
        """The BIO tags where what is nearly a name counts as one of its kind."""
        if self.names is None:
            return None
        return tuple(map(kind_of_form, self.names))

    @property
    def text(self) -> str:
        """The sentence as running text."""
        return "".join(word + " " * space for word, space in zip(self.words, self.spaces, strict=True)).rstrip()


def kind_of_form(label: str) -> str:
    """The kind of name that a label or tag is of: LOC for LOC, LOCderiv and LOCpart."""
    return label.removesuffix("deriv").removesuffix("part")


def join_sentences(sentences: Sequence[Sentence]) -> Sentence:
    """One passage of several sentences of one corpus: indices shifted, layers concatenated.

    Each sentence keeps its own root, so that a parser sees where sentences end.
    """
    first = sentences[0]
    heads: list[int] = []
    for sentence in sentences:
        start = len(heads)
        heads += [ROOT if head == ROOT else head + start for head in sentence.heads or [ROOT] * len(sentence.words)]
    return replace(
        first,
        words=tuple(word for s in sentences for word in s.words),
        spaces=tuple(space for s in sentences for space in (*s.spaces[:-1], True)),
        upos=None if first.upos is None else tuple(tag for s in sentences for tag in s.upos or ()),
        feats=None if first.feats is None else tuple(tag for s in sentences for tag in s.feats or ()),
        heads=None if first.heads is None else tuple(heads),
        deps=None if first.deps is None else tuple(dep for s in sentences for dep in s.deps or ()),
        names=None if first.names is None else tuple(tag for s in sentences for tag in s.names or ()),
    )


def runs_of(sentences: Sequence[Sentence], rng: random.Random, *, longest: int) -> list[list[Sentence]]:
    """Cut a corpus into runs of one to ``longest`` neighbouring sentences of the same file."""
    runs: list[list[Sentence]] = []
    size = 0
    for sentence in sentences:
        same_file = runs and runs[-1][0].source.split(":")[0] == sentence.source.split(":")[0]
        if same_file and len(runs[-1]) < size:
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
            size = rng.randint(1, longest)
    return runs
