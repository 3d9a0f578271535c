"""Who plays which part in an event where a word says so: *vermittelt von X*, *unter der Schirmherrschaft von X*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .countries import country_names
from .document import Document, Entity, Mention, Party, Phrase, Sentence
from .languages.trigger_forms import Function
from .naming import attribute_of
from .nominal import country_name
from .parties import parties_of
from .verbs import clause_phrases, find_subject, is_passive, verb_lemma
from .words import lower


def parts_said(mention: Mention, sentence: Sentence, document: Document) -> Iterator[Party]:
    """Give who hosts, organises or mediates what a noun names, by the verb, participle or *unter* beside it."""
    if mention.clause is None or mention.is_offer:
        return
    yield from _by_verb(mention, sentence, mention.clause, document)
    yield from _by_participle(mention, sentence, document)
    for phrase in clause_phrases(sentence, sentence.clauses[mention.clause]):
        function = _auspices(sentence, phrase, document)
        if function is not None:
            yield from _under(sentence, phrase, function, document)


def _by_verb(mention: Mention, sentence: Sentence, index: int, document: Document) -> Iterator[Party]:
    """``Das Treffen wird von X vorbereitet``, ``X bereitet das Treffen vor``: the agent of such a verb."""
    grammar = document.pack.grammar
    phrase = sentence.phrase_of(mention.token)
    if phrase is None or phrase.preposition is not None or mention.governor is None:
        return
    verb = verb_lemma(sentence, mention.governor, grammar)
    function = grammar.part_verbs.get(verb)
    subject = find_subject(sentence, index, grammar)
    if function is None or subject is None:
        return
    if is_passive(sentence, sentence.clauses[index], grammar):
        agents = (
            other
            for other in clause_phrases(sentence, sentence.clauses[index])
            if other.preposition in grammar.agent_prepositions and other.joined_to == other.start
        )
        for other in agents if subject.start == phrase.start else ():
            yield from parties_of(sentence, other, function=function, document=document, rule=f"agent-of-{verb}")
    elif subject.start != phrase.start:
        yield from parties_of(sentence, subject, function=function, document=document, rule=f"subject-of-{verb}")


def _by_participle(mention: Mention, sentence: Sentence, document: Document) -> Iterator[Party]:
    """``talks mediated by X``."""
    grammar = document.pack.grammar
    for token in sentence.doc[mention.token].rights:
        function = grammar.part_verbs.get(lower(token.lemma_)) if token.dep_ == "acl" else None
        for phrase in sentence.phrases if function is not None else ():
            near = phrase.start - token.i <= 2 < phrase.end - token.i + 2 and phrase.start > token.i
            if function is not None and near and phrase.preposition in grammar.agent_prepositions:
                rule = f"agent-of-{lower(token.lemma_)}"
                yield from parties_of(sentence, phrase, function=function, document=document, rule=rule)


def _auspices(sentence: Sentence, phrase: Phrase, document: Document) -> Function | None:
    grammar = document.pack.grammar
    is_under = phrase.preposition in grammar.auspice_prepositions
    return part_of_noun(sentence.doc[phrase.head].text, grammar.auspices) if is_under else None


def _under(sentence: Sentence, phrase: Phrase, function: Function, document: Document) -> Iterator[Party]:
    """``unter der Schirmherrschaft von X``, ``unter UN-Vermittlung``."""
    attribute = attribute_of(sentence, phrase)
    if attribute is not None:
        yield from parties_of(sentence, attribute, function=function, document=document, rule="auspices")
        return
    first, *rest = sentence.doc[phrase.head].text.split("-")
    entity = named_by_word(first, document) if rest else None
    if entity is not None:
        yield Party(function, sentence.index, phrase.head, phrase.head + 1, "auspices-in-word", entity)


def named_by_word(word: str, document: Document) -> Entity | None:
    """Give the party that the first part of a compound names."""
    code = country_names(document.language).of_name(word)
    if code:
        return Entity(code, country_name(code, document), "country", None, code)
    known = (each.entity for each in document.names.called(word) if each.entity.kind == "organization")
    return next(known, Entity(word, word, "organization") if word in document.pack.countries.blocs else None)


def part_of_noun(word: str, table: Mapping[str, Function]) -> Function | None:
    """Give the part that a noun names by its end: ``Mitveranstalter`` by *veranstalter*."""
    written = lower(word)
    for end, function in table.items():
        if written.endswith(end):
            return function
    return None
