"""Names the side of an event that its own words leave out, from the clause around it and the events before it.

``Nach einem Gespräch mit Muster sagte Beispiel ...``: Beispiel spoke with her. ``Ein weiteres Treffen ist geplant``:
of those who met before. Such parties are marked as inferred, and they never decide whether or which event there is:
the step runs when the events are gathered. For the same reason it is here that *die Partei* gets the name of the one
that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from worker.extraction.document import Document, Entity, Group, Mention, Party, Phrase, Sentence
from worker.extraction.languages.trigger_forms import Function
from worker.extraction.nominal import stands_aside
from worker.extraction.parties import parties_of
from worker.extraction.verbs import find_subject, verb_lemma
from worker.extraction.words import lower

from .agenda import with_agenda
from .attending import attending
from .called import called_by
from .coreference import resolve_party
from .headlines import is_unnamed
from .other_side import what_is_joined, who_agreed, who_speaks_for

REACH_SENTENCES = 3
"""How far back the event may stand whose parties go on in one that names none."""

MAX_IMPLIED = 3
"""More than this are a crowd: who of them takes part is a guess."""

_ACTING = frozenset({"person", "organization", "country"})
_MAKES: frozenset[Function] = frozenset({"subject", "genitive", "possessive", "adjective", "by", "compound"})


def imply_parties(document: Document) -> Document:
    """Add the missing side to each event that names at most one."""
    groups: list[Group] = []
    called = [_with_names(group, document) for group in document.groups]
    for position, group in enumerate(called):
        # Looked through from its end: what came before is nearer than what comes after.
        around = [*reversed(called[position + 1 : position + 3]), *groups]
        missing = [*_missing(group, around, document), *_attending(group, document)]
        filled = _with(group, missing) if missing else group
        groups.append(with_agenda(filled, document))
    return replace(document, groups=tuple(groups))


def _with_names(group: Group, document: Document) -> Group:
    """Give each institution without a name that of whom the article calls so."""
    mentions = (
        replace(mention, parties=tuple(_named(party, document) for party in mention.parties))
        for mention in group.mentions
    )
    return replace(group, mentions=tuple(mentions))


def _named(party: Party, document: Document) -> Party:
    if party.entity is None or not party.entity.key.startswith("organization:"):
        return party
    entity = called_by(party, document)
    return party if entity is None else replace(party, entity=entity, rule=f"{party.rule}-called")


def _with(group: Group, missing: Iterable[Party]) -> Group:
    """Let the first mention carry them: the fields are filled from the mentions."""
    first, *rest = group.mentions
    return replace(group, mentions=(replace(first, parties=(*first.parties, *missing)), *rest))


def _missing(group: Group, before: list[Group], document: Document) -> list[Party]:
    present = _entities(group.mentions)
    if group.is_offer:
        return [*_making(group, present, before, document), *_addressed(group, present, before)]
    at_it = [party for mention in group.mentions for party in _speaking_at(mention, present, document)]
    is_open = bool(present) and re.search(document.pack.nouns.open_groups, present[0].name) is not None
    if len(present) > 1 or (present and present[0].kind == "group" and not is_open and _is_closed(group)):
        return _distinct(at_it)[:MAX_IMPLIED]
    found = [party for mention in group.mentions for party in what_is_joined(mention, document)] if present else []
    found.extend(party for mention in group.mentions for party in _around(mention, present, document))
    if len(present) + len(_distinct(found)) < 2:
        found.extend(who_agreed(group, document))
    if len(present) + len(_distinct(found)) < 2:
        found.extend(_from_events(group, present, before))
    if len(present) + len(_distinct(found)) < 2:
        found.extend(_from_sentences(group.mentions[0], present, document))
    found = _distinct(found)
    return found if len(found) <= MAX_IMPLIED else []


def _making(group: Group, present: list[Entity], before: list[Group], document: Document) -> list[Party]:
    """Who makes an offer besides the one named: who speaks for the maker; where none is, who made the one before."""
    parties = [party for mention in group.mentions for party in mention.parties if party.entity is not None]
    makers = [party.entity for party in parties if party.entity is not None and party.function in _MAKES]
    keys = {entity.key for entity in present}
    if makers:
        found = [party for mention in group.mentions for party in who_speaks_for(mention, makers, document)]
        return [party for party in _distinct(found) if party.entity is not None and party.entity.key not in keys]
    first = group.mentions[0]
    for other in reversed(before):
        near = any(0 < first.sentence - one.sentence <= 1 for one in other.mentions)
        theirs = [party for one in other.mentions for party in one.parties if party.function in _MAKES]
        if near and other.is_offer and theirs:
            entities = {party.entity.key: party.entity for party in theirs if party.entity is not None}
            found_before = [entity for key, entity in entities.items() if key not in keys]
            return [_inferred(first, entity, "subject", "maker-of-offer-before") for entity in found_before]
    return []


def _attending(group: Group, document: Document) -> list[Party]:
    if group.is_offer:
        return []
    keys = {entity.key for entity in _entities(group.mentions)}
    return [party for party in attending(group, document) if party.entity is not None and party.entity.key not in keys]


def _is_closed(group: Group) -> bool:
    """``das Treffen der Außenminister``: those who meet are all named, if as a group."""
    return any(party.function in {"genitive", "between", "subject"} for one in group.mentions for party in one.parties)


def _entities(mentions: Iterable[Mention]) -> list[Entity]:
    found = {party.entity.key: party.entity for one in mentions for party in one.parties if party.entity is not None}
    return list(found.values())


def _distinct(parties: Iterable[Party]) -> list[Party]:
    return list({party.entity.key: party for party in parties if party.entity is not None}.values())


def _around(mention: Mention, present: list[Entity], document: Document) -> Iterator[Party]:
    """``Nach Gesprächen mit X entschied sich Y``: the subject of the clause around a noun, or of those above it."""
    if mention.pos != "noun" or mention.trigger.manner == "visit":
        return
    sentence = document.sentences[mention.sentence]
    functions = {party.function for party in mention.parties if party.entity is not None}
    if functions and functions != {"with"} and stands_aside(mention, sentence, document):
        return
    index = mention.clause
    for _ in range(3):
        if index is None:
            return
        subject = find_subject(sentence, index, document.pack.grammar)
        if subject is not None and not subject.start <= mention.token < subject.end:
            found = list(_acting(sentence, subject, present, document, rule="subject-around"))
            if found:
                yield from found
                return
        index = sentence.clauses[index].parent


def _speaking_at(mention: Mention, present: list[Entity], document: Document) -> Iterator[Party]:
    """``Bei einem Treffen der Minister sagte X``, ``am Rande des Gipfels forderte X``: who speaks at it attends."""
    sentence = document.sentences[mention.sentence]
    phrase = sentence.phrase_of(mention.token)
    if mention.pos != "noun" or mention.clause is None or phrase is None:
        return
    grammar = document.pack.grammar
    after = phrase.preposition in grammar.speaking_after
    if mention.trigger.manner != "encounter" and not (after and _says(mention.clause, sentence, document)):
        return
    before = (
        sentence.doc[phrase.start - 1 - (phrase.preposition is not None)] if phrase.start > sentence.start else None
    )
    beside = before is not None and lower(before.text) in grammar.aside_words
    if phrase.preposition not in grammar.speaking_prepositions and not beside and not after:
        return
    subject = find_subject(sentence, mention.clause, grammar)
    if subject is not None and not subject.start <= mention.token < subject.end:
        for party in _acting(sentence, subject, present, document, rule="speaks-at"):
            entity = party.entity
            for_others = entity is not None and re.search(document.pack.nouns.spokesmen, entity.descriptor or "")
            if entity is not None and entity.kind == "person" and not for_others:
                yield replace(party, function="attends")


def _says(index: int, sentence: Sentence, document: Document) -> bool:
    grammar = document.pack.grammar
    lemmas = {verb_lemma(sentence, verb, grammar) for verb in sentence.clauses[index].verbs}
    return bool(lemmas & set(document.pack.reporting.verbs))


def _acting(
    sentence: Sentence, phrase: Phrase, present: list[Entity], document: Document, *, rule: str
) -> Iterator[Party]:
    keys = {entity.key for entity in present}
    for each in parties_of(sentence, phrase, function="with", document=document, rule=rule):
        party = resolve_party(each, keys, document)
        if party is None:
            continue
        is_named = party.entity is not None and ":" not in party.entity.key
        if party.entity is not None and is_named and party.entity.kind in _ACTING and party.entity.key not in keys:
            yield replace(party, inferred=True)


def _from_events(group: Group, present: list[Entity], before: list[Group]) -> Iterator[Party]:
    """``Die Gespräche werden fortgesetzt``: the parties of the nearest event before that has two, or shares one.

    Those of an offer only where nobody met: it has two sides, but they need not have come together.
    """
    first = group.mentions[0]
    keys = {entity.key for entity in present}
    nearest_first = [*reversed(before)]
    is_known = any(one.when is not None or one.where is not None for one in group.mentions)
    for other in sorted(
        nearest_first, key=lambda one: (one.is_offer, _follows(one, first), not _is_said_alike(one, first))
    ):
        near = any(abs(first.sentence - one.sentence) <= REACH_SENTENCES for one in other.mentions)
        theirs = _entities(other.mentions)
        is_series = not keys and is_known and any(_is_of_series(one, first) for one in other.mentions)
        if not near or len(theirs) < (1 if is_series else 2) or (keys and not keys & {entity.key for entity in theirs}):
            continue
        named = [entity for entity in theirs if not is_unnamed(entity)]
        for entity in named if len(named) > 1 else theirs:
            if entity.key not in keys:
                yield _inferred(first, entity, "with", "parties-of-event-before")
        return


def _follows(group: Group, mention: Mention) -> bool:
    """What the reader comes to only later says nothing of who is meant here as long as something before does."""
    return min(one.sentence for one in group.mentions) > mention.sentence


def _is_said_alike(group: Group, mention: Mention) -> bool:
    """Whether an event is called by the same word: *the next summit* follows a summit, not the talks beside it."""
    return any(one.trigger.id == mention.trigger.id for one in group.mentions)


def _is_of_series(one: Mention, other: Mention) -> bool:
    """``eine dritte Verhandlungsrunde``: the same word names the one before and the next."""
    return one.trigger.id == other.trigger.id and one.pos == other.pos


def _inferred(mention: Mention, entity: Entity, function: Function, rule: str) -> Party:
    return Party(function, mention.sentence, mention.token, mention.token + 1, rule, entity, inferred=True)


def _from_sentences(mention: Mention, present: list[Entity], document: Document) -> Iterator[Party]:
    """``X reist nach Rom. Geplant ist ein Treffen mit Y``: the subject of the sentence before, beside a partner."""
    functions = {party.function for party in mention.parties if party.entity is not None}
    if mention.sentence == 0 or functions != {"with"}:
        return
    sentence = document.sentences[mention.sentence - 1]
    if sentence.passage is not document.sentences[mention.sentence].passage:
        return
    for index in range(len(sentence.clauses)):
        subject = find_subject(sentence, index, document.pack.grammar)
        if subject is not None:
            yield from _acting(sentence, subject, present, document, rule="subject-of-sentence-before")
            return


def _addressed(group: Group, present: list[Entity], before: list[Group]) -> list[Party]:
    """Whom an offer is made to where it names its maker alone: the other side of the talks it belongs to."""
    parties = [party for mention in group.mentions for party in mention.parties if party.entity is not None]
    if not parties or any(party.function not in _MAKES for party in parties):
        return []
    first = group.mentions[0]
    keys = {entity.key for entity in present}
    for other in reversed(before):
        theirs = _entities(other.mentions)
        near = any(0 <= first.sentence - one.sentence <= REACH_SENTENCES for one in other.mentions)
        if near and not other.is_offer and len(theirs) > 1 and keys & {entity.key for entity in theirs}:
            found = [entity for entity in theirs if entity.key not in keys]
            return [_inferred(first, entity, "indirect", "other-side-of-talks") for entity in found][:MAX_IMPLIED]
    return []
