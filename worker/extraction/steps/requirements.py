"""Keeps the candidates that are events: what their trigger requires must stand around them.

Several entries may fit one word; the most specific whose requirements hold wins. A candidate that only asks for an
event to refer to (``linked``) is kept as an anaphor, for the merging to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from schemas.event import ParticipantKind
from worker.extraction.document import Document, Entity, Evidence, Mention, Party, Sentence
from worker.extraction.nominal import chain_behind, partner_behind, stands_aside
from worker.extraction.parties import named_in, parties_of
from worker.extraction.steps.participants import is_impersonal
from worker.extraction.tokens import Token
from worker.extraction.verbs import find_subject, verb_lemma
from worker.extraction.words import is_plural, lower

ANOTHER_FIELD_WORDS = 3
"""So many words of another field make an article one of that field."""

_ACTING = frozenset({"person", "organization", "country"})
_ANYBODY: tuple[ParticipantKind, ...] = ("person", "organization", "group")
_WITHOUT_PARTIES = frozenset(
    {"modified_compound", "reciprocal", "when", "topic", "infinitive", "event", "help", "money", "willing", "happens"}
    | {"framed", "linked", "impersonal_subject"}
)
"""Conditions that ask nothing of a party, so that a name that comes to be known changes nothing."""

_BY_PLACE = frozenset({"where", "visited_object"})
"""Conditions that a place can fulfil, which is looked for only after the parties."""

_PERSONAL = frozenset({"person", "organization", "country", "group", "place"})


@dataclass(frozen=True, slots=True)
class _Case:
    """A candidate with what its conditions ask about."""

    mention: Mention
    sentence: Sentence
    document: Document

    def with_function(self, *functions: str) -> list[Party]:
        return [party for party in self.mention.parties if party.function in functions]


def keep_events(document: Document) -> Document:
    """Drop the candidates whose requirements do not hold."""
    kept: dict[tuple[int, int], Mention] = {}
    for mention in document.mentions:
        place = mention.sentence, mention.token
        judged = _judge(mention, document)
        if judged is None or (place in kept and not (kept[place].is_anaphor and not judged.is_anaphor)):
            continue
        kept[place] = judged
    return replace(document, mentions=tuple(kept[place] for place in sorted(kept)))


def _judge(mention: Mention, document: Document) -> Mention | None:
    """Give the mention with the reason why it counts, or None."""
    case = _Case(mention, document.sentences[mention.sentence], document)
    if _is_of_another_field(case):
        return None
    alternatives = mention.trigger.requires
    if not _has_its_verb(case):
        alternatives = tuple(each for each in alternatives if each == ("linked",))
        if not alternatives:
            return None
    for each in sorted(alternatives, key=lambda names: "linked" in names):
        if all(_holds(name, case) for name in each):
            why = Evidence("type", f"{mention.type}/{mention.trigger.id}: {' + '.join(each)}", _word(case))
            return replace(mention, is_anaphor="linked" in each, evidence=(*mention.evidence, why))
    return None if mention.trigger.requires else mention


def _is_of_another_field(case: _Case) -> bool:
    """Whether the article is about a field in which the word means another thing: a trial's *Verhandlung*."""
    if _is_match(case):
        return True
    pattern = case.mention.trigger.excluded_article
    if pattern is None or case.with_function("with", "between"):
        return False
    return _words_of(pattern, case.document) >= ANOTHER_FIELD_WORDS


def _is_match(case: _Case) -> bool:
    """Whether clubs meet in an article on sport."""
    pattern = case.document.pack.triggers[case.mention.type].sport
    people = {"person", "group"}
    if pattern is None or any(
        party.entity is not None and party.entity.kind in people for party in case.mention.parties
    ):
        return False
    return _words_of(pattern, case.document) >= ANOTHER_FIELD_WORDS


def _words_of(pattern: str, document: Document) -> int:
    """Count an article's words of a field, once however many triggers ask for it: else a long text is quadratic."""
    key = f"words {pattern}"
    known: int | None = document.memory.get(key)
    if known is None:
        known = document.memory[key] = sum(len(_compiled(pattern).findall(each.masked)) for each in document.passages)
    return known


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _word(case: _Case) -> str:
    return case.sentence.doc[case.mention.token].text


def _has_its_verb(case: _Case) -> bool:
    """Whether a noun that counts only in a light-verb frame stands in one."""
    verbs = case.mention.trigger.verbs
    if not verbs or getattr(case.mention.trigger, "bare", True):
        return True
    if case.mention.clause is None:
        return False
    clause = case.sentence.clauses[case.mention.clause]
    return any(lower(case.sentence.doc[verb].lemma_) in verbs for verb in clause.verbs)


def _holds(name: str, case: _Case) -> bool:
    condition = _CONDITIONS.get(name)
    return condition(case) if condition is not None else bool(case.with_function(name))


def might_count(mention: Mention, document: Document, *, everybody: bool = False, linked: bool = True) -> bool:
    """Whether a candidate could be an event if it were known who its parties are, and where it was.

    Args:
        mention: As its parties were found, nobody resolved yet.
        document: With what is known of the article.
        everybody: Whether there may be parties of any function besides.
        linked: Whether there may be an event that it refers to.
    """
    case = _Case(_with_anybody(mention), document.sentences[mention.sentence], document)
    alternatives = mention.trigger.requires if _has_its_verb(case) else (("linked",),)
    return not mention.trigger.requires or any(
        ("linked" not in each or linked) and all(_might_hold(name, case, everybody=everybody) for name in each)
        for each in alternatives
        if each in mention.trigger.requires
    )


def _with_anybody(mention: Mention) -> Mention:
    """Let every party be a person, an institution and a group at once."""
    parties = (
        replace(party, entity=Entity(f"{kind} {number}", "?", kind, "?"))
        for number, party in enumerate(mention.parties)
        for kind in _ANYBODY
    )
    return replace(mention, parties=tuple(parties))


def _might_hold(name: str, case: _Case, *, everybody: bool) -> bool:
    if name in _BY_PLACE or (everybody and name not in _WITHOUT_PARTIES):
        return True
    return _holds(name, case)


def _is_plural_party(party: Party, case: _Case) -> bool:
    if party.entity is not None and party.entity.kind == "group":
        return True
    sentence = case.document.sentences[party.sentence]
    phrase = sentence.phrase_of(party.start)
    if phrase is None or phrase.head >= party.end or sentence.doc[phrase.head].pos_ == "PROPN":
        return False
    return bool(is_plural(sentence.doc[phrase.head]))


def _count(parties: list[Party], case: _Case) -> int:
    keys = {party.entity.key for party in parties if party.entity is not None}
    return len(keys) + any(_is_plural_party(party, case) for party in parties)


def _personal(case: _Case, *functions: str) -> bool:
    return any(party.entity is not None and party.entity.kind in _PERSONAL for party in case.with_function(*functions))


def _has_modified_compound(case: _Case) -> bool:
    heads = getattr(case.mention.trigger, "heads", ())
    return lower(_word(case)) not in heads


def _has_subject_around(case: _Case) -> bool:
    """``Nach langen Verhandlungen einigten sich X und Y``: somebody named acts after it, who must have been there."""
    index = case.mention.clause
    if index is None or not stands_aside(case.mention, case.sentence, case.document):
        return False
    subject = find_subject(case.sentence, index, case.document.pack.grammar)
    if subject is None:
        return False
    parties = parties_of(case.sentence, subject, function="with", document=case.document, rule="around")
    return any(party.entity is not None and party.entity.kind in _ACTING for party in parties)


def _has_reciprocal(case: _Case) -> bool:
    words = case.document.pack.grammar.reciprocals
    return any(lower(token.text) in words for token in _clause_tokens(case))


def _clause_tokens(case: _Case) -> list[Token]:
    if case.mention.clause is None:
        return []
    return [case.sentence.doc[position] for position in case.sentence.clauses[case.mention.clause].tokens]


def _below(case: _Case) -> list[int]:
    """Give the tokens of the infinitive clauses right below the trigger's clause."""
    clauses = case.sentence.clauses
    index = case.mention.clause
    below = [clause for clause in clauses if clause.parent == index and clause.kind == "infinitive"]
    return [position for clause in below for position in clause.tokens]


def _has_event(case: _Case) -> bool:
    """Whether what is offered, asked or mediated is itself an event word, or a dass-clause holds one."""
    clauses = case.sentence.clauses
    index = case.mention.clause
    allowed = {index, *(i for i, clause in enumerate(clauses) if clause.parent == index and clause.kind != "relative")}
    return any(
        other.sentence == case.mention.sentence
        and other.token != case.mention.token
        and not other.is_offer
        and other.clause in allowed
        for other in case.document.mentions
    )


def _text_of(case: _Case, positions: list[int]) -> str:
    return " ".join(case.sentence.doc[position].text for position in positions)


def _offers_help(case: _Case) -> bool:
    pattern = case.document.pack.nouns.offered
    topics = " ".join(topic.text for topic in case.mention.topics)
    return bool(re.search(pattern, topics))


def _names_help(case: _Case) -> bool:
    text = _text_of(case, [token.i for token in _clause_tokens(case)] + _below(case))
    return bool(re.search(case.document.pack.nouns.offered, text))


def _names_money(case: _Case) -> bool:
    return bool(re.search(case.document.pack.nouns.money, case.sentence.text))


def _has_origin(case: _Case) -> bool:
    phrase = case.sentence.phrase_of(case.mention.token)
    if phrase is None:
        return False
    behind = chain_behind(case.mention, phrase, case.sentence)
    origins = case.document.pack.grammar.origin_prepositions
    return any(other.preposition in origins and named_in(case.sentence, other, case.document) for other in behind)


def _is_willing(case: _Case) -> bool:
    """Whether a word of willingness governs the offer: *seine Bereitschaft, ... anzubieten*."""
    clause = case.sentence.clauses[case.mention.clause] if case.mention.clause is not None else None
    if clause is None or clause.kind != "infinitive" or clause.parent is None:
        return False
    return any(
        other.sentence == case.mention.sentence and other.is_offer and other.clause == clause.parent
        for other in case.document.mentions
    )


def _is_framed(case: _Case) -> bool:
    """Whether one of the trigger's verbs stands in its clause: ``erklärte sich bereit``."""
    verbs = case.mention.trigger.verbs
    return any(lower(token.lemma_) in verbs for token in _clause_tokens(case))


def _happens(case: _Case) -> bool:
    """Whether the clause says that the event takes place: ``laufen``, ``sind im Gange``."""
    if case.mention.governor is None:
        return False
    lemma = verb_lemma(case.sentence, case.mention.governor, case.document.pack.grammar)
    return lemma in case.document.pack.factuality.happening


def _has_other_partner(case: _Case) -> bool:
    """``zu Gesprächen mit dem Westen bereit``: the noun says with whom, and it is nobody who is known."""
    phrase = case.sentence.phrase_of(case.mention.token)
    grammar = case.document.pack.grammar
    partner = partner_behind(phrase, case.sentence, grammar) if phrase is not None else None
    return partner is not None and not any(partner.start <= each.start < partner.end for each in case.mention.parties)


def _may_point_back(case: _Case) -> bool:
    """Whether the word could name an event spoken of before: definite, a verb, or ``es war ein gutes Treffen``."""
    if case.mention.is_definite or case.mention.pos != "noun":
        return True
    if _has_other_partner(case):
        return False
    if _has_modified_compound(case) or case.sentence.section == "headline":
        return True
    clause = case.sentence.clauses[case.mention.clause] if case.mention.clause is not None else None
    grammar = case.document.pack.grammar
    copula = clause is not None and all(
        lower(case.sentence.doc[verb].lemma_) in grammar.copulas for verb in clause.verbs
    )
    phrase = case.sentence.phrase_of(case.mention.token)
    is_predicate = copula and phrase is not None and phrase.preposition is None  # not "ist zu Gesprächen bereit"
    return (
        is_predicate
        and case.mention.clause is not None
        and is_impersonal(case.sentence, case.mention.clause, case.document)
    )


def _visits(case: _Case) -> bool:
    if _personal(case, "object"):
        return True
    return case.mention.where is not None and _is_official(case)


def _is_official(case: _Case) -> bool:
    return any(
        party.entity is not None and party.entity.kind == "person" and bool(party.entity.descriptor)
        for party in case.with_function("subject")
    )


_CONDITIONS: Mapping[str, Callable[[_Case], bool]] = {
    "party": lambda case: bool(case.mention.parties),
    "named": lambda case: any(party.entity and party.entity.kind != "group" for party in case.mention.parties),
    "two_parties": lambda case: _count(list(case.mention.parties), case) >= 2,
    "plural_subject": lambda case: (
        _count(case.with_function("subject"), case) >= 2
        or any(_is_plural_party(party, case) for party in case.with_function("subject"))
    ),
    "pair_subject": lambda case: (
        len({party.entity.key for party in case.with_function("subject") if party.entity}) >= 2
    ),
    "happens": _happens,
    "framed": _is_framed,
    "personal_subject": lambda case: _personal(case, "subject", "by"),
    "group_subject": lambda case: any(
        party.entity and party.entity.kind in {"group", "organization", "country"}
        for party in case.with_function("subject")
    ),
    "official_subject": _is_official,
    "impersonal_subject": lambda case: (
        case.mention.clause is not None and is_impersonal(case.sentence, case.mention.clause, case.document)
    ),
    "personal_object": lambda case: _personal(case, "object"),
    "visited_object": _visits,
    "helpful_object": _offers_help,
    "object_or_topic": lambda case: bool(case.mention.topics or case.with_function("object")),
    "plural_genitive": lambda case: (
        _count(case.with_function("genitive"), case) >= 2
        or any(_is_plural_party(party, case) for party in case.with_function("genitive"))
    ),
    "subject_around": _has_subject_around,
    "modified_compound": _has_modified_compound,
    "reciprocal": _has_reciprocal,
    "origin": _has_origin,
    "when": lambda case: case.mention.when is not None,
    "where": lambda case: case.mention.where is not None,
    "topic": lambda case: bool(case.mention.topics),
    "infinitive": lambda case: bool(_below(case)),
    "offer_infinitive": lambda case: bool(_below(case)) and bool(case.with_function("with", "indirect")),
    "event": _has_event,
    "help": _names_help,
    "money": _names_money,
    "willing": _is_willing,
    "linked": _may_point_back,
}
