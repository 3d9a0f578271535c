"""Tells bearers of one surname apart: two surnames side by side, and a name in full that comes late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worker.extraction.document import Document

from .found_name import FoundName

OTHER_BEARER_SENTENCES = 2
"""So many sentences speak of somebody by surname before another of that name comes up in full."""


def split_surnames(item: FoundName, found: Sequence[FoundName], document: Document) -> list[FoundName]:
    """``kritisierte Berger Holm``: two surnames of the article's persons side by side are two persons."""
    words = item.name.split()
    if item.kind != "person" or len(words) != 2 or item.end - item.start != 2:
        return [item]
    fuller = [other.name for other in found if other.kind == "person" and other.name != item.name and " " in other.name]
    bearers = [{name for name in fuller if name.split()[-1] == word} for word in words]
    if not document.pack.grammar.capitalised_nouns or not all(bearers) or bearers[0] == bearers[1]:
        return [item]
    middle = item.start + 1
    return [replace(item, end=middle, name=words[0]), replace(item, start=middle, name=words[1], descriptor=None)]


def other_bearers(found: Sequence[FoundName], headlines: frozenset[int]) -> frozenset[str]:
    """Give the surnames whose fuller form comes late: news names a person in full first, so it is somebody else's.

    ``Minister Berger ... Berger ... Anna Berger``: where the surname with an office stands in two sentences before.
    """
    late: set[str] = set()
    for item in found:
        if item.kind != "person" or " " in item.name or not item.descriptor or item.sentence in headlines:
            continue
        before = {other.sentence for other in found if other.name == item.name and other.sentence not in headlines}
        full = [other.sentence for other in found if other.kind == "person" and other.name.endswith(f" {item.name}")]
        if full and len([index for index in before if index < min(full)]) >= OTHER_BEARER_SENTENCES:
            late.add(item.name)
    return frozenset(late)
