"""What a resolver may look at: the hit, its surroundings, the publication date and what was said before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, cast

from .anchors import Anchors
from .calendar_units import start_of, step
from .direction import BY_MODIFIER, NO_DIRECTION, Direction, direction_of
from .extents import Extent
from .grammar import Grammar, Hit
from .nowadays import nowadays
from .pack import load_time_words
from .parsed import ParsedText
from .tense import read_tense
from .timex import Engine, Relation, TimexType

if TYPE_CHECKING:  # it imports the resolvers, which import this
    from .timed_text import TimedText

_BEFORE = 36  # characters in which the prepositions before an expression stand
_STATED = ("since", "until", "before", "after", "about", "within")
_PLACED = ("ago", "ahead", "purpose", "origin")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a resolver makes of a hit.

    Attributes:
        extent: Given where it is not that of the value.
        direction: What was decided on the way; otherwise it follows from the value.
        start, end: Given where the expression is wider or narrower than the hit.
        day: The day it falls on, for the anchors.
    """

    type: TimexType
    value: str | None
    mod: str | None = None
    quant: str | None = None
    anchor: str | None = None
    extent: Extent | None = None
    approx: bool = False
    direction: Direction = NO_DIRECTION
    engine: Engine = "grammar"
    confidence: float = 1.0
    relation: Relation | None = None


@dataclass(slots=True)
class Scene:
    """One hit in its surroundings."""

    source: TimedText
    hit: Hit
    anchors: Anchors
    doc: ParsedText | None
    _direction: Direction | None = field(default=None, init=False)

    @property
    def lowered(self) -> str:
        """The text in lower case."""
        return self.source.lowered

    @property
    def grammar(self) -> Grammar:
        """The language's."""
        return self.source.grammar

    @property
    def published(self) -> datetime | None:
        """The publication in local time."""
        return self.source.published

    @property
    def language(self) -> str:
        """ISO 639-1 code."""
        return self.source.language

    def arg(self, name: str, default: str = "") -> str:
        """Give a constant of the rule."""
        return self.hit.rule.entry.args.get(name, default)

    def words(self, group: str) -> str | None:
        """Give the words of a group, lower-case; None where it took no part."""
        return self.hit.groups.get(group)

    def canon(self, group: str, default: str | None = None) -> str | None:
        """Give the canonical value of a group, or of the rule's constant of that name."""
        words = self.hit.groups.get(group)
        if words is None:
            return self.hit.rule.entry.args.get(group, default)
        return self.grammar.canon(self.hit, group)

    def number(self, group: str) -> float | None:
        """Give the value of a number group."""
        words = self.hit.groups.get(group)
        return None if words is None else self.grammar.numerals.read(words)

    def canon_number(self, group: str) -> int | None:
        """Give the canonical value of a group as a number; None where it took no part."""
        value = self.canon(group)
        return None if value is None else int(value)

    @property
    def shift_is_next(self) -> bool:
        """Whether the modifier is the word "next", which people use for two different days."""
        return (self.words("shift") or "") in self.grammar.words.next_words

    def is_habit(self) -> bool:
        """Say whether the words before make a clock time one of every day ("täglich von 14 bis 18 Uhr")."""
        return _habit(self.language).search(self.left()) is not None

    def says_nowadays(self) -> bool:
        """Say whether "today" means these times rather than the day of publication."""
        if _until_today(self.language).search(self.left()):
            return False
        return self.source.is_essay or nowadays(
            self.source.text, self.lowered, self.hit.start, self.hit.end, language=self.language
        )

    @property
    def direction(self) -> Direction:
        """Where the clause points; read once, since it costs a look at the sentence."""
        if self._direction is None:
            self._direction = self._decide()
        return self._direction

    def _decide(self) -> Direction:
        if self.before("purpose"):
            return Direction("future", "preposition", 0.85)
        if self.before("origin") and not self.grammar.range_behind.match(self.lowered, self.hit.end):
            return Direction("past", "preposition", 0.9)
        reading = read_tense(self.source.signs, self.source.clauses, self.hit.start, self.hit.end, doc=self.doc)
        if reading.tense == "present" and self.right(2) in {"'s", "’s"}:
            return Direction("past", "possessive", 0.7)  # "Friday's trading" is over unless a future is said
        return direction_of(reading)

    def said_year(self, today: datetime) -> int | None:
        """Give the year that the text named shortly before, if it is another than this and the tense allows it."""
        year = self.anchors.explicit_year()
        if year is None or year == today.year or self.direction.toward == "future":
            return None
        is_told = self.direction.toward == "past" and self.direction.reason.startswith("tense")
        return None if is_told and year > today.year else year

    def before(self, relation: str) -> bool:
        """Say whether a preposition of this relation stands right before the expression."""
        return _relation_patterns(self.language)[relation].search(self.left()) is not None

    def relation(self) -> Relation:
        """Give the relation that the words before the expression state."""
        found = _relation_pattern(self.language).search(self.left())
        return cast("Relation", found.lastgroup) if found is not None and found.lastgroup else "on"

    def left(self) -> str:
        """Give the lower-cased words before the expression."""
        return self.lowered[max(0, self.hit.start - _BEFORE) : self.hit.start]

    def right(self, length: int = _BEFORE) -> str:
        """Give the lower-cased words behind the expression."""
        return self.lowered[self.hit.end : self.hit.end + length]


@cache
def _relation_pattern(language: str) -> re.Pattern[str]:
    """Compile the prepositions that state a relation into one expression, a group for each relation."""
    relations = load_time_words(language).relations
    groups = "|".join(f"(?P<{name}>{getattr(relations, name)})" for name in _STATED)
    return re.compile(rf"(?:^|\W)(?:{groups})\s+$")


@cache
def _relation_patterns(language: str) -> dict[str, re.Pattern[str]]:
    relations = load_time_words(language).relations
    return {name: re.compile(rf"(?:^|\W)(?:{getattr(relations, name)})\s+$") for name in _PLACED}


@cache
def _habit(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{load_time_words(language).relations.habit})\W[^.;!?]{{0,20}}$")


@cache
def _until_today(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|\W)(?:{load_time_words(language).direction.until_today})\s+$")


def undated(kind: TimexType = "DATE", *, direction: Direction = NO_DIRECTION) -> Reading:
    """Give the reading of an expression that needs a publication date where there is none."""
    return Reading(kind, None, direction=direction, confidence=0.5)


def shifted(published: datetime, unit: str, shift: int) -> datetime:
    """Give the start of the unit that lies some units from that of the publication."""
    return step(start_of(published, unit), unit, shift)


def modifier(shift: int) -> Direction:
    """Give the direction that a modifier such as "last" states."""
    return BY_MODIFIER[(shift > 0) - (shift < 0)]
