"""A sequence that is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

PartT = TypeVar("PartT")


class Deferred(Sequence[PartT], Generic[PartT]):
    """A sequence that is made when it is first looked at; most sentences are never asked for their clauses.

    Args:
        make: Makes it.
    """

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], tuple[PartT, ...]]) -> None:
        self._make = make
        self._made: tuple[PartT, ...] | None = None

    def _get(self) -> tuple[PartT, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made

    @overload
    def __getitem__(self, index: int) -> PartT: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[PartT, ...]: ...
    def __getitem__(self, index: int | slice) -> PartT | tuple[PartT, ...]:
        """Give a part."""
        return self._get()[index]

    def __len__(self) -> int:
        """Count the parts."""
        return len(self._get())

    def __iter__(self) -> Iterator[PartT]:
        """Go over the parts."""
        return iter(self._get())
