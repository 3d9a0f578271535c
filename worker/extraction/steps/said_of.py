"""Says how certain an event is by what its clause says of it: adverbs, adjectives, fixed words, hearsay, an offer."""

from __future__ import annotations

import re

from worker.extraction.document import Clause, Mention
from worker.extraction.verbs import find_subject, is_passive, main_verb, verb_lemma
from worker.extraction.words import fits, lower

from .certainty import NEGATED, Case, Verdict, in_frame, is_negated

OFFER_REACH = 8
"""How many words behind ``offer`` the talks may stand that are offered."""

IDIOM_REACH = 3
"""How many words before fixed words a negation denies them."""


def by_offer(case: Case) -> Verdict | None:
    """``bot an zu verhandeln``, ``an offer of talks``: what is offered has not come about."""
    if case.mention.is_offer:
        return None
    for other in case.offers:
        if _is_content(case, other):
            refused = other.governor is not None and (
                verb_lemma(case.sentence, other.governor, case.grammar) in case.cues.stages.get("rejected", ())
            )
            return Verdict("denied" if refused else "possible", "offered", case.sentence.doc[other.token].text)
    return None


def _is_content(case: Case, offer: Mention) -> bool:
    clause = case.clause
    told = clause is not None and (clause.kind == "infinitive" or clause.mark in case.grammar.complementisers)
    if clause is not None and told and clause.parent == offer.clause:
        return case.mention.token > offer.token
    if offer.pos == "adjective" and case.phrase is not None and case.mention.clause == offer.clause:
        return case.phrase.preposition in case.grammar.willing_prepositions
    near = 0 < case.mention.token - offer.token <= OFFER_REACH
    return offer.pos == "noun" and near and case.phrase is not None and case.phrase.preposition is not None


def by_condition(case: Case) -> Verdict | None:
    """``falls sie sich treffen``, ``Sollte es zu Gesprächen kommen``; a question in the headline."""
    clause = case.clause
    if clause is not None and clause.mark in case.cues.conditionals:
        return Verdict("possible", "conditional", clause.mark or "")
    first = lower(case.sentence.doc[clause.tokens[0]].text) if clause is not None else ""
    if clause is not None and case.cues.modals.get(first) == "future-in-past" and in_frame(case):
        return Verdict("possible", "conditional", first)
    if case.sentence.text.rstrip().endswith("?"):
        # "Kommt es zu einem Treffen?" asks whether; "Worüber verhandeln A und B?" takes it for granted.
        asks_whether = clause is not None and clause.kind == "main" and clause.tokens[0] == clause.finite
        if case.sentence.section == "headline" or asks_whether:
            return Verdict("possible", "question", "?")
    return None


def by_adverb(case: Case) -> Verdict | None:
    """``trafen sich angeblich``, ``wird ihn vielleicht treffen``."""
    if case.clause is None or not in_frame(case):
        return None
    text = case.clause_text
    for value, pattern in case.cues.adverbs.items():
        found = re.search(rf"(?<![\w-]){pattern}(?![\w-])", text)
        if found is not None:
            return Verdict(value, "adverb", found.group())
    return None


def by_idiom(case: Case) -> Verdict | None:
    """``liegt auf Eis``, ``ist im Gespräch``, ``is set to meet``: what fixed words say of the event."""
    if case.clause is None or not case.is_argument:
        return None
    text = case.clause_text
    if case.clause.kind == "infinitive" and case.clause.parent is not None and case.mention.pos == "verb":
        text = f"{_last_words(case, case.sentence.clauses[case.clause.parent])} {text}"  # "is due" "to be received"
    for value, pattern in case.cues.idioms.items():
        found = re.search(rf"(?<![\w-])(?:{pattern})(?![\w-])", text)
        if found is not None:
            if value == "cancelled" and _is_only_possible(case):
                return None
            negated = bool(set(text[: found.start()].split()[-IDIOM_REACH:]) & set(case.cues.negations))
            return Verdict(NEGATED.get(value, value) if negated else value, "idiom", found.group())
    return None


def _is_only_possible(case: Case) -> bool:
    """``talks could be put on hold``: they go on."""
    finite = case.clause.finite if case.clause is not None else None
    word = lower(case.sentence.doc[finite].text) if finite is not None else ""
    return case.cues.modals.get(word) in {"possible", "necessary", "planned"}


def _last_words(case: Case, clause: Clause) -> str:
    """Give what the clause above says last, its adverbs left out, where the infinitive follows at once."""
    before = [position for position in clause.tokens if case.clause and position < case.clause.tokens[0]]
    words = [case.sentence.doc[position] for position in before if case.sentence.doc[position].pos_ != "ADV"]
    adjoins = bool(before) and case.clause is not None and case.clause.tokens[0] - before[-1] == 1
    return " ".join(lower(word.text) for word in words[-2:]) if adjoins else ""


def by_predicate(case: Case) -> Verdict | None:
    """``Ein Treffen ist möglich``, ``talks are unlikely``: an adjective said of the event."""
    clause = case.clause
    if clause is None or clause.finite is None or case.mention.pos != "noun" or not case.is_argument:
        return None
    if lower(case.sentence.doc[clause.finite].lemma_) not in case.grammar.copulas or case.phrase is None:
        return None
    for position in clause.tokens:
        word = lower(case.sentence.doc[position].text)
        is_own = case.phrase.start <= position < case.phrase.end or case.sentence.phrase_of(position) is not None
        for value, pattern in case.cues.adjectives.items():
            if not is_own and fits(pattern, word):
                negated = is_negated(case, clause)
                return Verdict(NEGATED.get(value, value) if negated else value, "predicate", word)
    return None


def by_hearsay(case: Case) -> Verdict | None:
    """``is said to have met``: the passive of saying or believing above the event's clause."""
    clause = case.clause
    if clause is None or clause.kind != "infinitive" or clause.parent is None:
        return None
    above = case.sentence.clauses[clause.parent]
    verb = main_verb(case.sentence, above)
    if verb is None or verb_lemma(case.sentence, verb, case.grammar) not in case.cues.hearsay:
        return None
    alone = above.finite is None or above.finite == verb  # headlines leave the auxiliary out
    has_subject = find_subject(case.sentence, clause.parent, case.grammar) is not None
    if is_passive(case.sentence, above, case.grammar) or (
        alone and case.sentence.section == "headline" and has_subject
    ):
        return Verdict("reported", "hearsay", case.sentence.doc[verb].text)
    return None


def by_headline(case: Case) -> Verdict | None:
    """``President to meet chancellor``: a headline's infinitive without a verb above it is what is to come."""
    clause = case.clause
    if case.sentence.section != "headline" or clause is None or clause.kind != "infinitive":
        return None
    above = case.sentence.clauses[clause.parent] if clause.parent is not None else None
    if case.grammar.clauses != "parse" or above is None or above.verbs:
        return None
    is_to = clause.mark in case.grammar.infinitive_marks
    return Verdict("planned", "headline-infinitive", clause.mark or "") if is_to else None
