"""Inputs in chunks as they come: many at once from a file, one by one from a slow producer."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import Final

from cli.reading.inputs import Input

MAX_INPUTS: Final = 256
"""Articles per round trip to the queue."""
MAX_BYTES: Final = 4_000_000
"""Bytes per round trip, so that a chunk of long articles stays small in memory."""


class _End:
    """Nothing more comes; the error, if that is why."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def chunks_as_they_come(
    inputs: Iterable[Input], *, max_inputs: int = MAX_INPUTS, max_bytes: int = MAX_BYTES
) -> Iterator[list[Input]]:
    """Give what is there, without waiting for a chunk to fill.

    Args:
        inputs: Read by a thread, a chunk ahead.
        max_inputs: In a chunk at most.
        max_bytes: A chunk that has so many is full.
    """
    read_ahead: queue.Queue[Input | _End] = queue.Queue(max_inputs)
    # A daemon: when the run ends early, it may still wait for a line of standard input that never comes.
    threading.Thread(target=_read, args=(inputs, read_ahead), daemon=True, name="depesche-read").start()
    while True:
        chunk, end = _take(read_ahead, max_inputs, max_bytes)
        if chunk:
            yield chunk
        if end is not None:
            if end.error is not None:
                raise end.error
            return


def _read(inputs: Iterable[Input], read_ahead: queue.Queue[Input | _End]) -> None:
    try:
        for each in inputs:
            read_ahead.put(each)
    except BaseException as error:  # noqa: BLE001 - raised again where the chunks are taken
        read_ahead.put(_End(error))
    else:
        read_ahead.put(_End())


def _take(
    read_ahead: queue.Queue[Input | _End], max_inputs: int = MAX_INPUTS, max_bytes: int = MAX_BYTES
) -> tuple[list[Input], _End | None]:
    """Wait for one input and take along what has come by then."""
    chunk: list[Input] = []
    size = 0
    item = read_ahead.get()
    while True:
        if isinstance(item, _End):
            return chunk, item
        chunk.append(item)
        size += item.size
        if len(chunk) >= max_inputs or size >= max_bytes:
            return chunk, None
        try:
            item = read_ahead.get_nowait()
        except queue.Empty:
            return chunk, None
