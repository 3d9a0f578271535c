"""Tense and mood of the clause around an expression, from a parse by Universal Dependencies."""

from __future__ import annotations

from .pack import load_time_words
from .parsed import ParsedText, ParsedWord
from .tense_reading import NO_TENSE, TenseReading

DEEPEST = 12  # heads to climb; deeper chains are broken parses


def read_parsed_tense(doc: ParsedText, start: int, end: int, *, language: str) -> TenseReading:
    """Say in which tense the verb stands that governs an expression."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP"):
        return NO_TENSE
    verb = _governing_verb(span.root)
    if verb is None:
        return NO_TENSE
    group = [verb, *(child for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"})]
    return _of_group(group, language)


def _governing_verb(token: ParsedWord) -> ParsedWord | None:
    for _ in range(DEEPEST):
        if token.pos_ in {"VERB", "AUX"}:
            return token
        if any(child.dep_ == "cop" for child in token.children):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _of_group(group: list[ParsedWord], language: str) -> TenseReading:
    direction = load_time_words(language).direction
    if any(token.text.lower() in direction.planned for token in group):
        return TenseReading("future", "planned")
    lemmas = {token.lemma_.lower() for token in group} | {token.text.lower() for token in group}
    tenses = {tense for token in group for tense in token.morph.get("Tense", [])}
    finite = [token for token in group if "Fin" in token.morph.get("VerbForm", [])]
    participle = any("Part" in token.morph.get("VerbForm", []) for token in group)
    finite_past = any("Past" in token.morph.get("Tense", []) for token in finite)
    if not finite_past and lemmas.intersection(direction.future_lemmas):
        return TenseReading("future", "parse")
    if finite_past or (participle and lemmas.intersection(direction.perfect_lemmas)):
        return TenseReading("past", "parse")
    if finite and "Pres" in tenses:
        return TenseReading("present", "parse")
    return NO_TENSE
