"""The German dictionary of simplemma, read where it is asked instead of as a whole.

As a whole it takes 0.7 s of every start and 110 MB; an article asks for some hundred of its 1.1 million forms. Its file
is front-coded: each form tells only what differs from the form before, so that reading can begin wherever the form
before is known. ``dictionary_de.tsv`` knows it for the first place of each part.
"""

from __future__ import annotations

import hashlib
import lzma
from bisect import bisect_left
from collections.abc import Sequence
from importlib.resources import files
from typing import Final, NamedTuple

PLACES: Final = "dictionary_de.tsv"
ENTRIES: Final = 256
"""Of a part, which is read in a tenth of a millisecond; half as many would double the file of places."""
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
            part, _ = read_part(self._stream, self._places[number])
            self._parts[number] = part
        return part


def read_part(stream: bytes, place: Place) -> tuple[bytes, Place]:
    """Read the entries of a part.

    Args:
        stream: Unpacked.
        place: Where to begin.

    Returns:
        The entries, each as a line of form and lemma with a tab between, line ends around all; and the place behind.
    """
    at, form, lemma = place
    lines: list[bytes] = []
    # Nearly all numbers are of one byte: without a call the whole is read in two thirds of the time.
    while at < len(stream) and len(lines) < ENTRIES:
        shared, size, at = stream[at], stream[at + 1], at + 2
        if shared > _SEVEN_BITS or size > _SEVEN_BITS:
            shared, at = _number(stream, at - 2)
            size, at = _number(stream, at)
        end = at + size
        form, cut, at = form[:shared] + stream[at:end], stream[end], end + 1
        if cut != _LEMMA_AS_BEFORE:
            size, at = stream[at], at + 1
            if size > _SEVEN_BITS:
                size, at = _number(stream, at - 1)
            ending, at = stream[at : at + size], at + size
            lemma = ending if cut == _LEMMA_IN_FULL else form[: len(form) - cut] + ending
        lines.append(form + b"\t" + lemma)
    return b"\n%b\n" % b"\n".join(lines), Place(at, form, lemma)


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
