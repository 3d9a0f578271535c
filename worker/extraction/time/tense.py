"""Tense and mood of the clause around an expression, from its words or from a parse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from .clauses import clauses_around
from .pack import load_time_words

if TYPE_CHECKING:  # spaCy takes a second to import, and this layer works without it
    from spacy.tokens import Doc, Token

Tense = Literal["past", "present", "future"]
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_REGULAR = ("participle", "participle_or_present", "preterite", "present_ending")
_FINITE: dict[str, Tense] = {
    "past": "past",
    "preterite": "past",
    "future": "future",
    "infinitive": "future",
    "present": "present",
    "present_ending": "present",
    "participle_or_present": "present",
}


@dataclass(frozen=True, slots=True)
class TenseReading:
    """What a clause says about time.

    Attributes:
        tense: None where it holds no verb that was recognised.
        reason: ``tense`` or ``infinitive`` from words, ``parse`` from a parse, ``planned`` from a word of planning.
    """

    tense: Tense | None
    reason: str


NO_TENSE = TenseReading(None, "none")


def read_tense(text: str, start: int, end: int, *, language: str, doc: Doc | None) -> TenseReading:
    """Say in which tense the clause around an expression stands."""
    if doc is not None:
        parsed = _from_parse(doc, start, end, language)
        if parsed.tense is not None:
            return parsed
    signs = _signs(language)
    auxiliary = False
    for begin, stop in clauses_around(text, start, end, language=language):
        found = _find_signs(text[begin:stop], start - begin, end - begin, signs)
        if auxiliary and any(kind == "participle" for kind, _ in found):
            return TenseReading("past", "tense")
        reading = _combine(found, signs, start - begin)
        if reading.tense is not None and not auxiliary:
            return reading
        # An auxiliary alone waits for its participle, which may stand behind a quotation or an insertion.
        auxiliary = auxiliary or any(kind == "perfect" for kind, _ in found)
    return TenseReading("present", "tense") if auxiliary else NO_TENSE


def _find_signs(clause: str, start: int, end: int, signs: _Signs) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    before, before_end = "", -1
    for word in _WORD.finditer(clause):
        if word.start() >= end or word.end() <= start:
            kind = signs.kind_after(before if word.start() == before_end + 1 else "", word.group())
            if kind:
                found.append((kind, word.start()))
        before, before_end = word.group(), word.end()
    return found


def _combine(found: list[tuple[str, int]], signs: _Signs, start: int) -> TenseReading:
    kinds = {kind for kind, _ in found}
    past = kinds.intersection({"past", "preterite"})
    if "planned" in kinds or ("planned_adjectives" in kinds and not past):
        return TenseReading("future", "planned")
    if "perfect" in kinds and "future" not in kinds and kinds.intersection({"participle", "participle_or_present"}):
        return TenseReading("past", "tense")
    finite = [(kind, at) for kind, at in found if kind in _FINITE]
    if not finite and "participle" in kinds and "perfect" not in kinds:
        return TenseReading("past", "tense")
    if not finite:
        return NO_TENSE
    nearest = min(finite, key=lambda sign: signs.distance(sign[1], start))
    return TenseReading(_FINITE[nearest[0]], "infinitive" if nearest[0] == "infinitive" else "tense")


@dataclass(frozen=True, slots=True)
class _Signs:
    """The signs of a language, ready to look up."""

    by_word: dict[str, str]
    regular: tuple[tuple[str, re.Pattern[str]], ...]
    not_verbs: frozenset[str]
    nearest_left: bool
    infinitive_mark: str
    infinitives: re.Pattern[str]
    passive_after: frozenset[str]

    def kind_after(self, before: str, word: str) -> str | None:
        if before == self.infinitive_mark and self.infinitives.fullmatch(word):
            return "infinitive"
        kind = self.kind(word)
        return None if kind == "preterite" and before in self.passive_after else kind

    def kind(self, word: str) -> str | None:
        known = self.by_word.get(word) or self.by_word.get(word.lower())
        if known:
            return known
        if not word.islower() or word in self.not_verbs:
            return None
        for kind, pattern in self.regular:
            if pattern.fullmatch(word):
                return kind
        return None

    def distance(self, at: int, start: int) -> int:
        if self.nearest_left and at > start:
            return 1000 + at - start
        return abs(at - start)


@cache
def _signs(language: str) -> _Signs:
    direction = load_time_words(language).direction
    by_word = {
        word: kind
        for kind in ("present", "past", "perfect", "future", "planned_adjectives", "planned")
        for word in getattr(direction, kind)
    }
    regular = tuple((kind, re.compile(getattr(direction, kind))) for kind in _REGULAR)
    return _Signs(
        by_word=by_word,
        regular=regular,
        not_verbs=frozenset(direction.not_verbs),
        nearest_left=direction.nearest_left,
        infinitive_mark=direction.infinitive_mark,
        infinitives=re.compile(direction.infinitives),
        passive_after=frozenset(direction.passive_after),
    )


def _from_parse(doc: Doc, start: int, end: int, language: str) -> TenseReading:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP"):
        return NO_TENSE
    verb = _governing_verb(span.root)
    if verb is None:
        return NO_TENSE
    group = [verb, *(child for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"})]
    return _of_group(group, language)


def _governing_verb(token: Token) -> Token | None:
    for _ in range(12):  # deeper chains are broken parses
        if token.pos_ in {"VERB", "AUX"}:
            return token
        if any(child.dep_ == "cop" for child in token.children):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _of_group(group: list[Token], language: str) -> TenseReading:
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
