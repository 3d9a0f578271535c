"""Finds the words that may name an event, by the language pack's trigger tables.

A word found here is a candidate: what stands around it decides later (``requires``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from worker.extraction.document import Document, Mention, Sentence
from worker.extraction.languages.cue_forms import Grammar
from worker.extraction.languages.pack import LanguagePack
from worker.extraction.languages.trigger_forms import NounTrigger, VerbTrigger
from worker.extraction.steps.trigger_matchers import TriggerMatcher, matchers_of
from worker.extraction.structure import once
from worker.extraction.tokens import Token
from worker.extraction.verbs import find_governor, find_particle
from worker.extraction.words import is_nominal, is_plural, is_verbal, lower

DEFINITE_REACH = 6
"""How many words an article may stand before its noun."""

_ATTRIBUTE = frozenset({"ADJ", "NUM", "ADV", "NOUN", "PROPN", "PUNCT", "SYM", "X", "DET", "VERB"})


def find_triggers(document: Document) -> Document:
    """Add the candidates, in text order; one word may be several."""
    found = (mention for sentence in document.parsed for mention in _in_sentence(sentence, sentence.index, document))
    return replace(document, mentions=tuple(found))


@once
def _in_sentence(sentence: Sentence, _index: int, document: Document) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for token in sentence.tokens():
        matchers = matchers_of(lower(token.text), token.lemma_, document.language)
        if matchers:
            found.extend(_of_token(token, sentence, matchers, document.pack))
    return tuple(found)


def _of_token(
    token: Token, sentence: Sentence, matchers: tuple[TriggerMatcher, ...], pack: LanguagePack
) -> Iterator[Mention]:
    word = lower(token.text)
    for matcher in matchers:
        trigger = matcher.trigger
        if isinstance(trigger, NounTrigger):
            fits = _fits_noun(token, word, matcher, pack.grammar)
        elif isinstance(trigger, VerbTrigger):
            fits = _fits_verb(token, word, matcher, sentence, pack.grammar)
        else:
            fits = bool(matcher.joined.fullmatch(word)) and not is_nominal(token)
        if fits and not excludes(matcher, token.text, sentence.text, token.idx - sentence.start_char):
            yield _mention(token, sentence, matcher, pack)


def _mention(token: Token, sentence: Sentence, matcher: TriggerMatcher, pack: LanguagePack) -> Mention:
    kinds: dict[type, Literal["noun", "verb", "adjective"]] = {NounTrigger: "noun", VerbTrigger: "verb"}
    pos = kinds.get(type(matcher.trigger), "adjective")
    clause = sentence.clause_of(token.i)
    return Mention(
        type=matcher.type,
        trigger=matcher.trigger,
        pos=pos,
        sentence=sentence.index,
        token=token.i,
        clause=clause,
        governor=token.i if pos == "verb" else find_governor(sentence, token.i, pack.grammar),
        is_definite=pos == "noun" and _is_definite(token, sentence, pack.grammar),
        stage=matcher.trigger.stage,
    )


def _is_definite(token: Token, sentence: Sentence, grammar: Grammar) -> bool:
    """Whether the nearest article before the noun is a definite one; attributes may stand between."""
    for position in range(token.i - 1, max(sentence.start, token.i - DEFINITE_REACH) - 1, -1):
        before = sentence.doc[position]
        word = lower(before.text)
        if word in grammar.definite:
            # "der Republik Gespräche anbieten": the article of another phrase is none of its own.
            phrase = sentence.phrase_of(position)
            return phrase is None or phrase.end > token.i or not grammar.capitalised_nouns
        if word in grammar.determiners or before.pos_ not in _ATTRIBUTE:
            return False
    return False


def _fits_noun(token: Token, word: str, matcher: TriggerMatcher, grammar: Grammar) -> bool:
    trigger = matcher.trigger
    match = matcher.joined.fullmatch(word)
    if match is None or not isinstance(trigger, NounTrigger):
        return False
    if grammar.capitalised_nouns and not (token.text[:1].isupper() and (is_nominal(token) or not token.is_sent_start)):
        return False
    if not grammar.capitalised_nouns and not is_nominal(token):
        return False
    first = match["first"].rstrip("-")
    plural = is_plural(token)
    if (trigger.number == "plural" and plural is False) or (trigger.number == "singular" and plural):
        return False
    return not (trigger.not_first_parts and first and trigger.not_first_parts.search(first))


def _fits_verb(token: Token, word: str, matcher: TriggerMatcher, sentence: Sentence, grammar: Grammar) -> bool:
    trigger = matcher.trigger
    if not isinstance(trigger, VerbTrigger) or not _may_be_verb(token, grammar):
        return False
    lemmas = matcher.lemmas
    particle = find_particle(sentence, token.i, grammar)
    joined = bool(matcher.joined.fullmatch(word)) or (grammar.particle_order == "after" and token.lemma_ in lemmas)
    apart = bool(matcher.bare and matcher.bare.fullmatch(word))
    if trigger.particle:
        fits = (joined and grammar.particle_order == "before") or (
            particle == trigger.particle and (apart or token.lemma_ in lemmas)
        )
    else:
        fits = joined and particle is None
    return fits and _fits_reflexive(token, sentence, trigger, grammar)


def _may_be_verb(token: Token, grammar: Grammar) -> bool:
    if grammar.capitalised_nouns:
        return (
            (token.text[:1].islower() or bool(token.is_sent_start))
            and token.pos_ not in {"ADP", "DET", "PRON"}
            and (token.pos_ != "ADJ" or token.dep_ != "amod")
        )
    return is_verbal(token) and token.pos_ == "VERB"


def _fits_reflexive(token: Token, sentence: Sentence, trigger: VerbTrigger, grammar: Grammar) -> bool:
    if trigger.reflexive == "any":
        return True
    index = sentence.clause_of(token.i)
    clause = sentence.clauses[index].tokens if index is not None else range(sentence.start, sentence.end)
    has = any(lower(sentence.doc[position].text) in grammar.reflexives for position in clause)
    return has == (trigger.reflexive == "required")


def excludes(matcher: TriggerMatcher, word: str, text: str, offset: int) -> bool:
    """Whether the tables say that a word is none of its trigger, by what else its sentence holds.

    Args:
        matcher: The trigger.
        word: As written.
        text: The sentence, in which the word begins at the offset.
        offset: In code points.
    """
    near = (matcher.trigger.excluded_near, matcher.table.excluded_near)
    if any(pattern and _pattern(pattern, word).search(text) for pattern in near):
        return True
    return any(
        any(
            "T" not in match.groupdict() or match.start("T") == offset
            for match in _pattern(pattern, word).finditer(text)
        )
        for pattern in matcher.trigger.excluded
    )


@lru_cache(maxsize=4_096)
def _pattern(pattern: str, word: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("{T}", f"(?P<T>{re.escape(word)})", 1).replace("{T}", re.escape(word)))
