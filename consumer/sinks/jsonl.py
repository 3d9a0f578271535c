"""A file of JSON Lines: each line a CloudEvent, as it was published."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from consumer.received import Received


class JsonlSink:
    """Appends to a file, and acknowledges what is on the disk.

    After a crash, the last lines may stand there twice: the field ``id`` tells. A line that was cut off by a crash
    is ended, so that the next one begins on its own.

    Args:
        path: The file; its folder is made.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+b")
        self._end_cut_line()

    def take(self, batch: Sequence[Received]) -> None:
        """Write the messages, wait until they are on the disk, acknowledge them."""
        if not batch:
            return
        self._file.write(b"".join(_line(each) for each in batch))
        self._file.flush()
        os.fsync(self._file.fileno())
        for each in batch:
            each.ack()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _end_cut_line(self) -> None:
        if self._file.seek(0, os.SEEK_END):
            self._file.seek(-1, os.SEEK_END)
            if self._file.read(1) != b"\n":
                self._file.write(b"\n")


def _line(received: Received) -> bytes:
    # JSON has no raw line breaks, but other programs may have written the stream.
    return received.raw.replace("\n", " ").replace("\r", " ").encode() + b"\n"
