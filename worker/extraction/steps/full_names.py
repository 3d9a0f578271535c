"""Gathers each party's names under the fullest one."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace

from worker.extraction.document import Entity

from .bearers import other_bearers
from .found_name import FoundName


def without_genitives(found: Sequence[FoundName]) -> list[FoundName]:
    """Take genitives off: ``Putins`` is ``Putin`` where the article has ``Putin`` or a longer name that ends so."""
    known: set[str] = set()
    for name in {item.name for item in found}:
        words = name.split(" ")
        known.update(" ".join(words[start:]) for start in range(len(words)))
        known.update(" ".join(words[:end]) for end in range(1, len(words)))
    return [replace(item, name=item.name[:-1]) if _is_genitive(item, known) else item for item in found]


def _is_genitive(item: FoundName, known: Container[str]) -> bool:
    name = item.name
    return item.kind != "country" and name.endswith("s") and len(name) > 3 and name[:-1] in known


def gather_entities(found: Sequence[FoundName], people: Mapping[str, str], headlines: frozenset[int]) -> list[Entity]:
    """Give every place its entity: same country, same surname, same or longer organisation name."""
    full = _full_names(found, other_bearers(found, headlines))
    entities: dict[str, Entity] = {}
    keys: list[str] = []
    for item in found:
        key = item.country or "" if item.kind == "country" else full[item.kind, item.name]
        keys.append(key)
        entities[key] = _merged(entities.get(key), item, key, people)
    return [entities[key] for key in keys]


def _merged(entity: Entity | None, item: FoundName, key: str, people: Mapping[str, str]) -> Entity:
    name = item.name if item.kind == "country" else key
    if entity is None:
        return Entity(key, name, item.kind, item.descriptor, item.country)
    longer = name if item.kind == "country" and entity.name in people else entity.name
    return replace(
        entity, name=longer, descriptor=entity.descriptor or item.descriptor, country=entity.country or item.country
    )


def _full_names(found: Sequence[FoundName], other_bearers: frozenset[str]) -> dict[tuple[str, str], str]:
    """Map each name to the fullest one of the same party."""
    full: dict[tuple[str, str], str] = {}
    for kind in ("person", "organization", "place"):
        names = list(dict.fromkeys(item.name for item in found if item.kind == kind))
        beside = _sharing_a_word(names)
        for name in names:
            if kind == "person" and name in other_bearers:
                full[kind, name] = name
                continue
            full[kind, name] = max(
                (other for other in beside(name) if _is_fuller(other, name, kind)), key=len, default=name
            )
    return full


def _sharing_a_word(names: Sequence[str]) -> Callable[[str], list[str]]:
    """Give what finds the names that begin or end with the word with which a name begins or ends, in their order."""
    numbers: dict[str, set[int]] = {}
    for number, name in enumerate(names):
        for word in _outer_words(name):
            numbers.setdefault(word, set()).add(number)
    return lambda name: [names[each] for each in sorted(set().union(*(numbers[word] for word in _outer_words(name))))]


def _outer_words(name: str) -> set[str]:
    words = name.split()
    return {words[0], words[-1]} if words else set()


def _is_fuller(longer: str, name: str, kind: str) -> bool:
    """Whether one name holds the other as its surname (persons) or its first words (organisations).

    Of an organisation the noun alone will do behind an adjective: *Deutsche Bahn* is *Bahn*.
    """
    long_words, words = longer.split(), name.split()
    if len(long_words) <= len(words):
        return False
    if kind == "person":
        ends = long_words[-len(words) :] == words
        around = len(words) > 1 and words[-1] == long_words[-1] and words[0] == long_words[0]
        return ends or around or words == long_words[:1]
    is_bare = len(long_words) == 2 and long_words[1:] == words and re.fullmatch(r"[A-ZÄÖÜ]\w+e[rs]?", long_words[0])
    return kind == "organization" and len(name) > 3 and (long_words[: len(words)] == words or bool(is_bare))
