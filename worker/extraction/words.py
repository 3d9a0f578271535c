"""Small questions about a token, asked by many steps."""

from __future__ import annotations

import re
from functools import lru_cache

from .tokens import Token

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
QUOTATION_MARKS = frozenset('"„“”»«‚‘')


def is_finite(token: Token) -> bool:
    """Whether a token is a finite verb."""
    return is_verbal(token) and "Fin" in token.morph.get("VerbForm", [])


def is_participle(token: Token) -> bool:
    """Whether a token is a participle."""
    return "Part" in token.morph.get("VerbForm", [])


def is_infinitive(token: Token) -> bool:
    """Whether a token is an infinitive."""
    return "Inf" in token.morph.get("VerbForm", [])


def is_verbal(token: Token) -> bool:
    """Whether a token is a verb form; a capitalised part of a name is none, whatever its tag."""
    if token.pos_ not in VERBAL or (token.ent_type_ in {"PER", "ORG", "LOC"} and token.text[:1].isupper()):
        return False
    return not (token.lang_ == "de" and "-" in token.text and token.text[:1].isupper())


def is_nominal(token: Token) -> bool:
    """Whether a token is a noun or name, by its tag or as a part of a named entity."""
    if token.pos_ in NOMINAL:
        return True
    if token.ent_type_ in {"PER", "ORG", "LOC"} and token.pos_ not in {"PUNCT", "ADP"}:
        # "die ukrainische Regierung": an adjective, though the country in it is found as a name.
        return not (token.lang_ == "de" and token.pos_ == "ADJ" and token.text.islower())
    return token.lang_ == "de" and _is_written_as_noun(token)


def _is_written_as_noun(token: Token) -> bool:
    """German writes nouns with a capital: inside a sentence a capital outweighs a doubtful tag."""
    text = token.text
    if token.is_sent_start or not text[:1].isupper() or len(text) < 3:
        return False
    return token.pos_ in {"VERB", "ADV", "X"} or (token.pos_ == "ADJ" and "-" in text)


def is_past(token: Token) -> bool:
    """Whether a finite verb stands in a past tense."""
    return "Past" in token.morph.get("Tense", [])


def is_subjunctive(token: Token) -> bool:
    """Whether a finite verb stands in the subjunctive."""
    return "Sub" in token.morph.get("Mood", [])


_SINGULAR = re.compile(r".{3,}(?:ung|heit|keit|schaft|tät|tion|nis|ment)")
"""Endings of German nouns that their plural extends."""


def is_plural(token: Token) -> bool | None:
    """Whether a noun is plural; None when its form does not say. A sure ending outweighs a doubtful tag."""
    if token.lang_ == "de" and token.pos_ == "NOUN" and _SINGULAR.fullmatch(token.text):
        return False
    number = token.morph.get("Number", [])
    return "Plur" in number if number else None


def has_case(token: Token, case: str) -> bool:
    """Whether a token carries a case, such as ``Gen``."""
    return case in token.morph.get("Case", [])


@lru_cache(maxsize=131_072)
def holds(pattern: str, word: str) -> bool:
    """Whether a pattern is found in a word; cached because the words of a language come back."""
    return re.search(pattern, word) is not None


@lru_cache(maxsize=131_072)
def fits(pattern: str, word: str) -> bool:
    """Whether a pattern fits a whole word; cached as above."""
    return re.fullmatch(pattern, word) is not None


@lru_cache(maxsize=65_536)
def lower(word: str) -> str:
    """Lower-case a word; cached because every step asks."""
    return word.lower()


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """Give what an office has in common in all its forms: *Minister*, *Ministerin*, *Ministern*."""
    return re.sub(r"(?:in|en|s|n)$", "", lower(word).rsplit("-", 1)[-1])
