"""The first look at an article: which of its units may hold an event, by their words alone.

It goes over all words, and takes too many units rather than too few: what it leaves out, the parse could not have made
an event of. Whatever can be said of a trigger without a parse is said here, since a word looked at costs a hundredth of
a word parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .field import Field, Unit
from .languages.cue_forms import Grammar
from .languages.pack import LanguagePack
from .languages.trigger_forms import NounTrigger, VerbTrigger
from .models.lemmas import lemma_of
from .parsing import MAX_SENTENCE_TOKENS
from .steps.triggers import TriggerMatcher, excludes, matchers_of
from .words import lower

_INFINITIVE_ENDING = "n"


def units_with_triggers(field: Field, pack: LanguagePack) -> set[int]:
    """Find the units that may hold an event, by the words of the trigger tables alone."""
    return {number for number, unit in enumerate(field.units) if _may_hold_trigger(field, unit, pack)}


@dataclass(frozen=True)
class _Seen:
    """A unit as the first look sees it: its words, and where it stands in its field."""

    field: Field
    unit: Unit
    pack: LanguagePack

    @cached_property
    def words(self) -> Sequence[str]:
        return self.field.words[self.unit.start : self.unit.end]

    @cached_property
    def present(self) -> frozenset[str]:
        return frozenset(map(lower, self.words))

    @cached_property
    def text(self) -> str:
        return self.field.masked[self.field.offset(self.unit.start) : self.field.offset(self.unit.end)]

    @cached_property
    def verb_lemmas(self) -> frozenset[str]:
        """The lemmas that its words have if they are verbs."""
        return frozenset(lemma_of(word, pos) for word in self.words for pos in ("VERB", "AUX"))

    def offset(self, index: int) -> int:
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
            apart = (place for place in places if _may_stand_apart(self, place, self.grammar))
            self.last_particles[word] = next(apart, -1)
        return self.last_particles[word]

    @property
    def grammar(self) -> Grammar:
        return self.pack.grammar

    @property
    def is_german(self) -> bool:
        return self.pack.language == "de"


def _may_hold_trigger(field: Field, unit: Unit, pack: LanguagePack) -> bool:
    words = field.words[unit.start : unit.end]
    found = [(index, matcher) for index, word in enumerate(words) for matcher in _possible(word, pack.language)]
    if not found:
        return False
    seen = _Seen(field, unit, pack)
    return any(_may_count(seen, index, matcher) and not _is_excluded(seen, index, matcher) for index, matcher in found)


@lru_cache(maxsize=65_536)
def _possible(word: str, language: str) -> tuple[TriggerMatcher, ...]:
    """The triggers that a word may be, whatever its part of speech turns out to be."""
    is_german = language == "de"
    lemma = lemma_of(word, "VERB") if is_german else word
    found = matchers_of(lower(word), lemma, language)
    if is_german and not word[:1].isupper():
        found = tuple(matcher for matcher in found if not isinstance(matcher.trigger, NounTrigger))
    return tuple(matcher for matcher in found if _has_allowed_first_part(word, matcher))


def _has_allowed_first_part(word: str, matcher: TriggerMatcher) -> bool:
    trigger = matcher.trigger
    match = matcher.joined.fullmatch(lower(word))
    if not isinstance(trigger, NounTrigger) or trigger.not_first_parts is None or match is None:
        return True
    first = match["first"].rstrip("-")
    return not (first and trigger.not_first_parts.search(first))


def _may_count(seen: _Seen, index: int, matcher: TriggerMatcher) -> bool:
    """Whether what a trigger cannot do without stands in its unit: particle, reflexive, the verbs of its frame."""
    trigger = matcher.trigger
    if isinstance(trigger, VerbTrigger) and not _may_be_verb(seen, index, matcher, trigger):
        return False
    if isinstance(trigger, NounTrigger) and not trigger.bare and seen.is_german and ("linked",) not in trigger.requires:
        # Our German lemmas follow from form and part of speech, so that no verb of the frame is missed here.
        return bool(seen.verb_lemmas & set(trigger.verbs))
    return not trigger.requires or any(
        all(_may_hold(name, seen, index, matcher) for name in each) for each in trigger.requires
    )


def _may_be_verb(seen: _Seen, index: int, matcher: TriggerMatcher, trigger: VerbTrigger) -> bool:
    word, grammar = seen.words[index], seen.grammar
    begins = index == 0 or not seen.words[index - 1][-1:].isalnum()
    if grammar.capitalised_nouns and word[:1].isupper() and not begins:
        return False
    if trigger.reflexive == "required" and not seen.present & set(grammar.reflexives):
        return False
    if not trigger.particle or matcher.joined.fullmatch(lower(word)):
        return True
    if grammar.particle_order == "after":
        return trigger.particle in seen.present
    return seen.last_particle(trigger.particle) > index


def _may_stand_apart(seen: _Seen, place: int, grammar: Grammar) -> bool:
    """Whether a word may be the particle of a verb before it: a preposition has its noun behind it.

    ``sagte Hilfe zu.``, ``sagte zu, ...``; not ``sagte zu Reportern``, ``sagte auf dem Weg zu den Gesprächen``.
    """
    behind = next((word for word in seen.words[place + 1 : place + 3] if not word.isspace()), "")
    if not behind[:1].isalnum():
        return True
    if behind[:1].isupper() or behind[:1].isdigit() or lower(behind) in (*grammar.determiners, *grammar.possessives):
        return False
    is_infinitive = behind.endswith(_INFINITIVE_ENDING) and lemma_of(behind, "VERB") == behind
    return not (lower(seen.words[place]) in grammar.infinitive_marks and is_infinitive)


def _is_excluded(seen: _Seen, index: int, matcher: TriggerMatcher) -> bool:
    """Whether a pattern of the tables says that the word is none; a unit too long for one sentence is left alone."""
    if len(seen.words) > MAX_SENTENCE_TOKENS:
        return False
    return excludes(matcher, seen.words[index], seen.text, seen.offset(index))


def _may_hold(name: str, seen: _Seen, index: int, matcher: TriggerMatcher) -> bool:
    condition = _CONDITIONS.get(name)
    return condition is None or condition(seen, seen.words[index], matcher)


_CONDITIONS: Mapping[str, Callable[[_Seen, str, TriggerMatcher], bool]] = {
    "money": lambda seen, _word, _matcher: re.search(seen.pack.nouns.money, seen.text) is not None,
    "reciprocal": lambda seen, _word, _matcher: bool(seen.present & set(seen.grammar.reciprocals)),
    "modified_compound": lambda _seen, word, matcher: lower(word) not in getattr(matcher.trigger, "heads", ()),
}
"""Those conditions of the tables that ask for words alone; the others are for the parse."""
