"""The first look at an article: which of its units may hold an event, by their words alone.

It goes over all words, and takes too many units rather than too few: what it leaves out, the parse could not have made
an event of. Whatever can be said of a trigger without a parse is said here, since a word looked at costs a hundredth of
a word parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .field import Field, Unit
from .languages.pack import LanguagePack
from .languages.trigger_forms import NounTrigger, VerbTrigger
from .needed_words import may_hold
from .parsing import MAX_SENTENCE_TOKENS
from .seen import Seen
from .steps.trigger_matchers import TriggerMatcher
from .steps.triggers import excludes
from .words import lower

_CLAUSE_BORDERS = frozenset(',;:–—()"[].!?…')
_LINKED = "linked"


@dataclass(frozen=True, slots=True)
class Looked:
    """What the first look finds in a field, by the numbers of its units.

    Attributes:
        telling: May hold an event of their own.
        pointing: May at most point to an event told of elsewhere, so that without one they hold nothing.
    """

    telling: frozenset[int]
    pointing: frozenset[int]


def look_at(field: Field, pack: LanguagePack) -> Looked:
    """Find the units that may hold an event, by the words of the trigger tables alone."""
    found = {number: _look_at_unit(field, unit, pack) for number, unit in enumerate(field.units)}
    return Looked(
        frozenset(number for number, is_telling in found.items() if is_telling),
        frozenset(number for number, is_telling in found.items() if is_telling is False),
    )


def _look_at_unit(field: Field, unit: Unit, pack: LanguagePack) -> bool | None:
    """Say whether a unit may tell of an event (True), point to one (False), or neither (None)."""
    seen = Seen(field, unit, pack)
    if not seen.triggers:
        return None
    counting = [
        any(_LINKED not in each for each in alternatives) or not matcher.trigger.requires
        for index, matcher in seen.triggers
        if (alternatives := _alternatives(seen, index, matcher)) is not None and not _is_excluded(seen, index, matcher)
    ]
    return any(counting) if counting else None


def _alternatives(seen: Seen, index: int, matcher: TriggerMatcher) -> Sequence[Sequence[str]] | None:
    """Give what may hold of what a trigger requires; None where it cannot be one."""
    trigger = matcher.trigger
    if isinstance(trigger, VerbTrigger) and not _may_be_verb(seen, index, matcher, trigger):
        return None
    # Where lemmas follow from form and part of speech, no verb of the frame is missed here.
    lacks_verb = isinstance(trigger, NounTrigger) and not trigger.bare and seen.grammar.lemmas_from_form
    lacks_verb = lacks_verb and seen.verb_lemmas.isdisjoint(trigger.verbs)
    alternatives = [
        each
        for each in trigger.requires
        if (not lacks_verb or each == (_LINKED,)) and all(may_hold(name, seen, index, matcher) for name in each)
    ]
    return alternatives if alternatives or not trigger.requires else None


def _may_be_verb(seen: Seen, index: int, matcher: TriggerMatcher, trigger: VerbTrigger) -> bool:
    word, grammar = seen.words[index], seen.grammar
    if trigger.reflexive == "required" and not seen.present & set(grammar.reflexives):
        return False
    if not trigger.particle:
        return not _has_particle_behind(seen, index)
    if matcher.joined.fullmatch(lower(word)):
        return True
    if grammar.particle_order == "after":
        return trigger.particle in seen.present
    return seen.last_particle(trigger.particle) > index


def _has_particle_behind(seen: Seen, index: int) -> bool:
    """``trafen die Hunde ein.``: whether a particle ends the clause, so that the verb is another one."""
    if seen.grammar.particle_order == "after" or len(seen.words) > MAX_SENTENCE_TOKENS:
        return False
    last = ""
    for word in seen.words[index + 1 :]:
        if word in _CLAUSE_BORDERS:
            return lower(last) == last and last in seen.grammar.particles
        if lower(word) in seen.grammar.conjunctions:
            return False
        last = word if not word.isspace() else last
    return False


def _is_excluded(seen: Seen, index: int, matcher: TriggerMatcher) -> bool:
    """Whether a pattern of the tables says that the word is none; a unit too long for one sentence is left alone."""
    if len(seen.words) > MAX_SENTENCE_TOKENS:
        return False
    return excludes(matcher, seen.words[index], seen.text, seen.offset(index))
