"""Finds where an event takes place: a place name or site in a local phrase behind the trigger or in its clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from worker.extraction.countries import country_names
from worker.extraction.document import Clause, Document, Mention, Phrase, Sentence, Where
from worker.extraction.naming import name_phrase
from worker.extraction.nominal import chain_behind
from worker.extraction.parties import named_in
from worker.extraction.verbs import clause_phrases, shares_subject, verb_lemma
from worker.extraction.words import fits, holds, lower

from .told_on import told_on

RELATIVE_REACH = 12
"""How many words behind the event a relative clause on it may begin."""


def find_places(document: Document) -> Document:
    """Add to each candidate the place named with it."""
    events = frozenset((mention.sentence, mention.token) for mention in document.mentions)
    return replace(document, mentions=tuple(_with_place(mention, events, document) for mention in document.mentions))


def _with_place(mention: Mention, events: frozenset[tuple[int, int]], document: Document) -> Mention:
    if mention.is_offer:
        return mention
    sentence = document.sentences[mention.sentence]
    places = (
        _where(other, phrase, rule, document)
        for other, phrase, rule in _candidates(mention, sentence, document)
        if (other.index, phrase.head) not in events  # "auf dem Gipfel": an event is no place
    )
    where = next((place for place in places if place is not None), None)
    where = where or _before_where(mention, sentence, document)
    where = where or _by_journey(mention, sentence, document) or _by_modifier(mention, sentence, document)
    return replace(mention, where=where)


def _before_where(mention: Mention, sentence: Sentence, document: Document) -> Where | None:
    """``nach Oslo, wo er ihn treffen soll``: the place that the relative clause is on."""
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    first = lower(sentence.doc[clause.tokens[0]].text) if clause is not None else ""
    if clause is None or clause.parent is None or first not in document.pack.grammar.where_words:
        return None
    above = clause_phrases(sentence, sentence.clauses[clause.parent])
    before = [phrase for phrase in above if phrase.end <= clause.tokens[0] and phrase.preposition is not None]
    found = (_named_place(sentence, phrase, "before-where", document) for phrase in reversed(before))
    return next((place for place in found if place is not None), None)


def _by_modifier(mention: Mention, sentence: Sentence, document: Document) -> Where | None:
    """``die Genfer Gespräche``, ``the Oslo talks``: the place right before the event names it."""
    before = mention.token - 1
    if mention.pos != "noun" or before < sentence.start:
        return None
    word = sentence.doc[before].text
    ending = document.pack.grammar.place_ending
    name = word.removesuffix(ending) if ending and word.endswith(ending) else "" if ending else word
    if not name[:1].isupper():
        return None
    span, capitals = sentence.span(before, before + 1), document.pack.countries.capitals
    if name in capitals:
        return Where(name, span, capitals[name], "modifier")
    named = [each.entity for each in document.names.called(name) if each.entity.kind == "place"]
    return Where(name, span, named[-1].country, "modifier") if named else None


def _candidates(mention: Mention, sentence: Sentence, document: Document) -> Iterator[tuple[Sentence, Phrase, str]]:
    yield from ((sentence, phrase, rule) for phrase, rule in _phrases(mention, sentence, document))
    behind = told_on(mention, document)
    if behind is not None:
        other, clause = behind
        yield from ((other, phrase, "told-on") for phrase in clause_phrases(other, clause))


def _by_journey(mention: Mention, sentence: Sentence, document: Document) -> Where | None:
    """``nach Oslo reisen, um ihn dort zu treffen``, ``reist zu Gesprächen nach Oslo``: the goal of the journey."""
    grammar = document.pack.grammar
    for clause in _on_the_way(mention, sentence, document):
        if not {verb_lemma(sentence, verb, grammar) for verb in clause.verbs} & set(grammar.motion_verbs):
            continue
        goals = (other for other in clause_phrases(sentence, clause) if other.preposition in grammar.goal_prepositions)
        found = (_named_place(sentence, phrase, "goal-of-journey", document) for phrase in goals)
        where = next((place for place in found if place is not None), None)
        if where is not None:
            return where
    return None


def _on_the_way(mention: Mention, sentence: Sentence, document: Document) -> Iterator[Clause]:
    """Give the clause of the event and the one that may tell of the journey to it."""
    if mention.clause is None:
        return
    own = sentence.clauses[mention.clause]
    yield own
    is_joined = mention.trigger.manner != "phone" and shares_subject(sentence, own, document.pack.grammar)
    if own.parent is not None and (own.kind == "infinitive" or is_joined):
        yield sentence.clauses[own.parent]
    elif mention.clause and _points_there(sentence, own, document):
        yield sentence.clauses[mention.clause - 1]


def _points_there(sentence: Sentence, clause: Clause, document: Document) -> bool:
    return any(lower(sentence.doc[position].text) in document.pack.grammar.there_words for position in clause.tokens)


def _phrases(mention: Mention, sentence: Sentence, document: Document) -> Iterator[tuple[Phrase, str]]:
    grammar = document.pack.grammar
    phrase = sentence.phrase_of(mention.token)
    if mention.pos == "noun" and phrase is not None:
        yield from ((other, "behind-noun") for other in _before_topic(mention, phrase, sentence, document))
    if mention.clause is None:
        return
    verb = verb_lemma(sentence, mention.governor, grammar) if mention.governor is not None else ""
    cues = document.pack.factuality
    arranged = (*cues.attitudes.get("planned", ()), *cues.attitudes.get("cancelled", ()))
    happens = verb in cues.happening or verb in cues.scheduled_present
    happens = happens or (verb in arranged and phrase is not None and phrase.preposition is None)
    in_frame = (
        mention.pos != "noun" or happens or (phrase is not None and phrase.preposition in grammar.place_prepositions)
    )
    if in_frame:
        for other in clause_phrases(sentence, sentence.clauses[mention.clause]):
            if not _hangs_on_noun(mention, sentence, other, document):
                yield other, "in-clause"
    if mention.pos == "noun" and phrase is not None:
        yield from ((other, "in-relative-clause") for other in _in_relative(mention, sentence, document))


def _before_topic(mention: Mention, phrase: Phrase, sentence: Sentence, document: Document) -> Iterator[Phrase]:
    """Give the phrases behind the event; in ``Gespräche über die Lage in X`` the place is the topic's.

    Only a place that the parse hangs on the event or its verb is its own there.
    """
    topic: Phrase | None = None
    for other in chain_behind(mention, phrase, sentence):
        if topic is not None:
            above = sentence.doc[other.head].head.i
            if above >= topic.start and above != mention.governor:
                continue
        if other.preposition in document.pack.grammar.topic_prepositions and topic is None:
            topic = other
        yield other


def _in_relative(mention: Mention, sentence: Sentence, document: Document) -> Iterator[Phrase]:
    """``ein Gipfel der Minister, der am Freitag in Oslo stattfindet``."""
    for clause in sentence.clauses:
        if clause.kind == "relative" and mention.token < clause.tokens[0] <= mention.token + RELATIVE_REACH:
            verbs = {verb_lemma(sentence, verb, document.pack.grammar) for verb in clause.verbs}
            if verbs & set(document.pack.factuality.scheduled_present):
                yield from clause_phrases(sentence, clause)


def _hangs_on_noun(mention: Mention, sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``nach der Wahl in Spanien``: the place is the election's, not the event's."""
    for other in sentence.phrases:
        gap = phrase.start - other.end
        if 0 <= gap <= 1 and other.start < phrase.start and sentence.doc[other.end].pos_ not in {"PUNCT", "CCONJ"}:
            head = sentence.doc[other.head]
            is_time = lower(head.lemma_) in document.pack.grammar.time_nouns or any(
                char.isdigit() for char in head.text
            )
            own = other.start <= mention.token < other.end or any(
                party.sentence == sentence.index and other.start <= party.start < other.end for party in mention.parties
            )
            return head.pos_ == "NOUN" and not is_time and not own and named_in(sentence, other, document) is None
    return False


def _where(sentence: Sentence, phrase: Phrase, rule: str, document: Document) -> Where | None:
    grammar, nouns = document.pack.grammar, document.pack.nouns
    if phrase.preposition not in grammar.local_prepositions:
        return None
    capital = _capital(sentence, phrase, document)
    if capital is not None:
        return Where(capital[0], sentence.span(phrase.start, phrase.end), capital[1], rule)
    if named_in(sentence, phrase, document) is not None:
        return _named_place(sentence, phrase, rule, document)
    head = sentence.doc[phrase.head]
    if not holds(nouns.places, head.text) and head.text not in nouns.acting_places:
        return None
    name = head.text if head.text in nouns.acting_places else name_phrase(sentence, phrase, grammar)
    return Where(name, sentence.span(phrase.start, phrase.end), None, rule)


def _named_place(sentence: Sentence, phrase: Phrase, rule: str, document: Document) -> Where | None:
    named = named_in(sentence, phrase, document)
    if named is None:
        return None
    start, end, entity = named
    nouns = document.pack.nouns
    is_place = entity.kind in {"place", "country"} or entity.name in nouns.acting_places
    if not is_place and not holds(nouns.places, entity.name):
        return None
    is_country = entity.kind == "country"
    return Where(entity.name, sentence.span(start, end), entity.country, rule, is_country=is_country)


def _capital(sentence: Sentence, phrase: Phrase, document: Document) -> tuple[str, str] | None:
    """``in der polnischen Hauptstadt``: the adjective says which."""
    if not fits(document.pack.nouns.capital_words, sentence.doc[phrase.head].text):
        return None
    countries = country_names(document.language)
    codes = {code for token in sentence.doc[phrase.start : phrase.head] for code in countries.of_adjective(token.text)}
    found = [(name, code) for name, code in document.pack.countries.capitals.items() if code in codes]
    return found[0] if len(found) == 1 else None
