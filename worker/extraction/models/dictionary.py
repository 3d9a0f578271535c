"""The German dictionary of simplemma, read where it is asked instead of as a whole.

As a whole it takes 0.7 s of every start and 110 MB; an article asks for some hundred of its 1.1 million forms. Its file
is front-coded: each form tells only what differs from the form before, so that reading can begin wherever the form
before is known. ``dictionary_de.tsv`` knows it for every 256th place.
"""

from __future__ import annotations

import hashlib
import lzma
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Final, NamedTuple

PLACES: Final = "dictionary_de.tsv"
_PACKED: Final = ("data", "de.plzma")

# What stands where else is told how many bytes of the form its lemma does not have.
_LEMMA_AS_BEFORE: Final = 254
_LEMMA_IN_FULL: Final = 255
_SEVEN_BITS: Final = 0x7F


class Place(NamedTuple):
    """Where reading can begin.

    Attributes:
        offset: In the unpacked stream.
        form, lemma: The entry that stands before; both empty where none does.
    """

    offset: int
    form: bytes
    lemma: bytes


class Dictionary:
    """Forms and their lemmas; a part is read when one of its forms is first asked for, and kept.

    Args:
        stream: Unpacked.
        places: In the order of the stream, which is that of the forms.

    Note:
        May be asked by several threads.
    """

    def __init__(self, stream: bytes, places: Sequence[Place]) -> None:
        self._stream = stream
        self._places = places
        self._before = [place.form for place in places]
        self._parts: list[bytes | None] = [None] * len(places)

    def get(self, form: str, default: str | None = None) -> str | None:
        """Give the lemma of a form."""
        wanted = form.encode()
        part = self._part(max(0, bisect_left(self._before, wanted) - 1))
        found = part.find(b"\n" + wanted + b"\t")
        if found < 0:
            return default
        start = found + len(wanted) + 2
        return part[start : part.index(b"\n", start)].decode()

    def read_all(self) -> None:
        """Read every part, for a process that will fork: what is read before is shared by the children."""
        for number in range(len(self._places)):
            self._part(number)

    def _part(self, number: int) -> bytes:
        part = self._parts[number]
        if part is None:
            end = self._places[number + 1].offset if number + 1 < len(self._places) else len(self._stream)
            entries = read_entries(self._stream, self._places[number], end)
            lines = (form + b"\t" + lemma for _, form, lemma in entries)
            part = self._parts[number] = b"\n%b\n" % b"\n".join(lines)
        return part


def read_entries(stream: bytes, place: Place, end: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Read forms and lemmas from a place on.

    Args:
        stream: Unpacked.
        place: Where to begin.
        end: Offset to end at.

    Returns:
        Each entry as what makes the place behind it, from which reading could go on.
    """
    at, form, lemma = place
    while at < end:
        # Nearly all numbers are of one byte: without a call the whole is read in two thirds of the time.
        shared, at = (stream[at], at + 1) if stream[at] <= _SEVEN_BITS else _number(stream, at)
        size, at = (stream[at], at + 1) if stream[at] <= _SEVEN_BITS else _number(stream, at)
        form = form[:shared] + stream[at : at + size]
        at += size
        cut = stream[at]
        at += 1
        if cut != _LEMMA_AS_BEFORE:
            size, at = (stream[at], at + 1) if stream[at] <= _SEVEN_BITS else _number(stream, at)
            ending = stream[at : at + size]
            lemma = ending if cut == _LEMMA_IN_FULL else form[: len(form) - cut] + ending
            at += size
        yield at, form, lemma


def _number(stream: bytes, at: int) -> tuple[int, int]:
    """Read a number of one or more bytes, the lowest seven bits first."""
    number = shift = 0
    while True:
        byte = stream[at]
        at += 1
        number |= (byte & _SEVEN_BITS) << shift
        if byte <= _SEVEN_BITS:
            return number, at
        shift += 7


def read_packed() -> bytes:
    """Give the dictionary as simplemma ships it."""
    return files("simplemma.strategies.dictionaries").joinpath(*_PACKED).read_bytes()


def open_dictionary() -> Dictionary | None:
    """Open the dictionary; None where the installed one is not the one whose places are known."""
    packed = read_packed()
    sha256, *lines = (files(__package__) / PLACES).read_bytes().split(b"\n")
    if hashlib.sha256(packed).hexdigest().encode() != sha256:
        return None
    rows = (line.split(b"\t") for line in lines if line)
    return Dictionary(lzma.decompress(packed), [Place(int(offset), form, lemma) for offset, form, lemma in rows])
