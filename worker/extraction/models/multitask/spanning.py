"""Finds the best tree over a sentence: the maximum spanning arborescence with a single root.

Source: Chu and Liu (1965), Edmonds (1967); as used for parsing by McDonald et al. (2005).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.intp]
_NEVER = np.float32(-1e9)


def best_heads(scores: Scores) -> Heads:
    """Choose a head for every word so that they form a tree.

    Args:
        scores: (words, words + 1), how well each head fits; column 0 is the root.

    Returns:
        For each word 0 for the root, else the head's index plus one. Exactly one word has 0.

    Note:
        Most sentences need no search: the best heads of all words are a tree already.

    >>> best_heads(np.array([[0.1, 0.0, 0.9], [0.8, 0.2, 0.0]], dtype=np.float32)).tolist()
    [2, 0]
    """
    scores = scores.copy()
    np.fill_diagonal(scores[:, 1:], _NEVER)
    heads: Heads = scores.argmax(axis=1)
    if (heads == 0).sum() == 1 and not _find_cycle(heads):
        return heads
    # Log probabilities make the gain of one root comparable with the loss at the others.
    scores -= np.logaddexp.reduce(scores, axis=1, keepdims=True)
    root = _best_root(scores)
    scores[:, 0] = _NEVER
    scores[root] = _NEVER
    scores[root, 0] = 0
    return _arborescence(scores)


def _best_root(scores: Scores) -> int:
    """The word that loses least by being the root, against the best other head it has."""
    gain = scores[:, 0] - (scores[:, 1:].max(axis=1) if scores.shape[1] > 1 else 0)
    return int(gain.argmax())


def _find_cycle(heads: Heads) -> list[int]:
    """Some cycle among the heads, as word indices; empty if there is none."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path, word = [], start
        while word >= 0 and state[word] == 0:
            state[word] = start + 1
            path.append(word)
            word = int(heads[word]) - 1
        if word >= 0 and state[word] == start + 1 and word in path:
            return path[path.index(word) :]
    return []


def _arborescence(scores: Scores) -> Heads:
    heads: Heads = scores.argmax(axis=1)
    cycle = _find_cycle(heads)
    if not cycle:
        return heads
    return _expand(scores, heads, cycle)


def _expand(scores: Scores, heads: Heads, cycle: list[int]) -> Heads:
    """Contract the cycle to one word, solve the smaller problem, and open the cycle where it is entered."""
    count = len(heads)
    inside = np.zeros(count, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    in_cycle = np.array(cycle)
    small = np.full((len(outside) + 1, len(outside) + 2), _NEVER, np.float32)
    columns = np.concatenate([[0], outside + 1])
    small[:-1, :-1] = scores[np.ix_(outside, columns)]
    leaving = scores[np.ix_(outside, in_cycle + 1)]
    entering = scores[np.ix_(in_cycle, columns)] - scores[in_cycle, heads[in_cycle]][:, None]
    if len(outside):
        small[:-1, -1] = leaving.max(axis=1)
    small[-1, :-1] = entering.max(axis=0)
    solved = _arborescence(small)
    result = heads.copy()
    for row, word in enumerate(outside):
        chosen = solved[row]
        from_cycle = chosen == len(outside) + 1
        result[word] = in_cycle[leaving[row].argmax()] + 1 if from_cycle else columns[chosen]
    entry = solved[-1]
    result[in_cycle[entering[:, entry].argmax()]] = columns[entry]
    return result
