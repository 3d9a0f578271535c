"""Lines of a byte stream, none of them longer in memory than a limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_SKIP_BYTES = 1 << 16


@dataclass(frozen=True)
class Line:
    """One line of a stream."""

    number: int
    """Counted from 1."""
    raw: bytes | None
    """Its bytes without the line end; None when there are more than the limit."""
    size: int
    """Bytes it has in the stream, line end included."""


def read_lines(stream: IO[bytes], *, max_bytes: int) -> Iterator[Line]:
    """Read line by line, as the bytes arrive; of a line over the limit only its length is kept.

    Args:
        stream: Open for reading bytes.
        max_bytes: Longest line that is kept, line end included.
    """
    number = 0
    while raw := stream.readline(max_bytes + 1):
        number += 1
        if len(raw) <= max_bytes:
            yield Line(number, raw.rstrip(b"\r\n"), len(raw))
        else:
            yield Line(number, None, len(raw) + _skip_rest(stream, raw))


def _skip_rest(stream: IO[bytes], chunk: bytes) -> int:
    skipped = 0
    while chunk and not chunk.endswith(b"\n"):
        chunk = stream.readline(_SKIP_BYTES)
        skipped += len(chunk)
    return skipped
