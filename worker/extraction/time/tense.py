"""Tense and mood of the clause around an expression, from its words or from a parse."""

from __future__ import annotations

from .clauses import TextClauses
from .parsed import ParsedText
from .parsed_tense import read_parsed_tense
from .tense_reading import NO_TENSE, Tense, TenseReading
from .verb_signs import Sign, TextSigns, VerbSigns

_FINITE: dict[str, Tense] = {
    "past": "past",
    "preterite": "past",
    "future": "future",
    "infinitive": "future",
    "present": "present",
    "present_ending": "present",
    "participle_or_present": "present",
}


def read_tense(
    text_signs: TextSigns, clauses: TextClauses, start: int, end: int, *, doc: ParsedText | None
) -> TenseReading:
    """Say in which tense the clause around an expression stands."""
    parsed = NO_TENSE if doc is None else read_parsed_tense(doc, start, end, language=text_signs.language)
    if parsed.tense in {"past", "future"}:
        return parsed
    said = _read_words(text_signs, clauses, start, end)
    # A parse that lost the participle of a perfect says present; the words know better (10 of 11 such cases in the
    # development parts of KRAUTS and TimeBank).
    return parsed if said.tense is None else said


def _read_words(text_signs: TextSigns, clauses: TextClauses, start: int, end: int) -> TenseReading:
    pieces = clauses.around(start, end)
    found = text_signs.between(*pieces[-1], outside=(start, end))
    if not found:
        return NO_TENSE
    auxiliary = False
    for begin, stop in pieces:
        inside = [sign for sign in found if begin <= sign.at < stop]
        if auxiliary and any(sign.kind == "participle" for sign in inside):
            return TenseReading("past", "tense")
        reading = _combine(inside, text_signs.signs, start)
        if reading.tense is not None and not auxiliary:
            return reading
        # An auxiliary alone waits for its participle, which may stand behind a quotation or an insertion.
        auxiliary = auxiliary or any(sign.kind == "perfect" for sign in inside)
    return TenseReading("present", "tense") if auxiliary else NO_TENSE


def _combine(found: list[Sign], signs: VerbSigns, start: int) -> TenseReading:
    kinds = {sign.kind for sign in found}
    past = kinds.intersection({"past", "preterite"})
    if "planned" in kinds or ("planned_adjectives" in kinds and not past):
        return TenseReading("future", "planned")
    if "perfect" in kinds and "future" not in kinds and kinds.intersection({"participle", "participle_or_present"}):
        return TenseReading("past", "tense")
    finite = [sign for sign in found if sign.kind in _FINITE]
    if not finite and "participle" in kinds and "perfect" not in kinds:
        return TenseReading("past", "tense")
    if not finite:
        return NO_TENSE
    nearest = min(finite, key=lambda sign: signs.distance(sign, start))
    return TenseReading(_FINITE[nearest.kind], "infinitive" if nearest.kind == "infinitive" else "tense")
