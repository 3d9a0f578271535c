"""Where else an article may tell more of somebody: his name in full, his office, or what kind of name it is.

News names somebody in full once and by surname from then on. Where a surname stands bare (*sagte Muster gestern*) there
is nothing to learn, so such a place is not parsed for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from schemas.event import ParticipantKind

from .document import Entity
from .field import Field
from .languages.pack import LanguagePack
from .models.lemmas import is_listed
from .time.pack import load_time_words
from .words import holds, lower, stem_of

FIRST_UNITS = 1
"""A name is looked up in so many units from the first on that may tell more: there it stands in full, with office."""

FIRST_UNITS_OF_UNKNOWN = 2
"""What is known as no name is looked up in more: each parse is another chance that it is known as one."""

APPOSITION_WORDS = 8
"""So many words behind a name and a comma its office may stand: *Muster, die langjährige Ministerin*."""

OFFICE_BEFORE_WORDS = 3
"""So many words may stand between a comma and the office behind it."""

CALLED_BEFORE, CALLED_BEHIND = 6, 3
"""In so many places before and behind is looked for who is called by a noun: the nearest counts, if it has a name."""


class Elsewhere:
    """Finds the units of an article that may tell more of somebody.

    Args:
        fields: Title and text, as far as they are there.
        pack: The language.
    """

    def __init__(self, fields: Sequence[Field], pack: LanguagePack) -> None:
        self._fields = fields
        self._pack = pack

    def named(
        self, word: str, kind: ParticipantKind | None = None, *, before: tuple[int, int] | None = None
    ) -> Iterator[tuple[int, list[int]]]:
        """Find the first units that may tell more of who bears a name; gives fields by number, with their units.

        Args:
            word: A word of the name.
            kind: What it is taken for; None while it is taken for no name at all.
            before: Number of a field and a token of it, behind which there is nothing to learn; None for no such.
        """
        if kind in {"country", "group"} or len(word) < 2 or not word[:1].isupper():
            return
        if kind is None and word in _calendar(self._pack.language):
            return
        most = FIRST_UNITS if kind is not None else FIRST_UNITS_OF_UNKNOWN
        forms = {word, word + "s", word.removesuffix("s")}
        for number, field in enumerate(self._fields):
            places = sorted({place for form in forms for place in field.places_by_word.get(form, ())})
            telling = (
                place
                for place in places
                if (before is None or (number, place) < before)
                and (kind is None or self._tells_more(field, place, kind))
            )
            yield number, list(dict.fromkeys(field.unit_of[place] for place in telling))[:most]

    def called(
        self, noun: str, near: tuple[int, int], *, is_body: bool, is_group: bool = False
    ) -> Iterator[tuple[int, list[int]]]:
        """Find the units in which somebody may be called by a noun: *Minister Muster*, *Muster, Minister für ...*.

        Args:
            noun: As it stands where it is not said who is meant.
            near: Where it stands, by number of the field and token: the nearest before is meant, else the next behind.
            is_body: Whether it is an institution, which may be named by a fuller noun alone: *das Landesministerium*.
            is_group: Whether it is several, who have their names right behind: *die Gewerkschaften Muster und Bau*.
        """
        stem = stem_of(noun)
        if len(stem) <= 3:
            return
        tells = self._tells_members if is_group else self._tells_body if is_body else self._may_be_office
        for number, field in enumerate(self._fields):
            places = [place for place in field.places_ending_in(stem) if tells(field, place)]
            here = bisect_left(places, near[1]) if number == near[0] else len(places) * (number < near[0])
            nearest = places[max(0, here - CALLED_BEFORE) : here + CALLED_BEHIND]
            yield number, [field.unit_of[place] for place in nearest]

    def _tells_members(self, field: Field, place: int) -> bool:
        behind = self._beside(field, place, 1)
        return behind[:1].isupper() or (behind[:1].isalpha() and may_be_name(behind, self._pack))

    def _tells_body(self, field: Field, place: int) -> bool:
        """Whether an institution is told by more than a noun and its article; a compound may be its name."""
        grammar = self._pack.grammar
        before, behind = lower(self._beside(field, place, -1)), self._beside(field, place, 1)
        articles = (*grammar.determiners, *grammar.definite, *grammar.possessives)
        is_attributed = lower(behind) in grammar.determiners or grammar.prepositions.get(lower(behind)) == "genitive"
        is_told = before not in articles or behind[:1].isupper() or is_attributed or not behind[:1].isalnum()
        return is_told or re.fullmatch(self._pack.nouns.bodies, field.words[place]) is None

    def _tells_more(self, field: Field, place: int, kind: ParticipantKind) -> bool:
        """Whether a name at a place has something beside it that belongs to it."""
        before, behind = self._beside(field, place, -1), self._beside(field, place, 1)
        if (
            self._may_be_title(field, place, before)
            or "-" in {before, behind}
            or holds(self._pack.nouns.persons, before)
        ):
            return True
        if before == "(" and behind == ")":  # "Musterbund (MB)" introduces a short form
            return True
        if kind != "person" and (behind[:1].isupper() or behind == "("):
            return True
        offices = field.words[place + 2 : place + 2 + APPOSITION_WORDS]
        return behind == "," and any(holds(self._pack.nouns.persons, word) for word in offices)

    def _may_be_title(self, field: Field, place: int, before: str) -> bool:
        """Whether the word before a name may belong to it; what opens a sentence has its capital from there."""
        if not before[:1].isupper():
            return False
        opens = place - 1 == field.units[field.unit_of[place]].start
        return not (
            opens and (lower(before) in field.places_by_word or lower(before) in self._pack.grammar.determiners)
        )

    def _may_be_office(self, field: Field, place: int) -> bool:
        """Whether a noun may be somebody's office: a name behind it, or a comma shortly before it."""
        behind = self._beside(field, place, 1)
        if behind[:1].isupper() or behind in self._pack.grammar.conjunctions:
            return True
        return "," in field.words[max(0, place - OFFICE_BEFORE_WORDS) : place] or behind == "of"

    @staticmethod
    def _beside(field: Field, place: int, step: int) -> str:
        """Give the word beside a place, within its unit."""
        unit = field.units[field.unit_of[place]]
        other = place + step
        return field.words[other] if unit.start <= other < unit.end else ""


def may_be_name(word: str, pack: LanguagePack) -> bool:
    """Whether what looks like a noun may be a name all the same: no dictionary lists it."""
    return not pack.grammar.lemmas_from_form or not is_listed(word)


def kind_of(entity: Entity | None) -> ParticipantKind | None:
    """Give what somebody is taken for."""
    return None if entity is None else entity.kind


@cache
def _calendar(language: str) -> frozenset[str]:
    words = load_time_words(language).words
    forms = (form for group in ("month", "weekday") for each in words[group].values() for form in each)
    return frozenset(form.capitalize() for form in forms)
