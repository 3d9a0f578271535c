"""The trigger tables as matchers, and which of them a word may be by its form or lemma alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from worker.extraction.languages.cue_forms import Grammar
from worker.extraction.languages.pack import load_pack
from worker.extraction.languages.trigger_forms import AdjectiveTrigger, NounTrigger, Trigger, TriggerTable, VerbTrigger

_OPENING = 3
"""Letters by which the fixed parts of the patterns are known: a word of the news opens hardly any."""


@dataclass(frozen=True)
class TriggerMatcher:
    """A trigger, ready to match words.

    Attributes:
        fixed: Strings of which a word that fits holds one.
        joined: Fits the whole word; for a verb, with its particle joined.
        bare: Fits a verb whose particle stands apart, else None.
    """

    type: str
    table: TriggerTable
    trigger: Trigger
    fixed: tuple[str, ...]
    joined: re.Pattern[str]
    bare: re.Pattern[str] | None = None

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of its verbs, without and with their particle; none for what is no verb."""
        if not isinstance(self.trigger, VerbTrigger):
            return frozenset()
        particle = self.trigger.particle or ""
        return frozenset({*self.trigger.lemmas, *(particle + lemma for lemma in self.trigger.lemmas)})

    def may_be(self, word: str, lemma: str) -> bool:
        """Whether a word in lower case may be this trigger by its form or its lemma."""
        if self.joined.fullmatch(word) or (self.bare is not None and self.bare.fullmatch(word)):
            return True
        return lemma in self.lemmas


@lru_cache(maxsize=65_536)
def matchers_of(word: str, lemma: str, language: str) -> tuple[TriggerMatcher, ...]:
    """Give the triggers that a word may be by its form or lemma alone, most specific first.

    Args:
        word: Lower case.
        lemma: Its dictionary form; verbs are known by it too.
        language: ISO 639-1 code.
    """
    return tuple(_index(language).find(word, lemma))


class TriggerIndex:
    """Finds matchers by the letters with which their fixed strings open: few words have to be matched at all.

    Args:
        matchers: In the order in which they are to be found.
    """

    def __init__(self, matchers: Sequence[TriggerMatcher]) -> None:
        self._matchers = matchers
        self._by_opening: dict[str, set[int]] = defaultdict(set)
        self._by_lemma: dict[str, set[int]] = defaultdict(set)
        for number, matcher in enumerate(matchers):
            for text in matcher.fixed:
                self._by_opening[text[:_OPENING]].add(number)
            for lemma in matcher.lemmas:
                self._by_lemma[lemma].add(number)
        self._sizes = sorted({len(opening) for opening in self._by_opening})

    def find(self, word: str, lemma: str) -> Iterator[TriggerMatcher]:
        """Give those that a word in lower case may be."""
        numbers = set(self._by_lemma.get(lemma, ()))
        for size in self._sizes:
            for start in range(len(word) - size + 1):
                numbers.update(self._by_opening.get(word[start : start + size], ()))
        return (each for each in (self._matchers[number] for number in sorted(numbers)) if each.may_be(word, lemma))


@lru_cache(maxsize=8)
def _index(language: str) -> TriggerIndex:
    return TriggerIndex(all_matchers(language))


def all_matchers(language: str) -> tuple[TriggerMatcher, ...]:
    """Give the matchers of a language, most specific first."""
    pack = load_pack(language)
    found: list[TriggerMatcher] = []
    for name, table in pack.triggers.items():
        entries: tuple[Trigger, ...] = (*table.noun, *table.verb, *table.adjective)
        found.extend(_matcher(name, table, entry, pack.grammar) for entry in entries)
    return tuple(sorted(found, key=lambda matcher: -matcher.trigger.specificity))


def _matcher(name: str, table: TriggerTable, entry: Trigger, grammar: Grammar) -> TriggerMatcher:
    if isinstance(entry, NounTrigger):
        return TriggerMatcher(name, table, entry, entry.heads, _noun_pattern(entry, grammar))
    if isinstance(entry, VerbTrigger):
        fixed = (*(_stem(lemma, grammar) for lemma in entry.lemmas), *entry.forms)
        joined = _verb_pattern(entry, grammar, particle=entry.particle or "")
        bare = _verb_pattern(entry, grammar, particle="") if entry.particle else None
        return TriggerMatcher(name, table, entry, fixed, joined, bare)
    forms = entry.forms if isinstance(entry, AdjectiveTrigger) else ()
    return TriggerMatcher(name, table, entry, forms, _any_of(forms))


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, forms)))


def _noun_pattern(entry: NounTrigger, grammar: Grammar) -> re.Pattern[str]:
    first = {"any": ".*?", "none": "", "listed": entry.first_parts or ""}[entry.compounds]
    endings = grammar.noun_endings if entry.endings is None else entry.endings
    heads = "|".join(map(re.escape, entry.heads))
    return re.compile(rf"(?P<first>{first})-?(?:{heads})(?:{'|'.join(map(re.escape, endings))})")


def _verb_pattern(entry: VerbTrigger, grammar: Grammar, *, particle: str) -> re.Pattern[str]:
    regular = [
        grammar.verb_forms.replace("{P}", re.escape(particle)).replace("{S}", re.escape(_stem(lemma, grammar)))
        for lemma in entry.lemmas
    ]
    if particle and grammar.particle_order == "before":
        regular = [form.replace(f"(?:{re.escape(particle)})?", re.escape(particle)) for form in regular]
        listed = [re.escape(particle + form) for form in entry.forms]
    else:
        listed = [re.escape(form) for form in entry.forms]
    return re.compile("|".join((*regular, *listed)))


def _stem(lemma: str, grammar: Grammar) -> str:
    for ending in grammar.infinitive_endings:
        if ending and lemma.endswith(ending):
            return lemma.removesuffix(ending)
    return lemma
