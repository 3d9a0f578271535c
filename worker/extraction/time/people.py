"""Persons whose names hold a time word ("Theresa May", "Anna Freitag"), where a parse with names is given."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from .parsed import ParsedText

_PERSON_LABELS = frozenset({"PER", "PERSON"})


@dataclass(frozen=True, slots=True)
class People:
    """The names of persons in a text, in order.

    Attributes:
        starts, ends: Their extents, in code points.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def hold(self, start: int, end: int) -> bool:
        """Say whether an expression is only a part of a person's name; a name that is no longer may be a mistake."""
        position = bisect_right(self.starts, start) - 1
        if position < 0:
            return False
        name_start, name_end = self.starts[position], self.ends[position]
        return end <= name_end and end - start < name_end - name_start


def people_in(doc: ParsedText | None) -> People:
    """Collect the names of persons that a parse found; none without a parse."""
    names = [] if doc is None else [name for name in doc.ents if name.label_ in _PERSON_LABELS]
    return People(tuple(name.start_char for name in names), tuple(name.end_char for name in names))
