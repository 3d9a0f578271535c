"""Tells bearers of one surname apart: two surnames side by side, and a name in full that comes late."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from worker.extraction.document import Document

from .found_name import FoundName

OTHER_BEARER_SENTENCES = 2
"""So many sentences speak of somebody by surname before another of that name comes up in full."""


def split_surnames(item: FoundName, fuller: Mapping[str, set[str]], document: Document) -> list[FoundName]:
    """``kritisierte Berger Holm``: two surnames of the article's persons side by side are two persons.

    Args:
        item: What was taken for one name.
        fuller: The names of persons in full, by surname.
        document: For the grammar.
    """
    words = item.name.split()
    if item.kind != "person" or len(words) != 2 or item.end - item.start != 2:
        return [item]
    bearers = [fuller.get(word, set()) - {item.name} for word in words]
    if not document.pack.grammar.capitalised_nouns or not all(bearers) or bearers[0] == bearers[1]:
        return [item]
    middle = item.start + 1
    return [replace(item, end=middle, name=words[0]), replace(item, start=middle, name=words[1], descriptor=None)]


def by_surname(found: Sequence[FoundName]) -> dict[str, set[str]]:
    """Give the names of persons in full, by surname."""
    fuller: dict[str, set[str]] = {}
    for item in found:
        if item.kind == "person" and " " in item.name:
            fuller.setdefault(item.name.split()[-1], set()).add(item.name)
    return fuller


def other_bearers(found: Sequence[FoundName], headlines: frozenset[int]) -> frozenset[str]:
    """Give the surnames whose fuller form comes late: news names a person in full first, so it is somebody else's.

    ``Minister Berger ... Berger ... Anna Berger``: where the surname with an office stands in two sentences before.
    """
    before: dict[str, set[int]] = {}
    first_full: dict[str, int] = {}
    for item in found:
        if item.sentence not in headlines:
            before.setdefault(item.name, set()).add(item.sentence)
        for surname in _ends(item.name) if item.kind == "person" else ():
            first_full[surname] = min(item.sentence, first_full.get(surname, item.sentence))
    titled = (item for item in found if item.kind == "person" and item.descriptor and item.sentence not in headlines)
    surnames = {item.name for item in titled if " " not in item.name} & first_full.keys()
    return frozenset(name for name in surnames if _comes_late(before[name], first_full[name]))


def _ends(name: str) -> Iterator[str]:
    """Give what a name ends in, by whole words."""
    words = name.split(" ")
    return (" ".join(words[start:]) for start in range(1, len(words)))


def _comes_late(sentences: Collection[int], first_full: int) -> bool:
    return sum(index < first_full for index in sentences) >= OTHER_BEARER_SENTENCES
