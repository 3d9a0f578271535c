"""What is found of a sentence by its parse alone, each found when it is first asked for and then kept.

A sentence once parsed stays what it is, however often the article is gone over and whichever step asks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:  # the document is made of sentences, and they of what is found here
    from .document import Clause, Phrase, Sentence

P = ParamSpec("P")
R = TypeVar("R")
PlaceT = TypeVar("PlaceT", bound="int | Clause | Phrase")


class Structure:
    """The clauses and phrases of a sentence, and what the steps have found out about them.

    Args:
        find_clauses: Finds them.
        find_phrases: Finds them.
    """

    def __init__(
        self,
        find_clauses: Callable[[], tuple[Clause, ...]] = tuple,
        find_phrases: Callable[[], tuple[Phrase, ...]] = tuple,
    ) -> None:
        self._find_clauses = find_clauses
        self._find_phrases = find_phrases
        self.known: dict[tuple[Callable[..., Any], int], Any] = {}

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses, in the order of their first words."""
        return self._find_clauses()

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The noun phrases, in text order."""
        return self._find_phrases()

    @cached_property
    def clause_at(self) -> dict[int, int]:
        """The index of the clause that holds a token, by token."""
        return {token: index for index, clause in reversed([*enumerate(self.clauses)]) for token in clause.tokens}

    @cached_property
    def phrase_at(self) -> dict[int, Phrase]:
        """The noun phrase that holds a token, by token."""
        return {token: phrase for phrase in reversed(self.phrases) for token in range(phrase.start, phrase.end)}


def once(function: Callable[Concatenate[Sentence, PlaceT, P], R]) -> Callable[Concatenate[Sentence, PlaceT, P], R]:
    """Let a function that asks a sentence about a token, clause or phrase be worked out once for each.

    What else it is given must be the same for the whole article, such as its grammar.
    """

    @wraps(function)
    def kept(sentence: Sentence, place: PlaceT, /, *args: P.args, **kwargs: P.kwargs) -> R:
        known = sentence.structure.known
        key = (function, place if isinstance(place, int) else place.first)
        if key not in known:
            known[key] = function(sentence, place, *args, **kwargs)
        found: R = known[key]
        return found

    return kept
