"""Cuts words into the pieces of a unigram vocabulary, as the encoder was trained on them.

Written out here because a dictionary, a loop and a cache are all it takes: no tokenizer library is needed at run time.

Source: Kudo (2018), Subword Regularization, section 3.2 (the Viterbi segmentation of a unigram model).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources.abc import Traversable

import numpy as np

WORD_START = "▁"
"""What a piece begins with when a space stands before it in the text."""
SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
START_ID, PAD_ID, END_ID, UNKNOWN_ID = range(4)
_UNKNOWN_PENALTY = 10.0
_CACHED_WORDS = 1 << 16
_LONGEST_WORD = 200


class PieceVocabulary:
    """A vocabulary of word pieces with their log probabilities.

    Args:
        scores: Piece to log probability; the position in the mapping, after the specials, is the piece's id.

    Note:
        Words already cut are remembered (at most 65,536), so running text is cut at the speed of a dictionary.
    """

    def __init__(self, scores: Mapping[str, float]) -> None:
        self._scores = dict(scores)
        self._ids = {piece: number for number, piece in enumerate((*SPECIALS, *scores))}
        self._longest = max(map(len, scores))
        self._unknown_score = min(scores.values()) - _UNKNOWN_PENALTY
        self.cut = lru_cache(maxsize=_CACHED_WORDS)(self._cut)

    @classmethod
    def read(cls, path: Traversable) -> PieceVocabulary:
        """Read a file with one piece and its score a line, tab between, in the order of their ids."""
        lines = path.read_text(encoding="utf-8").split("\n")
        rows = (line.rsplit("\t", 1) for line in lines if line)
        return cls({piece: float(score) for piece, score in rows})

    def __len__(self) -> int:
        """The number of ids, specials included."""
        return len(self._ids)

    def _cut(self, word: str, space_before: bool) -> tuple[int, ...]:  # noqa: FBT001 - lru_cache keys on positions
        text = unicodedata.normalize("NFKC", word).replace(" ", WORD_START)[:_LONGEST_WORD]
        text = WORD_START + text if space_before else text
        return tuple(self._best_path(text)) or (UNKNOWN_ID,)

    def _best_path(self, text: str) -> Sequence[int]:
        """The most probable segmentation; characters outside the vocabulary become the unknown piece."""
        best = np.full(len(text) + 1, -np.inf).tolist()
        best[0] = 0.0
        came_from: list[tuple[int, int]] = [(0, UNKNOWN_ID)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                piece = text[start:end]
                score = self._scores.get(piece)
                if score is None:
                    if end > start + 1:
                        continue
                    score = self._unknown_score
                if best[start] + score > best[end]:
                    best[end] = best[start] + score
                    came_from[end] = (start, self._ids.get(piece, UNKNOWN_ID))
        path: list[int] = []
        end = len(text)
        while end > 0:
            end, piece_id = came_from[end]
            path.append(piece_id)
        return path[::-1]
