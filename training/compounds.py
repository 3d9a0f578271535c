"""Joins hyphenated compounds that UD_German-GSD cuts in three ("US", "-", "Präsident") and spaCy has as one word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from training.sentence import ROOT, Sentence

_HYPHEN = "-"
Range = tuple[int, int]


def join_compounds(sentence: Sentence) -> Sentence:
    """The sentence with its compounds as one word each, whose head and labels are those of the part that heads it.

    A sentence is given as it is where a word outside hangs between the parts in a way that one word cannot show.
    """
    if sentence.heads is None:
        return sentence
    ranges = list(_ranges(sentence))
    if len(ranges) == len(sentence.words):
        return sentence
    place = {word: number for number, (first, end) in enumerate(ranges) for word in range(first, end)}
    chosen = [_heading(sentence.heads, bounds) for bounds in ranges]
    heads = tuple(ROOT if (head := sentence.heads[word]) == ROOT else place[head] for word in chosen)
    if any(head == number for number, head in enumerate(heads)):
        return sentence
    return replace(
        sentence,
        words=tuple("".join(sentence.words[first:end]) for first, end in ranges),
        spaces=tuple(sentence.spaces[end - 1] for _, end in ranges),
        upos=_chosen(sentence.upos, chosen),
        feats=_chosen(sentence.feats, chosen),
        heads=heads,
        deps=_chosen(sentence.deps, chosen),
        names=_chosen(sentence.names, chosen),
    )


def _ranges(sentence: Sentence) -> Iterator[Range]:
    first = 0
    for word in range(len(sentence.words)):
        if not _goes_on(sentence, word, first):
            yield first, word + 1
            first = word + 1


def _goes_on(sentence: Sentence, word: int, first: int) -> bool:
    """Whether the next word is glued to this one by a hyphen: a hyphen itself, or what follows one."""
    if sentence.spaces[word] or word + 1 == len(sentence.words):
        return False
    this, following = sentence.words[word], sentence.words[word + 1]
    if following == _HYPHEN:
        return this[-1].isalnum()
    return this == _HYPHEN and word > first and following[0].isalnum()


def _heading(heads: Sequence[int], bounds: Range) -> int:
    """The part whose head is outside; of several the last, as German compounds have it."""
    first, end = bounds
    return next(word for word in reversed(range(first, end)) if heads[word] == ROOT or not first <= heads[word] < end)


def _chosen(layer: Sequence[str] | None, chosen: Sequence[int]) -> tuple[str, ...] | None:
    return None if layer is None else tuple(layer[word] for word in chosen)
