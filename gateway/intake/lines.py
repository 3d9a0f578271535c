"""Cuts a stream of bytes into numbered lines, a handful at a time, whatever the lines hold."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from typing import Final

CHUNK_LINES: Final = 256
CHUNK_BYTES: Final = 2_000_000
"""Lines that are handed in together: one round trip to Redis, little in memory."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a body.

    Args:
        number: Counts from 1, empty lines included.
        content: Its bytes; None when it is longer than a line may be.
    """

    number: int
    content: bytes | None


async def read_lines(pieces: AsyncIterable[bytes], *, max_bytes: int) -> AsyncIterator[list[Line]]:
    """Give the lines, several at a time; empty ones are counted and left out.

    Args:
        pieces: The body.
        max_bytes: Of a line; a longer one is passed over without being kept.
    """
    cutter = _Cutter(max_bytes)
    chunk: list[Line] = []
    size = 0
    async for piece in pieces:
        for line in cutter.cut(piece):
            chunk.append(line)
            size += len(line.content or b"")
            if len(chunk) >= CHUNK_LINES or size >= CHUNK_BYTES:
                yield chunk
                chunk, size = [], 0
    chunk.extend(cutter.rest())
    if chunk:
        yield chunk


class _Cutter:
    """Keeps the beginning of a line until its end comes."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._begun = bytearray()
        self._is_too_long = False
        self._number = 0

    def cut(self, piece: bytes) -> list[Line]:
        *ends, rest = piece.split(b"\n")
        found = []
        for end in ends:
            self._keep(end)
            found.extend(self._finish())
        self._keep(rest)
        return found

    def rest(self) -> list[Line]:
        return self._finish() if self._begun or self._is_too_long else []

    def _keep(self, part: bytes) -> None:
        if self._is_too_long or len(self._begun) + len(part) > self._max_bytes:
            self._is_too_long = True
            self._begun.clear()
        else:
            self._begun += part

    def _finish(self) -> list[Line]:
        self._number += 1
        content = None if self._is_too_long else bytes(self._begun)
        self._begun.clear()
        self._is_too_long = False
        return [] if content is not None and not content.strip() else [Line(self._number, content)]
