"""Finds the places from which simplemma's German dictionary can be read: ``python -m training.dictionary_places``.

To be run again when the installed simplemma brings another dictionary; until then the whole of it is read at the start.
"""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterator
from pathlib import Path

from worker.extraction.models import dictionary
from worker.extraction.models.dictionary import PLACES, Place, read_packed, read_part

_MAGIC = b"SMFC1\0"
"""A front-coded stream whose forms are written from left to right."""


def find_places(stream: bytes) -> Iterator[Place]:
    """Go over the places, from the first entry on."""
    place = Place(_behind_number(stream, len(_MAGIC)), b"", b"")
    while place.offset < len(stream):
        yield place
        _, place = read_part(stream, place)


def _behind_number(stream: bytes, at: int) -> int:
    while stream[at] > 0x7F:
        at += 1
    return at + 1


def main() -> None:
    """Write the file of places beside the code that reads it."""
    packed = read_packed()
    stream = lzma.decompress(packed)
    if not stream.startswith(_MAGIC):
        raise SystemExit("expected a front-coded dictionary, found another format")
    rows = [b"%d\t%b\t%b" % (place.offset, place.form, place.lemma) for place in find_places(stream)]
    target = Path(dictionary.__file__).with_name(PLACES)
    target.write_bytes(b"\n".join([hashlib.sha256(packed).hexdigest().encode(), *rows]) + b"\n")
    print(f"{target.name}: {len(rows)} places, {target.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
