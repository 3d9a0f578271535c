"""Says whether a clause is negated, and whether it is told as somebody else's words, by the mood of its verb."""

from __future__ import annotations

from .document import Clause, Sentence
from .languages.cue_forms import FactualityCues
from .languages.pack import LanguagePack
from .words import is_finite, is_subjunctive, lower


def is_negated(sentence: Sentence, clause: Clause, cues: FactualityCues) -> bool:
    """Whether a clause holds a word such as *nicht*."""
    return any(lower(sentence.doc[position].text) in cues.negations for position in clause.tokens)


def in_reported_mood(sentence: Sentence, clause: Clause, pack: LanguagePack) -> bool:
    """Whether the clause's finite verb stands in the subjunctive; ``habe`` does where its subject is not *ich*."""
    if clause.finite is None:
        return False
    finite, cues = sentence.doc[clause.finite], pack.factuality
    if lower(finite.text) not in cues.subjunctives and cues.modals.get(lower(finite.text)) == "possible":
        return False
    pronouns = pack.grammar.personal_pronouns
    first_person = any(pronouns.get(lower(sentence.doc[position].text)) == "s:1" for position in clause.tokens)
    return (is_finite(finite) and is_subjunctive(finite)) or (
        lower(finite.text) in cues.subjunctives and not first_person
    )
