"""What the requirements of a trigger need in words: where the words are missing, no parse can make them hold.

``mit wem`` needs a *mit*, an infinitive its *zu*, an offered event the event's own word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .languages.cue_forms import Grammar
from .languages.trigger_forms import VerbTrigger
from .seen import Seen
from .steps.trigger_matchers import TriggerMatcher
from .words import fits, lower


def may_hold(name: str, seen: Seen, index: int, matcher: TriggerMatcher) -> bool:
    """Whether a function or condition may hold for the word of a unit.

    Args:
        name: As the trigger tables have it.
        seen: The unit.
        index: Of the word.
        matcher: The trigger that it may be.
    """
    needs = _NEEDED.get(name)
    return needs is None or needs(seen, index, matcher)


def _has_agent(seen: Seen) -> bool:
    return not seen.prepositions.isdisjoint((*seen.grammar.agent_prepositions, *seen.grammar.origin_prepositions))


def _may_have_subject(seen: Seen, index: int, matcher: TriggerMatcher) -> bool:
    """Not in a passive without its agent: ``Drei Häuser wurden getroffen``."""
    word, grammar = lower(seen.words[index]), seen.grammar
    if not _is_participle(word, matcher, grammar) or not seen.verb_lemmas.isdisjoint(grammar.haves) or _has_agent(seen):
        return True
    return seen.verb_lemmas.isdisjoint(grammar.passives)


def _is_participle(word: str, matcher: TriggerMatcher, grammar: Grammar) -> bool:
    """Whether a form is a participle by its looks, and its infinitive does not look the same."""
    return (
        isinstance(matcher.trigger, VerbTrigger)
        and fits(grammar.participles, word)
        and not any(fits(grammar.participles, lemma) for lemma in matcher.trigger.lemmas)
    )


def _may_have_pair(seen: Seen, index: int, matcher: TriggerMatcher) -> bool:
    """Whether two may be the subject: a verb in the singular has them only in a list."""
    word, grammar = lower(seen.words[index]), seen.grammar
    if not _may_have_subject(seen, index, matcher):
        return False
    is_singular = isinstance(matcher.trigger, VerbTrigger) and not word.endswith(grammar.plural_verb_ending)
    if not is_singular or _is_participle(word, matcher, grammar):
        return True
    return not seen.present.isdisjoint((*grammar.conjunctions, *grammar.pair_pronouns))


_NEEDED: Mapping[str, Callable[[Seen, int, TriggerMatcher], bool]] = {
    "with": lambda seen, _index, _matcher: "with" in seen.functions,
    "between": lambda seen, _index, _matcher: "between" in seen.functions,
    "to": lambda seen, _index, _matcher: "to" in seen.functions,
    "infinitive": lambda seen, _index, _matcher: seen.has_infinitive,
    "offer_infinitive": lambda seen, _index, _matcher: seen.has_infinitive,
    "help": lambda seen, _index, _matcher: seen.names_help,
    "helpful_object": lambda seen, _index, _matcher: seen.names_help,
    "event": lambda seen, index, _matcher: len(seen.others) > (index in seen.others),
    "willing": lambda seen, index, _matcher: len(seen.offers) > (index in seen.offers),
    "framed": lambda seen, _index, matcher: (
        not seen.grammar.lemmas_from_form or not seen.verb_lemmas.isdisjoint(matcher.trigger.verbs)
    ),
    "money": lambda seen, _index, _matcher: seen.names_money,
    "reciprocal": lambda seen, _index, _matcher: not seen.present.isdisjoint(seen.grammar.reciprocals),
    "modified_compound": lambda seen, index, matcher: (
        lower(seen.words[index]) not in getattr(matcher.trigger, "heads", ())
    ),
    "subject": _may_have_subject,
    "personal_subject": _may_have_subject,
    "plural_subject": _may_have_subject,
    "pair_subject": _may_have_pair,
    "group_subject": _may_have_subject,
    "official_subject": _may_have_subject,
}
"""Only what asks for words; the other conditions are for the parse."""
