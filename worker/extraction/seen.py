"""A unit as the first look sees it: its words, and what can be said of them without a parse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from schemas.catalogue import EVENT_TYPES

from .field import Field, Unit
from .languages.cue_forms import Grammar
from .languages.pack import LanguagePack, load_pack
from .languages.trigger_forms import NounTrigger, VerbTrigger
from .models.lemmas import lemma_of
from .steps.trigger_matchers import TriggerMatcher, matchers_of
from .words import fits, lower


@dataclass(frozen=True)
class Seen:
    """A unit, and where it stands in its field."""

    field: Field
    unit: Unit
    pack: LanguagePack

    @cached_property
    def words(self) -> Sequence[str]:
        """Its words as written."""
        return self.field.words[self.unit.start : self.unit.end]

    @cached_property
    def present(self) -> frozenset[str]:
        """Its words in small letters."""
        return frozenset(map(lower, self.words))

    @cached_property
    def text(self) -> str:
        """Its text without what is masked."""
        return self.field.masked[self.field.offset(self.unit.start) : self.field.offset(self.unit.end)]

    @cached_property
    def verb_lemmas(self) -> frozenset[str]:
        """The lemmas that its words have if they are verbs."""
        return frozenset(lemma_of(word, pos) for word in self.words for pos in ("VERB", "AUX"))

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """Its words, with the prepositions that stand in one with an article as they are alone."""
        return self.present | {
            self.grammar.contractions[word] for word in self.present & set(self.grammar.contractions)
        }

    @cached_property
    def triggers(self) -> tuple[tuple[int, TriggerMatcher], ...]:
        """Which of its words may be which trigger."""
        language = self.pack.language
        return tuple(
            (index, matcher)
            for index, word in enumerate(self.words)
            for matcher in possible(word, language, self._begins(index))
        )

    def _begins(self, index: int) -> bool:
        """Whether a word may open a sentence, where a capital tells nothing of it."""
        return index == 0 or not self.words[index - 1][-1:].isalnum()

    @cached_property
    def functions(self) -> frozenset[str]:
        """What the prepositions among its words may make of a party."""
        known = self.grammar.prepositions
        return frozenset(known[word] for word in self.prepositions if word in known)

    @cached_property
    def offers(self) -> frozenset[int]:
        """Which of its words may name an offer."""
        return frozenset(index for index, matcher in self.triggers if _is_offer(matcher))

    @cached_property
    def others(self) -> frozenset[int]:
        """Which of its words may name an event that is no offer."""
        return frozenset(index for index, matcher in self.triggers if not _is_offer(matcher))

    @cached_property
    def names_help(self) -> bool:
        """Whether it holds a word for what is offered."""
        return re.search(self.pack.nouns.offered, self.text) is not None

    @cached_property
    def names_money(self) -> bool:
        """Whether it holds a word for money."""
        return re.search(self.pack.nouns.money, self.text) is not None

    @cached_property
    def has_infinitive(self) -> bool:
        """Whether it may hold an infinitive with its mark: ``zu helfen``, ``anzubieten``."""
        if not self.present.isdisjoint(self.grammar.infinitive_marks):
            return True
        return any(fits(self.grammar.joined_infinitives, word) for word in self.present)

    def offset(self, index: int) -> int:
        """Where a word begins in the text, in code points."""
        return self.field.offset(self.unit.start + index) - self.field.offset(self.unit.start)

    @cached_property
    def last_particles(self) -> dict[str, int]:
        """What ``last_particle`` has found so far."""
        return {}

    def last_particle(self, word: str) -> int:
        """Give the last place where a word may be a verb's particle, -1 where there is none.

        Looked for once: a sentence of thousands of clauses has thousands of verbs.
        """
        if word not in self.last_particles:
            places = (place for place in range(len(self.words) - 1, -1, -1) if lower(self.words[place]) == word)
            apart = (place for place in places if self._may_stand_apart(place))
            self.last_particles[word] = next(apart, -1)
        return self.last_particles[word]

    def _may_stand_apart(self, place: int) -> bool:
        """Whether a word may be the particle of a verb before it: a preposition has its noun behind it.

        ``sagte Hilfe zu.``, ``sagte zu, ...``; not ``sagte zu Reportern``, ``sagte auf dem Weg zu den Gesprächen``.
        """
        grammar = self.grammar
        behind = next((word for word in self.words[place + 1 : place + 3] if not word.isspace()), "")
        if not behind[:1].isalnum():
            return True
        if (
            behind[:1].isupper()
            or behind[:1].isdigit()
            or lower(behind) in (*grammar.determiners, *grammar.possessives)
        ):
            return False
        is_infinitive = behind.endswith(grammar.infinitive_endings) and lemma_of(behind, "VERB") == behind
        return not (lower(self.words[place]) in grammar.infinitive_marks and is_infinitive)

    @property
    def grammar(self) -> Grammar:
        """That of its language."""
        return self.pack.grammar


@lru_cache(maxsize=65_536)
def possible(word: str, language: str, begins: bool) -> tuple[TriggerMatcher, ...]:  # noqa: FBT001 - lru_cache keys on positions
    """Give the triggers that a word may be.

    Args:
        word: As written.
        language: ISO 639-1 code.
        begins: Whether it may open a sentence; elsewhere its capital makes a noun of it, where nouns have one.
    """
    grammar = load_pack(language).grammar
    is_capital = grammar.capitalised_nouns and word[:1].isupper()
    is_noun = is_capital and not begins
    lemma = lemma_of(word, "VERB") if grammar.lemmas_from_form and not is_noun else word
    found = matchers_of(lower(word), lemma, language)
    if is_noun:
        found = tuple(matcher for matcher in found if not isinstance(matcher.trigger, VerbTrigger))
    elif grammar.capitalised_nouns and not is_capital:
        found = tuple(matcher for matcher in found if not isinstance(matcher.trigger, NounTrigger))
    return tuple(matcher for matcher in found if _has_allowed_first_part(word, matcher))


def _has_allowed_first_part(word: str, matcher: TriggerMatcher) -> bool:
    trigger = matcher.trigger
    match = matcher.joined.fullmatch(lower(word))
    if not isinstance(trigger, NounTrigger) or trigger.not_first_parts is None or match is None:
        return True
    first = match["first"].rstrip("-")
    return not (first and trigger.not_first_parts.search(first))


def _is_offer(matcher: TriggerMatcher) -> bool:
    return EVENT_TYPES[matcher.type].form == "offer"
