"""Resolves who is meant: pronouns, role nouns (*der Kanzler*) and pairs (*die beiden Politiker*).

Only antecedents that agree are taken, nearest first, subjects before others (Lappin and Leass, 1994, in much reduced
form); what cannot be resolved is left out rather than guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from worker.extraction.countries import country_names
from worker.extraction.document import Document, Entity, Mention, Party, Phrase, Sentence
from worker.extraction.named import NamedAt
from worker.extraction.naming import attribute_of, name_phrase
from worker.extraction.nominal import country_name
from worker.extraction.parties import is_land
from worker.extraction.verbs import find_subject
from worker.extraction.words import fits, holds, is_plural, lower, stem_of

from .members import members_of
from .plurals import is_plural_pronoun, those_meant

LOOK_BACK_SENTENCES = 5
"""How far back the antecedent of a pronoun may stand."""


PAIR_LOOK_BACK_SENTENCES = 6
"""How far back the two of a pair may stand: they are what the article is about."""


PAIR_OF_EVENT_SENTENCES = 2
"""How far back the event may stand whose two a pair is."""

LAND_LOOK_BACK_SENTENCES = 2
"""How far back the country may stand that *das Land* means."""

_PERSONS = frozenset({"person"})
_BODIES = frozenset({"country", "organization"})


def resolve_references(document: Document) -> Document:
    """Give every party an entity, or drop it; add the two of a pair."""
    named = document.names.in_text_order
    resolved: list[Mention] = []
    for mention in document.mentions:
        resolved.append(_resolved(mention, named, resolved, document))
    return replace(document, mentions=tuple(resolved))


def resolve_party(party: Party, taken: Collection[str], document: Document) -> Party | None:
    """Say who a pronoun or role noun is outside an event's own words; None where it does not show.

    Args:
        party: As its phrase was read.
        taken: Keys of those it cannot be.
        document: With its names.
    """
    if party.entity is not None:
        return party
    if is_plural_pronoun(replace(party, function="subject"), document) or _is_pair(party, document):
        return None
    named = [item for item in document.names.in_text_order if item.entity.key not in taken]
    entity = _antecedent(party, named, document)
    return replace(party, entity=entity) if entity is not None else None


def _resolved(mention: Mention, named: Sequence[NamedAt], before: list[Mention], document: Document) -> Mention:
    parties: list[Party] = []
    for party in mention.parties:
        if _is_pair(party, document):
            apart = {other.entity.key for other in mention.parties if other.entity is not None}
            others = [item for item in named if item.entity.key not in apart]
            parties.extend(_pair_of_event(party, before, document) or _pair(party, others, document))
        elif party.entity is None and is_plural_pronoun(party, document):
            parties.extend(those_meant(party, document))
        elif party.entity is not None:
            parties.extend(members_of(party, document) or (party,))
        else:
            taken = {other.entity.key for other in mention.parties if other.entity is not None}
            entity = _antecedent(party, [item for item in named if item.entity.key not in taken], document)
            if entity is not None:
                parties.append(replace(party, entity=entity))
    return replace(mention, parties=tuple(_distinct(parties)))


def _distinct(parties: list[Party]) -> Iterator[Party]:
    seen: set[tuple[str, str]] = set()
    for party in parties:
        key = (party.entity.key if party.entity else "", party.function)
        if key not in seen:
            seen.add(key)
            yield party


def _antecedent(party: Party, named: Sequence[NamedAt], document: Document) -> Entity | None:
    sentence = document.sentences[party.sentence]
    word = lower(sentence.doc[party.start].text)
    grammar = document.pack.grammar
    if party.end - party.start == 1 and word in {**grammar.personal_pronouns, **grammar.possessives}:
        agreement = grammar.personal_pronouns.get(word) or grammar.possessives.get(word, "s:*")
        if party.function == "possessive":
            agreement = grammar.possessives.get(word, agreement)
        return _of_pronoun(party, agreement, named, document)
    return _of_role_noun(party, named, document)


def _of_pronoun(party: Party, agreement: str, named: Sequence[NamedAt], document: Document) -> Entity | None:
    number, gender = agreement.split(":")
    if number == "o":
        return _of_organisation(party, named, document)
    if number == "p" or gender == "1":
        return None
    sentence = document.sentences[party.sentence]
    own = _subject_entity(sentence, party, document)
    if party.function == "possessive" and own is not None and own.kind == "person":
        return own
    for index in range(party.sentence, max(-1, party.sentence - LOOK_BACK_SENTENCES), -1):
        candidates = [
            item.entity
            for item in _between(named, (index, 0), (index + 1, 0))
            if item.entity.kind == "person"
            and (index < party.sentence or item.token < party.start)
            # "Sie forderte sie auf": nobody but a reflexive or a possessive means the subject of its own clause.
            and (item.entity is not own or party.function == "possessive")
        ]
        agreeing = [entity for entity in candidates if _agrees(entity, gender, document)]
        if agreeing:
            subject = _first_subject(document.sentences[index], document)
            return subject if subject in agreeing else agreeing[0 if index < party.sentence else -1]
    return None


def _agrees(entity: Entity, gender: str, document: Document) -> bool:
    female = document.pack.nouns.female
    if gender not in {"m", "f"} or female is None or not entity.descriptor:
        return True
    head = entity.descriptor.split()[-1]
    is_female = holds(female, head)
    return is_female == (gender == "f") or not holds(document.pack.nouns.persons, head)


def _between(named: Sequence[NamedAt], first: tuple[int, int], behind: tuple[int, int]) -> Sequence[NamedAt]:
    """Give the places from a sentence and token on and before another; they are in text order."""
    begin = bisect_left(named, first, key=_place)
    return named[begin : bisect_left(named, behind, lo=begin, key=_place)]


def _place(item: NamedAt) -> tuple[int, int]:
    return item.place[:2]


def _subject_entity(sentence: Sentence, party: Party, document: Document) -> Entity | None:
    index = sentence.clause_of(party.start)
    phrase = find_subject(sentence, index, document.pack.grammar) if index is not None else None
    return _entity_in(sentence, phrase.start, phrase.end, document) if phrase is not None else None


def _first_subject(sentence: Sentence, document: Document) -> Entity | None:
    for index in range(len(sentence.clauses)):
        phrase = find_subject(sentence, index, document.pack.grammar)
        if phrase is not None:
            entity = _entity_in(sentence, phrase.start, phrase.end, document)
            if entity is not None:
                return entity
    return None


def _entity_in(sentence: Sentence, start: int, end: int, document: Document) -> Entity | None:
    for named in document.names.in_sentence(sentence.index):
        (_, first, last), entity = named.place, named.entity
        if start <= first and last <= end + 4 and first < end and entity.kind == "person":
            return entity
    return None


def _of_role_noun(party: Party, named: Sequence[NamedAt], document: Document) -> Entity | None:
    """``der Kremlberater``: the last person before it whom the article calls so; else the role itself."""
    sentence = document.sentences[party.sentence]
    phrase = sentence.phrase_of(party.start)
    if phrase is None:
        return None
    if is_land(sentence, phrase, document):
        return _of_land(party, named, document)
    head = sentence.doc[phrase.head]
    if holds(document.pack.nouns.companies, head.text):
        return _of_organisation(party, named, document) or _by_description(sentence, phrase, document)
    wanted = stem_of(head.text)
    country = _country(sentence, phrase.start, phrase.end, document)
    own = bisect_left(named, (party.sentence, party.start), key=_place)
    behind = bisect_right(named, (party.sentence, party.start), lo=own, key=_place)
    nearest_first = chain(range(own - 1, -1, -1), range(behind, len(named)))
    for entity in (named[number].entity for number in nearest_first):
        if entity.kind == "person" and entity.descriptor and _is_called(entity, wanted, country):
            return entity
    if is_plural(head):
        return None
    attribute = attribute_of(sentence, phrase)
    owner = next((other for other in sentence.phrases if _owns(sentence, other, phrase)), None)
    if owner is not None:
        name = sentence.doc.text_of(owner.start, phrase.end)
        return Entity(f"role:{lower(name)}", name, "person", None, country)
    if attribute is None and country is None and "-" not in head.text and not _is_alone(head.text, named, document):
        return None
    name = name_phrase(sentence, phrase, document.pack.grammar, attribute=attribute)
    return Entity(f"role:{lower(name)}", name, "person", None, country)


def _of_land(party: Party, named: Sequence[NamedAt], document: Document) -> Entity | None:
    """``ihr Land``: that of the person; ``das Land``: the country last named, two sentences back at most."""
    sentence = document.sentences[party.sentence]
    if lower(sentence.doc[party.start].text) in document.pack.grammar.possessives:
        owner = replace(party, function="possessive", end=party.start + 1)
        person = _antecedent(owner, named, document)
        code = person.country if person is not None else None
        index = sentence.clause_of(party.start)
        subject = find_subject(sentence, index, document.pack.grammar) if index is not None else None
        if code is None and subject is not None:
            code = _country(sentence, subject.start, subject.end, document)
        return Entity(code, country_name(code, document), "country", None, code) if code else None
    before = [
        item.entity
        for item in _between(named, (party.sentence - LAND_LOOK_BACK_SENTENCES, 0), (party.sentence, party.start))
        if item.entity.kind == "country"
    ]
    return before[-1] if before else None


def _is_alone(word: str, named: Sequence[NamedAt], document: Document) -> bool:
    """Whether an office stands for itself: a high one, while nobody the article names could hold it."""
    if not fits(document.pack.nouns.high_offices, word):
        return False
    return all(item.entity.kind != "person" or item.entity.descriptor for item in named)


def _owns(sentence: Sentence, owner: Phrase, phrase: Phrase) -> bool:
    """``the president's son``."""
    gap = sentence.doc[owner.end : phrase.start]
    return owner.end <= phrase.start and len(gap) == 1 and gap[0].text in {"'s", "'"}


def _of_organisation(party: Party, named: Sequence[NamedAt], document: Document) -> Entity | None:
    """``it``, ``das Unternehmen``: the organisation that is the subject above, else the last one named."""
    sentence = document.sentences[party.sentence]
    index = sentence.clause_of(party.start)
    while index is not None and sentence.clauses[index].parent is not None:
        index = sentence.clauses[index].parent
        phrase = find_subject(sentence, index, document.pack.grammar) if index is not None else None
        for item in _between(named, (sentence.index, 0), (sentence.index + 1, 0)):
            inside = phrase is not None and phrase.start <= item.token < phrase.end
            acts = item.entity.kind in {"organization", "country"} or country_names(document.language).of_capital(
                item.entity.name
            )
            if inside and acts and item.token < party.start:
                return item.entity
    before = [
        item
        for item in _between(named, (party.sentence - LOOK_BACK_SENTENCES, 1), (party.sentence, party.start))
        if item.entity.kind == "organization"
    ]
    subject = next((item for item in before if _is_subject_before(item, party, document)), None)
    return (subject or before[-1]).entity if before else None


def _is_subject_before(item: NamedAt, party: Party, document: Document) -> bool:
    """Whether a name is the subject of a clause of the sentence before: what one goes on to speak of."""
    sentence = document.sentences[item.sentence]
    if item.sentence != party.sentence - 1 or sentence.passage is not document.sentences[party.sentence].passage:
        return False
    subjects = (find_subject(sentence, index, document.pack.grammar) for index in range(len(sentence.clauses)))
    return any(phrase is not None and phrase.start <= item.token < phrase.end for phrase in subjects)


def _by_description(sentence: Sentence, phrase: Phrase, document: Document) -> Entity:
    name = name_phrase(sentence, phrase, document.pack.grammar)
    return Entity(f"organization:{lower(name)}", name, "organization")


def _is_called(entity: Entity, wanted: str, country: str | None) -> bool:
    if country is not None and entity.country is not None and entity.country != country:
        return False
    words = [stem_of(word) for word in (entity.descriptor or "").split()]
    return any(word == wanted or word.endswith(wanted) for word in words if len(wanted) > 3)


def _country(sentence: Sentence, start: int, end: int, document: Document) -> str | None:
    countries = country_names(document.language)
    for token in sentence.doc[start:end]:
        codes = countries.of_adjective(token.text)
        prefix = countries.of_prefix(token.text)
        if codes or prefix:
            return prefix or codes[0]
    return None


def _is_pair(party: Party, document: Document) -> bool:
    sentence = document.sentences[party.sentence]
    start = max(sentence.start, party.start - 1)
    text = sentence.doc.text_of(start, party.end)
    return bool(re.search(document.pack.grammar.pair_words, text))


def _kinds_of_pair(party: Party, document: Document) -> tuple[frozenset[str], ...]:
    """Say what two *Präsidenten* (persons), *Länder* (countries) or *Seiten* (either) can be."""
    sentence = document.sentences[party.sentence]
    phrase = sentence.phrase_of(party.start)
    word = sentence.doc[phrase.head].text if phrase is not None else ""
    nouns = document.pack.nouns
    forms = (word, word.removesuffix("s"), word.removesuffix("n"), word.removesuffix("en"))
    if any(holds(nouns.persons, form) for form in forms) or holds(nouns.people, word):
        return (_PERSONS,)
    either = holds(nouns.sides, word) or lower(word) in document.pack.grammar.pair_pronouns
    return (_PERSONS, _BODIES) if either else (_BODIES,)


def _pair_of_event(party: Party, before: list[Mention], document: Document) -> list[Party]:
    """The two that an event in the sentence before, or earlier in this one, brought together."""
    kinds = frozenset[str]().union(*_kinds_of_pair(party, document))
    for mention in reversed(before):
        if not 0 <= party.sentence - mention.sentence <= PAIR_OF_EVENT_SENTENCES:
            return []
        found = {each.entity.key: each.entity for each in mention.parties if each.entity and each.entity.kind in kinds}
        if len(found) == 2 and (mention.sentence, mention.token) < (party.sentence, party.start):
            return [replace(party, entity=entity, inferred=True, rule="pair-of-event") for entity in found.values()]
    return []


def _pair(party: Party, named: Sequence[NamedAt], document: Document) -> Iterator[Party]:
    """The two parties most spoken of before a pair, the later first; of one kind, else none.

    Two *Länder* are countries: the two named, else those of the persons named; where there are more, none is guessed.
    """
    before = [item for item in named if (item.sentence, item.token) < (party.sentence, party.start)]
    near = [item for item in before if item.sentence >= party.sentence - PAIR_LOOK_BACK_SENTENCES]
    if _are_lands(party, document):
        yield from (replace(party, entity=entity, inferred=True, rule="pair") for entity in _two_lands(near, document))
        return
    counts = Counter(item.entity.key for item in before)
    for kinds in _kinds_of_pair(party, document):
        found = {item.entity.key: item.entity for item in reversed(near) if item.entity.kind in kinds}
        ranked = sorted(found.values(), key=lambda entity: -counts[entity.key])[:2]
        if len(ranked) == 2:
            for entity in ranked:
                yield replace(party, entity=entity, inferred=True, rule="pair")
            return


def _are_lands(party: Party, document: Document) -> bool:
    sentence = document.sentences[party.sentence]
    phrase = sentence.phrase_of(party.start)
    word = sentence.doc[phrase.head].text if phrase is not None else ""
    return fits(document.pack.nouns.many_lands, word)


def _two_lands(near: Sequence[NamedAt], document: Document) -> tuple[Entity, ...]:
    """Give two countries where just two are named, or just two are those of the persons named."""
    countries = {item.entity.key: item.entity for item in near if item.entity.kind == "country"}
    if len(countries) == 2:
        return tuple(countries.values())
    codes = {item.entity.country: None for item in near if item.entity.kind == "person" and item.entity.country}
    if len(codes) != 2:
        return ()
    return tuple(Entity(code, country_name(code, document), "country", None, code) for code in codes if code)
