"""Runs the exported network on windows: pieces in, scores out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from worker.extraction.models.pieces import END_ID, PAD_ID, START_ID

from .processor import may_overflow
from .windows import Window

Floats = NDArray[np.float32]
PIECES_A_BATCH = 192
"""Windows are padded to the longest of their batch. From 96 to 256 a piece costs the same; with 512 a tenth more, with
1,024 half as much again: what a layer computes no longer fits into the processor's cache (2 MB a core, 2026-11)."""


@dataclass(frozen=True, slots=True)
class WindowScores:
    """What the network says of the words of one window, a row for each word.

    Attributes:
        upos, features, names: Scores by label.
        ends: Above 0: a sentence ends with this word.
        arcs: How well each head fits; column 0 is the root.
        relation_dependent, relation_head: What relations are scored from; the head side has the root in front.
    """

    upos: Floats
    features: Floats
    names: Floats
    ends: Floats
    arcs: Floats
    relation_dependent: Floats
    relation_head: Floats


class Network:
    """The exported network.

    Args:
        path: The ONNX file.
        threads: How many cores one call may use.

    Note:
        After a fork the child opens a session of its own if the parent's had threads, which a fork does not copy.
    """

    def __init__(self, path: Path, *, threads: int) -> None:
        self._path = path
        self._threads = threads
        self._session = self._open()
        self._owner = os.getpid()
        self._opening = Lock()
        self._inherited: list[onnxruntime.InferenceSession] = []
        self._names = [output.name for output in self._session.get_outputs()]

    def _open(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self._threads, 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # The heads' weights are stored as 8-bit integers and computed with in single precision: unpacked once, at load.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        if may_overflow():
            # Slower, and right.
            options.add_session_config_entry("session.x64quantprecision", "1")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self._path), options, providers=["CPUExecutionProvider"])

    def run(self, windows: Sequence[Window], treebank: int) -> list[WindowScores]:
        """Score windows, in their order; windows of like length are computed together."""
        with self._opening:
            if self._threads > 1 and self._owner != os.getpid():
                # The parent's session is kept: closing it would wait for threads that the fork left behind.
                self._inherited.append(self._session)
                self._session, self._owner = self._open(), os.getpid()
        order = sorted(range(len(windows)), key=lambda number: _size(windows[number]))
        scores: dict[int, WindowScores] = {}
        for batch in _batches(order, windows):
            found = self._run_batch([windows[number] for number in batch], treebank)
            scores.update(zip(batch, found, strict=True))
        return [scores[number] for number in range(len(windows))]

    def _run_batch(self, windows: Sequence[Window], treebank: int) -> list[WindowScores]:
        outputs = self._session.run(None, _inputs(windows, treebank))
        named = dict(zip(self._names, outputs, strict=True))
        return [_cut_out(named, row, len(window.tokens)) for row, window in enumerate(windows)]


def _size(window: Window) -> int:
    return 2 + sum(map(len, window.pieces))


def _batches(order: Sequence[int], windows: Sequence[Window]) -> list[list[int]]:
    batches: list[list[int]] = []
    for number in order:
        # In ascending order of size, so the newcomer's size is what all are padded to.
        if batches and (len(batches[-1]) + 1) * _size(windows[number]) <= PIECES_A_BATCH:
            batches[-1].append(number)
        else:
            batches.append([number])
    return batches


def _inputs(windows: Sequence[Window], treebank: int) -> dict[str, NDArray[np.generic]]:
    longest = max(map(_size, windows))
    most_words = max(len(window.tokens) for window in windows)
    pieces = np.full((len(windows), longest), PAD_ID, np.int64)
    words = np.zeros((len(windows), most_words, longest), np.float32)
    for row, window in enumerate(windows):
        flat = [START_ID, *(piece for word in window.pieces for piece in word), END_ID]
        pieces[row, : len(flat)] = flat
        sizes = np.array([len(word) for word in window.pieces])
        of_word = np.repeat(np.arange(len(sizes)), sizes)
        words[row, of_word, 1 + np.arange(len(of_word))] = 1.0 / sizes[of_word]
    return {"pieces": pieces, "words": words, "treebank": np.full(len(windows), treebank, np.int64)}


def _cut_out(named: dict[str, Floats], row: int, count: int) -> WindowScores:
    return WindowScores(
        upos=named["upos"][row, :count],
        features=named["features"][row, :count],
        names=named["names"][row, :count],
        ends=named["ends"][row, :count],
        arcs=named["arcs"][row, :count, : count + 1],
        relation_dependent=named["relation_dependent"][row, :count],
        relation_head=named["relation_head"][row, : count + 1],
    )
