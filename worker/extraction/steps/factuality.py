"""Says how certain each mention is: by its own phrase, the noun and verb that govern it, its modal, mood and time.

The order of the rules is that of scope, from the trigger outwards (the idea of FactBank, Saurí and Pustejovsky 2009);
a modal on something else in the sentence does not reach the event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from spacy.tokens import Token

from schemas.event import Factuality
from worker.extraction.document import Clause, Document, Evidence, Mention, Phrase, Sentence
from worker.extraction.languages.cue_forms import FactualityCues, Grammar
from worker.extraction.mood import in_reported_mood
from worker.extraction.verbs import clause_phrases, find_subject, is_passive, main_verb, verb_lemma
from worker.extraction.words import is_infinitive, is_participle, is_past, lower

OFFER_REACH = 8
"""How many words behind ``offer`` the talks may stand that are offered."""

_TELLING = frozenset({"modal-planned", "modal-hearsay", "future", "future-time"})
"""Rules by which a verb says that an event is to come; an adjective (*das geplante Treffen*) presupposes it."""

ATTITUDE_REACH = 3
"""How many clauses up a governing verb still reaches the trigger."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A mention with what the rules look at."""

    mention: Mention
    sentence: Sentence
    clause: Clause | None
    phrase: Phrase | None
    document: Document

    @property
    def cues(self) -> FactualityCues:
        return self.document.pack.factuality

    @property
    def grammar(self) -> Grammar:
        return self.document.pack.grammar


@dataclass(frozen=True, slots=True)
class _Verdict:
    value: Factuality
    rule: str
    words: str


def judge_factuality(document: Document) -> Document:
    """Add to each mention its factuality and the cue that gave it."""
    return replace(document, mentions=tuple(_judged(mention, document) for mention in document.mentions))


def _judged(mention: Mention, document: Document) -> Mention:
    sentence = document.sentences[mention.sentence]
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    case = _Case(mention, sentence, clause, sentence.phrase_of(mention.token), document)
    for rule in _RULES:
        verdict = rule(case)
        if verdict is not None:
            why = Evidence("factuality", verdict.rule, verdict.words)
            arranged = verdict.value == "planned" and mention.pos == "noun" and not mention.is_definite
            telling = verdict.rule in _TELLING
            telling = telling or (verdict.rule == "governing-verb" and (verdict.value == "requested" or arranged))
            return replace(mention, factuality=verdict.value, is_telling=telling, evidence=(*mention.evidence, why))
    return replace(mention, is_telling=_has_happened(case))


def _has_happened(case: _Case) -> bool:
    """Whether a past tense says that the event took place."""
    if case.clause is None or case.clause.finite is None or not _in_frame(case):
        return False
    finite = case.sentence.doc[case.clause.finite]
    perfect = lower(finite.lemma_) in case.grammar.haves and _has_complement(case.clause)
    return perfect or is_past(finite)


def _own_phrase(case: _Case) -> _Verdict | None:
    """``kein Treffen``, ``das geplante Treffen``."""
    if case.phrase is None or case.mention.pos != "noun":
        return None
    for token in case.sentence.doc[case.phrase.start : case.mention.token]:
        word = lower(token.text)
        if word in case.cues.negative_determiners:
            return _Verdict("denied", "negative-determiner", token.text)
        for value, pattern in case.cues.adjectives.items():
            if re.fullmatch(pattern, word):
                return _Verdict(value, "adjective", token.text)
    before = case.sentence.doc[case.phrase.start - 1] if case.phrase.start > case.sentence.start else None
    if before is not None and lower(before.text) in case.cues.negative_determiners:
        return _Verdict("denied", "negative-determiner", before.text)
    return None


def _governing_noun(case: _Case) -> _Verdict | None:
    """``Absage des Treffens``, ``Forderung nach Gesprächen``."""
    if case.phrase is None or case.mention.pos != "noun":
        return None
    for other in case.sentence.phrases:
        gap = case.phrase.start - other.end
        is_attribute = gap == 1 and case.phrase.preposition not in (None, "mit", *case.grammar.local_prepositions[:1])
        if 0 <= gap <= 1 and (case.phrase.genitive or is_attribute):
            word = case.sentence.doc[other.head].text
            for value, pattern in case.cues.nouns.items():
                if re.fullmatch(pattern, word):
                    refused = value == "requested" and _is_refused(case)
                    return _Verdict("denied" if refused else value, "governing-noun", word)
    return None


def _is_refused(case: _Case) -> bool:
    """``lehnte die Forderung nach Gesprächen ab``: a request that the clause refuses."""
    if case.clause is None or case.mention.governor is None:
        return False
    lemma = verb_lemma(case.sentence, case.mention.governor, case.grammar)
    return lemma in case.cues.attitudes.get("denied", ())


def _attitude(case: _Case) -> _Verdict | None:
    """``sagt das Treffen ab``, ``fordert, dass sie verhandeln``."""
    for verb, index in _governing_verbs(case):
        lemma = verb_lemma(case.sentence, verb, case.grammar)
        if case.sentence.doc[verb].i == case.mention.token:
            continue
        if case.mention.is_offer and any(lemma in lemmas for lemmas in case.cues.stages.values()):
            continue
        for value, lemmas in case.cues.attitudes.items():
            if value == "requested" and case.mention.is_offer:
                continue
            if lemma in lemmas and _reaches(case, value, index):
                negated = _is_negated(case, case.sentence.clauses[index])
                return _Verdict(_NEGATED.get(value, value) if negated else value, "governing-verb", lemma)
    return None


_NEGATED: Mapping[Factuality, Factuality] = MappingProxyType(
    {"planned": "denied", "requested": "denied", "possible": "denied", "cancelled": "planned", "denied": "possible"}
)
"""``nicht geplant`` is denied; ``nicht abgesagt`` still stands; ``nicht ausgeschlossen`` is possible."""


def _governing_verbs(case: _Case) -> Iterator[tuple[int, int]]:
    """Give the verb of the trigger's clause (for nouns) and of the clauses above it, nearest first."""
    index = case.mention.clause
    for depth in range(ATTITUDE_REACH):
        if index is None:
            return
        clause = case.sentence.clauses[index]
        verb = main_verb(case.sentence, clause)
        if verb is not None and not (depth == 0 and case.mention.pos != "noun"):
            yield verb, index
        if clause.kind == "relative" or clause.mark in case.grammar.conjunctions:
            return
        if clause.kind == "main" and clause.parent is None:
            return
        if clause.kind == "subordinate" and clause.mark not in case.grammar.complementisers:
            return
        index = clause.parent


def _reaches(case: _Case, value: Factuality, index: int) -> bool:
    """Whether the verb is about the event: as its object, its passive subject, or in the clause below."""
    if index != case.mention.clause or case.phrase is None:
        return value != "cancelled" or case.mention.pos != "noun"
    subject = find_subject(case.sentence, index, case.grammar)
    is_subject = subject is not None and subject.start == case.phrase.start
    passive = is_passive(case.sentence, case.sentence.clauses[index], case.grammar)
    if is_subject and not passive and value in {"denied", "requested"}:
        return _has_other_subject(case, case.sentence.clauses[index])
    if is_subject:
        return passive or value in {"cancelled", "planned"}
    if case.phrase.preposition is None:
        return True
    return case.phrase.preposition in case.cues.prepositions.get(value, ())


def _has_other_subject(case: _Case, clause: Clause) -> bool:
    """``Ein Treffen lehnte der Kreml ab``: events refuse and demand nothing, so it is the object, whatever its form."""
    return case.phrase is not None and any(
        other.preposition is None and not other.genitive and other.start != case.phrase.start
        for other in clause_phrases(case.sentence, clause)
    )


def _is_negated(case: _Case, clause: Clause) -> bool:
    words = [lower(case.sentence.doc[position].text) for position in clause.tokens]
    return any(word in case.cues.negations for word in words)


def _in_frame(case: _Case) -> bool:
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


def _negation(case: _Case) -> _Verdict | None:
    if case.clause is None or not _in_frame(case):
        return None
    for position in case.clause.tokens:
        word = lower(case.sentence.doc[position].text)
        if word in case.cues.negations and not _negates_afterthought(case, case.clause, position):
            return _Verdict("denied", "negation", word)
    return None


def _negates_afterthought(case: _Case, clause: Clause, position: int) -> bool:
    """``Es wird Gespräche geben, aber nicht mit X``: behind the last comma, without a verb."""
    doc = case.sentence.doc
    comma = next((i for i in range(position - 1, case.sentence.start, -1) if doc[i].text == ","), None)
    return comma is not None and clause.tokens[0] < comma and not any(verb > comma for verb in clause.verbs)


def _modal(case: _Case) -> _Verdict | None:
    clause = case.clause
    if clause is None or clause.finite is None or not _in_frame(case) or _states_terms(case):
        return None
    finite = case.sentence.doc[clause.finite]
    if case.mention.pos == "verb" and lower(finite.lemma_) in case.grammar.passives:
        token = case.sentence.doc[case.mention.token]
        again = any(lower(case.sentence.doc[verb].text) in case.grammar.passives for verb in clause.verbs)
        if _looks_like_participle(token, case.grammar) and not again:
            return None
    kind = case.cues.modals.get(lower(finite.text))
    if kind is None or not _has_complement(clause):
        return _future(case.sentence, clause, case.grammar)
    value: Factuality = "possible"
    if kind == "future-in-past":
        # "Das Treffen sollte am Montag stattfinden" was planned; "Sollte es zu Gesprächen kommen" is a condition.
        value = "possible" if clause.tokens[0] == clause.finite else "planned"
    elif kind == "hearsay":
        value = "reported" if _is_perfect_infinitive(case, clause) else "planned"
    elif kind == "planned":
        value = "planned"
    elif kind == "necessary":
        value = "requested"
    return _Verdict(value, f"modal-{kind}", finite.text)


def _states_terms(case: _Case) -> bool:
    """``under the offer, X would pay``: the modal belongs to the terms of an offer that is known."""
    return case.mention.is_offer and case.mention.pos == "noun" and case.mention.is_definite


def _has_complement(clause: Clause) -> bool:
    return any(verb != clause.finite for verb in clause.verbs)


def _is_perfect_infinitive(case: _Case, clause: Clause) -> bool:
    verbs = [case.sentence.doc[verb] for verb in clause.verbs if verb != clause.finite]
    has = any(lower(verb.lemma_) in case.grammar.haves and verb.pos_ == "AUX" for verb in verbs)
    return has and any(is_participle(verb) for verb in verbs)


def _future(sentence: Sentence, clause: Clause, grammar: Grammar) -> _Verdict | None:
    """``werden sich treffen``, ``will meet``; not the passive ``werden erwartet``."""
    if clause.finite is None:
        return None
    finite = sentence.doc[clause.finite]
    others = [sentence.doc[verb] for verb in clause.verbs if verb != clause.finite]
    infinitives = [verb for verb in others if is_infinitive(verb) and not _looks_like_participle(verb, grammar)]
    is_future = lower(finite.lemma_) in grammar.futures and bool(infinitives) and not is_past(finite)
    return _Verdict("planned", "future", finite.text) if is_future else None


def _future_around(case: _Case) -> _Verdict | None:
    """``werden an den Gesprächen teilnehmen``, ``wird nach Wien reisen, um ihn zu treffen``."""
    clause = case.clause
    if clause is None:
        return None
    verb = verb_lemma(case.sentence, case.mention.governor, case.grammar) if case.mention.governor is not None else ""
    if case.mention.pos == "noun" and verb in case.grammar.attendance_verbs:
        return _future(case.sentence, clause, case.grammar)
    if clause.kind != "infinitive" or clause.parent is None or case.mention.is_offer:
        return None
    above = case.sentence.clauses[clause.parent]
    journey = main_verb(case.sentence, above)
    if journey is None or verb_lemma(case.sentence, journey, case.grammar) not in case.grammar.motion_verbs:
        return None
    finite = case.sentence.doc[above.finite] if above.finite is not None else None
    if finite is not None and case.cues.modals.get(lower(finite.text)) in {"planned", "hearsay"}:
        return _Verdict("planned", "modal-planned", finite.text)
    return _future(case.sentence, above, case.grammar)


def _looks_like_participle(verb: Token, grammar: Grammar) -> bool:
    """``angeboten``: the pipeline may take it for an infinitive."""
    word = lower(verb.text)
    return (
        any(word.startswith(f"{particle}ge") for particle in ("", *grammar.particles))
        and grammar.particle_order == "before"
    )


def _condition(case: _Case) -> _Verdict | None:
    """``falls sie sich treffen``; a question in the headline."""
    clause = case.clause
    if clause is not None and clause.mark in case.cues.conditionals:
        return _Verdict("possible", "conditional", clause.mark or "")
    if case.sentence.section == "headline" and case.sentence.text.rstrip().endswith("?"):
        return _Verdict("possible", "question", "?")
    return None


def _adverb(case: _Case) -> _Verdict | None:
    if case.clause is None or not _in_frame(case):
        return None
    for position in case.clause.tokens:
        word = lower(case.sentence.doc[position].text)
        for value, pattern in case.cues.adverbs.items():
            if re.fullmatch(pattern, word):
                return _Verdict(value, "adverb", word)
    return None


def _mood(case: _Case) -> _Verdict | None:
    """Reported speech in the subjunctive: ``es habe Gespräche gegeben``."""
    if case.clause is None or case.clause.finite is None:
        return None
    finite = case.sentence.doc[case.clause.finite]
    if in_reported_mood(case.sentence, case.clause, case.cues):
        return _Verdict("reported", "subjunctive", finite.text)
    return None


def _time(case: _Case) -> _Verdict | None:
    """What lies ahead of the publication is planned."""
    if case.mention.when is not None and case.mention.when.is_future:
        finite = case.sentence.doc[case.clause.finite] if case.clause and case.clause.finite is not None else None
        if finite is None or not is_past(finite) or (case.mention.pos == "noun" and not _in_frame(case)):
            return _Verdict("planned", "future-time", case.mention.when.text)
    return None


def _called_off(case: _Case) -> _Verdict | None:
    """``das geplante Treffen wurde abgesagt``: what is done with an event outweighs how it is called."""
    verdict = _attitude(case)
    return verdict if verdict is not None and verdict.value in {"cancelled", "denied"} else None


def _offered(case: _Case) -> _Verdict | None:
    """``bot an zu verhandeln``, ``an offer of talks``: what is offered has not come about."""
    if case.mention.is_offer:
        return None
    for other in case.document.mentions:
        if other.is_offer and other.sentence == case.mention.sentence and _is_content(case, other):
            refused = other.governor is not None and (
                verb_lemma(case.sentence, other.governor, case.grammar) in case.cues.stages.get("rejected", ())
            )
            return _Verdict("denied" if refused else "possible", "offered", case.sentence.doc[other.token].text)
    return None


def _is_content(case: _Case, offer: Mention) -> bool:
    clause = case.clause
    if clause is not None and clause.kind in {"infinitive", "subordinate"} and clause.parent == offer.clause:
        return case.mention.token > offer.token
    near = 0 < case.mention.token - offer.token <= OFFER_REACH
    return offer.pos == "noun" and near and case.phrase is not None and case.phrase.preposition is not None


_RULES: tuple[Callable[[_Case], _Verdict | None], ...] = (
    _called_off,
    _own_phrase,
    _governing_noun,
    _negation,
    _attitude,
    _offered,
    _condition,
    _modal,
    _future_around,
    _adverb,
    _time,
    _mood,
)
