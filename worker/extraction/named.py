"""The places that name something, by what the steps ask for: who is named in a sentence, who is called so, what kind.

An event asks this of all the names of its article; to look through them each time is quadratic in a long one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from schemas.event import ParticipantKind

if TYPE_CHECKING:  # the document has names, and they are of its entities
    from .document import Entity

Place = tuple[int, int, int]
"""Sentence, first token, one past the last."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NamedAt:
    """A place that names an entity."""

    place: Place
    entity: Entity

    @property
    def sentence(self) -> int:
        """Index of its sentence."""
        return self.place[0]

    @property
    def token(self) -> int:
        """Its first token."""
        return self.place[1]


class Names(dict[Place, "Entity"]):
    """The entities of an article by the places that name them, in the order in which they were found.

    It is not changed once it is made: what is looked up is gathered when it is first asked for.
    """

    @cached_property
    def found(self) -> tuple[NamedAt, ...]:
        """All places, as they were found."""
        return tuple(NamedAt(place, entity) for place, entity in self.items())

    @cached_property
    def in_text_order(self) -> tuple[NamedAt, ...]:
        """All places, as they stand."""
        return tuple(sorted(self.found, key=lambda item: item.place))

    def in_sentence(self, index: int) -> Sequence[NamedAt]:
        """Give the places of a sentence, as they were found."""
        return self._by_sentence.get(index, ())

    def called(self, name: str) -> Sequence[NamedAt]:
        """Give the places of those who are called so, as they were found."""
        return self._by_name.get(name, ())

    def of_kind(self, kind: ParticipantKind) -> Sequence[NamedAt]:
        """Give the places of one kind, as they stand."""
        return self._by_kind.get(kind, ())

    def kept(self, what: str, find: Callable[[], T]) -> T:
        """Give what a step has gathered from these names, gathered when it is first asked for."""
        if what not in self._kept:
            self._kept[what] = find()
        found: T = self._kept[what]
        return found

    @cached_property
    def _by_sentence(self) -> Mapping[int, Sequence[NamedAt]]:
        return _grouped(self.found, lambda item: item.sentence)

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[NamedAt]]:
        return _grouped(self.found, lambda item: item.entity.name)

    @cached_property
    def _by_kind(self) -> Mapping[ParticipantKind, Sequence[NamedAt]]:
        return _grouped(self.in_text_order, lambda item: item.entity.kind)

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return {}


def _grouped(items: Sequence[NamedAt], key: Callable[[NamedAt], T]) -> dict[T, list[NamedAt]]:
    groups: dict[T, list[NamedAt]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
