"""Says how certain each mention is: by its own phrase, the noun and verb that govern it, its modal, mood and time.

The order of the rules is that of scope, from the trigger outwards (the idea of FactBank, Saurí and Pustejovsky 2009);
a modal on something else in the sentence does not reach the event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from schemas.event import Factuality
from worker.extraction.document import Clause, Document, Evidence, Mention, Phrase, Sentence
from worker.extraction.languages.cue_forms import Grammar
from worker.extraction.mood import in_reported_mood
from worker.extraction.tokens import Token
from worker.extraction.verbs import clause_phrases, find_subject, is_passive, main_verb, verb_lemma
from worker.extraction.words import fits, is_infinitive, is_participle, is_past, lower

from .certainty import NEGATED, Case, Verdict, has_complement, in_frame, is_negated
from .denied_reports import denied_report
from .said_of import by_adverb, by_condition, by_headline, by_hearsay, by_idiom, by_offer, by_predicate

_TELLING = frozenset({"modal-planned", "modal-hearsay", "future", "future-time", "headline-infinitive"})
"""Rules by which a verb says that an event is to come; an adjective (*das geplante Treffen*) presupposes it."""

ATTITUDE_REACH = 3
"""How many clauses up a governing verb still reaches the trigger."""


def judge_factuality(document: Document) -> Document:
    """Add to each mention its factuality and the cue that gave it."""
    offers: dict[int, tuple[Mention, ...]] = {}
    for mention in document.mentions:
        if mention.is_offer:
            offers[mention.sentence] = (*offers.get(mention.sentence, ()), mention)
    judged = (_judged(mention, offers.get(mention.sentence, ()), document) for mention in document.mentions)
    return replace(document, mentions=tuple(judged))


def _judged(mention: Mention, offers: tuple[Mention, ...], document: Document) -> Mention:
    sentence = document.sentences[mention.sentence]
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    case = Case(mention, sentence, clause, sentence.phrase_of(mention.token), document, offers)
    for rule in _RULES:
        verdict = rule(case)
        if verdict is not None:
            why = Evidence("factuality", verdict.rule, verdict.words)
            arranged = verdict.value == "planned" and mention.pos == "noun" and not mention.is_definite
            telling = verdict.rule in _TELLING or (verdict.rule == "idiom" and verdict.value == "possible")
            telling = telling or (verdict.rule == "governing-verb" and (verdict.value == "requested" or arranged))
            return replace(mention, factuality=verdict.value, is_telling=telling, evidence=(*mention.evidence, why))
    return replace(mention, is_telling=_has_happened(case))


def _has_happened(case: Case) -> bool:
    """Whether a past tense says that the event took place."""
    if case.clause is None or case.clause.finite is None or not in_frame(case):
        return False
    finite = case.sentence.doc[case.clause.finite]
    perfect = lower(finite.lemma_) in case.grammar.haves and has_complement(case.clause)
    return perfect or is_past(finite)


def _left_open(case: Case) -> Verdict | None:
    """``wollte ein Treffen weder bestätigen noch dementieren``: where the event is what is asked for."""
    governor = case.mention.governor if case.phrase is not None and case.phrase.preposition is None else None
    lemma = verb_lemma(case.sentence, governor, case.grammar) if governor is not None else ""
    if lemma not in {*case.document.pack.reporting.confirms, *case.cues.attitudes.get("denied", ())}:
        return None
    found = re.search(case.cues.left_open, case.sentence.text)
    return Verdict("possible", "left-open", found.group()) if found is not None else None


def _own_phrase(case: Case) -> Verdict | None:
    """``kein Treffen``, ``das geplante Treffen``."""
    if case.phrase is None or case.mention.pos != "noun":
        return None
    for token in case.sentence.doc[case.phrase.start : case.mention.token]:
        word = lower(token.text)
        if word in case.cues.negative_determiners:
            return Verdict("denied", "negative-determiner", token.text)
        for value, pattern in case.cues.adjectives.items():
            if fits(pattern, word):
                return Verdict(value, "adjective", token.text)
    before = case.sentence.doc[case.phrase.start - 1] if case.phrase.start > case.sentence.start else None
    is_partitive = lower(case.sentence.doc[case.phrase.start].text) in case.grammar.definite  # "zu keinem der Treffen"
    if before is not None and lower(before.text) in case.cues.negative_determiners and not is_partitive:
        return Verdict("denied", "negative-determiner", before.text)
    return None


def _governing_noun(case: Case) -> Verdict | None:
    """``Absage des Treffens``, ``Forderung nach Gesprächen``."""
    if case.phrase is None or case.mention.pos != "noun":
        return None
    for other in case.sentence.phrases:
        gap = case.phrase.start - other.end
        is_attribute = gap == 1 and case.phrase.preposition not in (None, "mit", *case.grammar.local_prepositions[:1])
        if 0 <= gap <= 1 and (case.phrase.genitive or is_attribute):
            word = case.sentence.doc[other.head].text
            for value, pattern in case.cues.nouns.items():
                if fits(pattern, word):
                    refused = value == "requested" and _is_refused(case)
                    return _of_noun(case, other, "denied" if refused else value, word)
    return None


def _of_noun(case: Case, noun: Phrase, value: Factuality, word: str) -> Verdict | None:
    """``keine Pläne für ein Treffen``; under ``drohte mit dem Abbruch der Gespräche`` they go on."""
    first = case.sentence.doc[noun.start]
    before = case.sentence.doc[noun.start - 1] if noun.start > case.sentence.start else first
    if {lower(first.text), lower(before.text)} & set(case.cues.negative_determiners):
        return Verdict(NEGATED.get(value, value), "governing-noun", f"{first.text} {word}")
    if value == "cancelled" and case.clause is not None and _is_mere_threat(case, case.clause):
        return None
    return Verdict(value, "governing-noun", word)


def _is_mere_threat(case: Case, clause: Clause) -> bool:
    """Whether a clause only threatens, asks or considers to call an event off: it still goes on."""
    verb = main_verb(case.sentence, clause)
    lemma = verb_lemma(case.sentence, verb, case.grammar) if verb is not None else ""
    attitudes = case.cues.attitudes
    if lemma in {*case.cues.threats, *attitudes.get("requested", ()), *attitudes.get("possible", ())}:
        return True
    finite = lower(case.sentence.doc[clause.finite].text) if clause.finite is not None else ""
    return case.cues.modals.get(finite) in {"possible", "necessary"}


def _is_refused(case: Case) -> bool:
    """``lehnte die Forderung nach Gesprächen ab``: a request that the clause refuses."""
    if case.clause is None or case.mention.governor is None:
        return False
    lemma = verb_lemma(case.sentence, case.mention.governor, case.grammar)
    return lemma in case.cues.attitudes.get("denied", ())


def _attitude(case: Case) -> Verdict | None:
    """``sagt das Treffen ab``, ``fordert, dass sie verhandeln``."""
    for verb, index in _governing_verbs(case):
        lemma = verb_lemma(case.sentence, verb, case.grammar)
        if case.sentence.doc[verb].i == case.mention.token:
            continue
        if case.mention.is_offer and _answers_offer(case, lemma):
            continue
        for value, lemmas in case.cues.attitudes.items():
            if value == "requested" and case.mention.is_offer and not _is_demanded(case, lemma, index):
                continue
            if lemma in lemmas and _reaches(case, value, index):
                if value == "cancelled" and any(_is_mere_threat(case, one) for one in _up_from(case, index)):
                    return None
                negated = is_negated(case, case.sentence.clauses[index])
                if negated and value == "planned" and re.search(case.cues.not_yet, case.sentence.text):
                    return Verdict("possible", "not-yet", lemma)
                if negated and lemma in case.grammar.invitations:
                    break  # who is not invited denies no talks
                return Verdict(NEGATED.get(value, value) if negated else value, "governing-verb", lemma)
    return None


def _is_demanded(case: Case, lemma: str, index: int) -> bool:
    """``verlangt ein Angebot``, ``forderte sie auf, Hilfe anzubieten``: of another one, who has not offered yet.

    Whoever invites or proposes makes an offer; *das Angebot* has been made, whatever is asked of it.
    """
    asks_somebody = index != case.mention.clause and lemma in case.grammar.object_control
    return not case.mention.is_definite and (asks_somebody or lemma in case.cues.demands)


def _up_from(case: Case, index: int) -> Iterator[Clause]:
    """Give a clause and the one above it."""
    clause = case.sentence.clauses[index]
    yield clause
    if clause.parent is not None and clause.kind in {"infinitive", "subordinate"}:
        yield case.sentence.clauses[clause.parent]


def _answers_offer(case: Case, lemma: str) -> bool:
    """Whether a verb tells what becomes of an offer: ``lehnt es ab``, ``will das Angebot prüfen``; it has been made."""
    is_stage = any(lemma in lemmas for lemmas in case.cues.stages.values())
    return is_stage or (case.mention.is_definite and lemma in case.grammar.receiving_verbs)


def _governing_verbs(case: Case) -> Iterator[tuple[int, int]]:
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
        if depth == 0 and _is_only_left(case):
            return
        index = clause.parent


def _is_only_left(case: Case) -> bool:
    """``forderte, X von den Gesprächen auszuschließen``: what is asked is to leave them, or lies before or after."""
    preposition = case.phrase.preposition if case.mention.pos == "noun" and case.phrase is not None else None
    away = preposition in {*case.grammar.origin_prepositions, *case.grammar.agent_prepositions}
    return away or case.grammar.clause_times.get(preposition or "") in {"before", "after"}


def _reaches(case: Case, value: Factuality, index: int) -> bool:
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


def _has_other_subject(case: Case, clause: Clause) -> bool:
    """``Ein Treffen lehnte der Kreml ab``: events refuse and demand nothing, so it is the object, whatever its form."""
    return case.phrase is not None and any(
        other.preposition is None and not other.genitive and other.start != case.phrase.start
        for other in clause_phrases(case.sentence, clause)
    )


def _is_attended(case: Case) -> bool:
    """``nahm an dem Treffen nicht teil``: who stays away denies no meeting."""
    verb = case.mention.governor if case.mention.pos == "noun" else None
    return verb is not None and verb_lemma(case.sentence, verb, case.grammar) in case.grammar.attendance_verbs


def _negation(case: Case) -> Verdict | None:
    if case.clause is None or not in_frame(case) or _is_attended(case):
        return None
    for position in case.clause.tokens:
        word = lower(case.sentence.doc[position].text)
        if word in case.cues.negations and not _negates_afterthought(case, case.clause, position):
            return Verdict("denied", "negation", word)
    return None


def _negates_afterthought(case: Case, clause: Clause, position: int) -> bool:
    """``Es wird Gespräche geben, aber nicht mit X``: behind the last comma, without a verb."""
    doc = case.sentence.doc
    comma = next((i for i in range(position - 1, case.sentence.start, -1) if doc[i].text == ","), None)
    return comma is not None and clause.tokens[0] < comma and not any(verb > comma for verb in clause.verbs)


def _modal(case: Case) -> Verdict | None:
    clause = case.clause
    if clause is None or clause.finite is None or not in_frame(case) or _states_terms(case):
        return None
    finite = case.sentence.doc[clause.finite]
    if case.mention.pos == "verb" and lower(finite.lemma_) in case.grammar.passives:
        token = case.sentence.doc[case.mention.token]
        again = any(lower(case.sentence.doc[verb].text) in case.grammar.passives for verb in clause.verbs)
        if _looks_like_participle(token, case.grammar) and not again:
            return None
    kind = case.cues.modals.get(lower(finite.text))
    if kind is None or not has_complement(clause):
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
    return Verdict(value, f"modal-{kind}", finite.text)


def _states_terms(case: Case) -> bool:
    """``under the offer, X would pay``: the modal belongs to the terms of an offer that is known."""
    return case.mention.is_offer and case.mention.pos == "noun" and case.mention.is_definite


def _is_perfect_infinitive(case: Case, clause: Clause) -> bool:
    verbs = [case.sentence.doc[verb] for verb in clause.verbs if verb != clause.finite]
    has = any(lower(verb.lemma_) in case.grammar.haves and verb.pos_ == "AUX" for verb in verbs)
    return has and any(is_participle(verb) for verb in verbs)


def _future(sentence: Sentence, clause: Clause, grammar: Grammar) -> Verdict | None:
    """``werden sich treffen``, ``will meet``; not the passive ``werden erwartet``."""
    if clause.finite is None:
        return None
    finite = sentence.doc[clause.finite]
    others = [sentence.doc[verb] for verb in clause.verbs if verb != clause.finite]
    infinitives = [verb for verb in others if is_infinitive(verb) and not _looks_like_participle(verb, grammar)]
    is_future = lower(finite.lemma_) in grammar.futures and bool(infinitives) and not is_past(finite)
    return Verdict("planned", "future", finite.text) if is_future else None


def _future_around(case: Case) -> Verdict | None:
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
        return Verdict("planned", "modal-planned", finite.text)
    return _future(case.sentence, above, case.grammar)


def _looks_like_participle(verb: Token, grammar: Grammar) -> bool:
    """``angeboten``: the pipeline may take it for an infinitive."""
    word = lower(verb.text)
    return (
        any(word.startswith(f"{particle}ge") for particle in ("", *grammar.particles))
        and grammar.particle_order == "before"
    )


def _mood(case: Case) -> Verdict | None:
    """Reported speech in the subjunctive: ``es habe Gespräche gegeben``."""
    if case.clause is None or case.clause.finite is None:
        return None
    finite = case.sentence.doc[case.clause.finite]
    if in_reported_mood(case.sentence, case.clause, case.document.pack):
        return Verdict("reported", "subjunctive", finite.text)
    return None


def _time(case: Case) -> Verdict | None:
    """What lies ahead of the publication is planned."""
    if case.mention.when is not None and case.mention.when.is_future:
        finite = case.sentence.doc[case.clause.finite] if case.clause and case.clause.finite is not None else None
        if finite is None or not is_past(finite) or (case.mention.pos == "noun" and not in_frame(case)):
            return Verdict("planned", "future-time", case.mention.when.text)
    return None


def _denied_report(case: Case) -> Verdict | None:
    lemma = denied_report(case.mention, case.document)
    return Verdict("denied", "denied-report", lemma) if lemma is not None else None


def _called_off(case: Case) -> Verdict | None:
    """``das geplante Treffen wurde abgesagt``: what is done with an event outweighs how it is called."""
    verdict = _attitude(case)
    return verdict if verdict is not None and verdict.value in {"cancelled", "denied"} else None


_RULES: tuple[Callable[[Case], Verdict | None], ...] = (
    _left_open,
    _denied_report,
    _called_off,
    _own_phrase,
    _governing_noun,
    by_idiom,
    by_predicate,
    _negation,
    _attitude,
    by_hearsay,
    by_offer,
    by_condition,
    by_adverb,
    _modal,
    by_headline,
    _future_around,
    _time,
    _mood,
)
