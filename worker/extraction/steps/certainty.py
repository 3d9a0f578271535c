"""A mention with what the rules of factuality look at, and what they say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schemas.event import Factuality
from worker.extraction.document import Clause, Document, Mention, Phrase, Sentence
from worker.extraction.languages.cue_forms import FactualityCues, Grammar
from worker.extraction.mood import is_negated as holds_negation
from worker.extraction.verbs import verb_lemma
from worker.extraction.words import lower


@dataclass(frozen=True, slots=True)
class Case:
    """A mention with what the rules look at.

    Attributes:
        offers: The offers of its sentence.
    """

    mention: Mention
    sentence: Sentence
    clause: Clause | None
    phrase: Phrase | None
    document: Document
    offers: tuple[Mention, ...] = ()

    @property
    def clause_text(self) -> str:
        """The words of its clause, lower-case, one blank between them."""
        tokens = self.clause.tokens if self.clause is not None else ()
        return " ".join(lower(self.sentence.doc[position].text) for position in tokens)

    @property
    def is_argument(self) -> bool:
        """Whether it is its clause's verb, or the subject or object of it."""
        if self.mention.pos != "noun":
            return True
        return self.phrase is not None and self.phrase.preposition is None and not self.phrase.genitive

    @property
    def cues(self) -> FactualityCues:
        """The words of certainty of its language."""
        return self.document.pack.factuality

    @property
    def grammar(self) -> Grammar:
        """The grammar of its language."""
        return self.document.pack.grammar


@dataclass(frozen=True, slots=True)
class Verdict:
    """How certain a mention is, by which rule and words."""

    value: Factuality
    rule: str
    words: str


def in_frame(case: Case) -> bool:
    """Whether the clause's verb says nothing but that the event takes place."""
    if case.clause is None:
        return False
    if case.mention.pos != "noun":
        return True
    if case.mention.governor is None:
        return not case.clause.verbs
    lemma = verb_lemma(case.sentence, case.mention.governor, case.grammar)
    happens = lemma in case.cues.happening or lemma in case.mention.trigger.verbs or lemma in case.grammar.motion_verbs
    is_argument = case.phrase is not None and (
        case.phrase.preposition is None or case.phrase.preposition in case.grammar.frame_prepositions
    )
    return happens and is_argument


def has_complement(clause: Clause) -> bool:
    """Whether there is more to the clause's verb than its finite form."""
    return any(verb != clause.finite for verb in clause.verbs)


def is_negated(case: Case, clause: Clause) -> bool:
    """Whether a clause is negated."""
    return holds_negation(case.sentence, clause, case.cues)


NEGATED: Mapping[Factuality, Factuality] = MappingProxyType(
    {"planned": "denied", "requested": "denied", "possible": "denied", "cancelled": "planned", "denied": "possible"}
)
"""``nicht geplant`` is denied; ``nicht abgesagt`` still stands; ``nicht ausgeschlossen`` is possible."""
