"""Whether a sentence that is not parsed may tell more of an event, by its words alone.

What the steps read off such a sentence asks for certain words; where they are missing, its parse would tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from .languages.cue_forms import Grammar
from .languages.pack import LanguagePack
from .models.lemmas import lemma_of
from .parts import part_of_noun
from .words import lower


def may_tell_of_event(words: Sequence[str], pack: LanguagePack, *, is_open: bool) -> bool:
    """Whether a sentence behind an event's may name who takes part in it or what it is about.

    Args:
        words: Of the sentence.
        pack: The language.
        is_open: Whether fewer than two are known to take part, so that who agreed behind it counts.
    """
    grammar = pack.grammar
    if may_hold_verb(words, (*grammar.taking_part, *(grammar.outcome_verbs if is_open else ())), pack):
        return True
    is_agent_named = not grammar.agent_prepositions or _present(words) & set(grammar.agent_prepositions)
    if is_agent_named and may_hold_verb(words, (*grammar.companion_verbs, *grammar.represented), pack):
        return True  # "Begleitet wurde er von X"
    return _may_name_part(words, pack) or _may_name_topic(words, pack)


def _may_name_part(words: Sequence[str], pack: LanguagePack) -> bool:
    """``Gastgeber ist X``: a noun that says a part, and a copula."""
    names_part = any(part_of_noun(word, pack.grammar.part_nouns) for word in words)
    return names_part and _may_hold_irregular(words, pack.grammar.copulas, pack)


def _may_name_topic(words: Sequence[str], pack: LanguagePack) -> bool:
    """``Thema war X``, ``es ging um X``."""
    grammar, present = pack.grammar, _present(words)
    if grammar.concerns_with in present and present & set(grammar.impersonal):
        return may_hold_verb(words, grammar.concerns, pack)
    return any(re.fullmatch(grammar.agenda_nouns, word) for word in words) and _may_hold_irregular(
        words, (*grammar.copulas, *grammar.agenda_verbs), pack
    )


def _may_hold_irregular(words: Sequence[str], verbs: Sequence[str], pack: LanguagePack) -> bool:
    """As ``may_hold_verb``; a form such as *was* has its verb from the dictionary alone."""
    return not pack.grammar.lemmas_from_form or may_hold_verb(words, verbs, pack)


def may_hold_verb(words: Sequence[str], verbs: Sequence[str], pack: LanguagePack) -> bool:
    """Whether some word may be a form of a verb, joined with its particle or apart from it."""
    present = _present(words)
    grammar = pack.grammar
    if not grammar.lemmas_from_form:
        return any(
            _forms(verb, grammar.lost_endings, grammar.verb_endings).fullmatch(word)
            for verb in verbs
            for word in present
        )
    lemmas = {lemma_of(word, pos) for word in present for pos in ("VERB", "AUX")}
    return any(
        verb.endswith(lemma) and verb.removesuffix(lemma) in {"", *present} for verb in verbs for lemma in lemmas
    )


@lru_cache(maxsize=512)
def _forms(verb: str, lost: str, endings: str) -> re.Pattern[str]:
    """The regular forms of a verb, also with its last letter doubled: *plan*, *planned*."""
    stem = re.sub(rf"(?:{lost})$", "", verb)
    return re.compile(rf"{re.escape(stem)}(?:{re.escape(stem[-1:])})?(?:{endings})")


def may_name_somebody(words: Sequence[str], grammar: Grammar) -> bool:
    """Whether a sentence may hold a name: where names alone are written with a capital, its words tell."""
    if grammar.capitalised_nouns:
        return True
    first = next(iter(words), "")
    return any(word[:1].isupper() for word in words[1:]) or (
        first[:1].isupper() and not _is_function_word(first, grammar)
    )


def _is_function_word(word: str, grammar: Grammar) -> bool:
    classes: tuple[Iterable[str], ...] = (
        grammar.determiners,
        grammar.personal_pronouns,
        grammar.possessives,
        grammar.prepositions,
        grammar.conjunctions,
        grammar.subordinators,
        grammar.impersonal,
    )
    return any(lower(word) in each for each in classes)


def _present(words: Sequence[str]) -> set[str]:
    return set(map(lower, words))
