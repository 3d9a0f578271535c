"""Finds what an event is about, and what is offered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from worker.extraction.document import About, Clause, Document, Mention, Phrase, Sentence
from worker.extraction.nominal import chain_behind
from worker.extraction.valency import is_bare_dative
from worker.extraction.verbs import clause_phrases, find_object, find_subject, is_passive, verb_lemma
from worker.extraction.words import lower

MAX_TOPIC_TOKENS = 24


def find_topics(document: Document) -> Document:
    """Add to each candidate its topics, best first."""
    return replace(document, mentions=tuple(_with_topics(mention, document) for mention in document.mentions))


def _with_topics(mention: Mention, document: Document) -> Mention:
    sentence = document.sentences[mention.sentence]
    topics = list(_topics(mention, sentence, document))
    return replace(mention, topics=tuple(topics[:3]))


def _topics(mention: Mention, sentence: Sentence, document: Document) -> Iterator[About]:
    grammar = document.pack.grammar
    phrase = sentence.phrase_of(mention.token)
    if mention.pos == "noun" and phrase is not None:
        for other in chain_behind(mention, phrase, sentence):
            beside = lower(sentence.doc[other.head].text) in grammar.aside_words
            if (
                other.preposition in grammar.topic_prepositions
                and not beside
                and not _is_time(sentence, other, document)
            ):
                yield _about(sentence, other, "behind-noun", document)
    if mention.clause is None:
        return
    if mention.is_offer:
        yield from _priced(mention, sentence, document)
        yield from _offered(mention, sentence, document)
        return
    for other in clause_phrases(sentence, sentence.clauses[mention.clause]):
        behind = mention.pos == "verb" or (mention.pos == "noun" and other.start > mention.token)
        if behind and other.preposition == grammar.topic_prepositions[0] and other != phrase:
            yield _about(sentence, other, "in-clause", document)
    yield from _discussed(mention, sentence, document)
    yield from _said_to_be_topic(mention, sentence, document)


def _is_time(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``talks on Tuesday``: a day is no topic."""
    head = sentence.doc[phrase.head]
    return any(lower(word) in document.pack.grammar.time_nouns for word in (head.text, head.lemma_))


def _is_aside(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``talks on the sidelines of the summit``: that says where they stand, and not what they are about."""
    return lower(sentence.doc[phrase.head].text) in document.pack.grammar.aside_words


def _discussed(mention: Mention, sentence: Sentence, document: Document) -> Iterator[About]:
    """``besprachen die Lage``, ``discussed the plan``: the object of such a verb is what it is about."""
    grammar = document.pack.grammar
    index = mention.clause
    if (
        mention.pos != "verb"
        or index is None
        or verb_lemma(sentence, mention.token, grammar) not in grammar.topic_verbs
    ):
        return
    passive = is_passive(sentence, sentence.clauses[index], grammar)
    thing = (find_subject if passive else find_object)(sentence, index, grammar)
    if thing is not None and sentence.doc[thing.head].pos_ == "NOUN" and thing.preposition is None:
        yield _about(sentence, thing, "object", document)


def _said_to_be_topic(mention: Mention, sentence: Sentence, document: Document) -> Iterator[About]:
    """``Bei dem Gespräch ging es um X``, ``Thema des Treffens war X``, ``im Mittelpunkt des Treffens steht X``."""
    grammar = document.pack.grammar
    clause = sentence.clauses[mention.clause or 0]
    if mention.pos != "noun" or not clause.verbs:
        return
    words = {lower(sentence.doc[position].text) for position in clause.tokens}
    lemmas = {verb_lemma(sentence, verb, grammar) for verb in clause.verbs}
    phrases = clause_phrases(sentence, clause)
    own = sentence.phrase_of(mention.token)
    if lemmas & set(grammar.concerns) and words & set(grammar.impersonal):
        yield from (
            _about(sentence, other, "concerns", document)
            for other in phrases
            if other.preposition == grammar.concerns_with
        )
    if not any(re.fullmatch(grammar.agenda_nouns, sentence.doc[other.head].text) for other in phrases):
        return
    if lemmas & {*grammar.copulas, *grammar.agenda_verbs}:
        for other in phrases:
            agenda = re.fullmatch(grammar.agenda_nouns, sentence.doc[other.head].text)
            if other.preposition is None and not other.genitive and other != own and not agenda:
                yield _about(sentence, other, "said-to-be-topic", document)


def _priced(mention: Mention, sentence: Sentence, document: Document) -> Iterator[About]:
    """``a $15-a-share bid for X``, ``an offer of two million``: what is offered is the price."""
    phrase = sentence.phrase_of(mention.token)
    money, of = document.pack.nouns.money, document.pack.grammar.amount_prepositions
    if mention.pos != "noun" or phrase is None:
        return
    for other in chain_behind(mention, phrase, sentence):
        if other.preposition in of and re.search(money, sentence.doc[other.start : other.end].text):
            yield _about(sentence, other, "price-behind", document)
    own = [token.i for token in sentence.doc[phrase.start : mention.token] if re.search(money, token.text)]
    if own:
        yield _about(sentence, replace(phrase, start=own[0]), "price-in-phrase", document)


def _offered(mention: Mention, sentence: Sentence, document: Document) -> Iterator[About]:
    index = mention.clause or 0
    for position, clause in enumerate(sentence.clauses):
        if clause.parent == index and clause.kind == "infinitive" and _is_offered(mention, clause, document):
            start, end = clause.tokens[0], clause.tokens[-1] + 1
            yield _span(sentence, start, min(end, start + MAX_TOPIC_TOKENS), f"infinitive-{position}")
    if mention.pos == "adjective":
        phrases = clause_phrases(sentence, sentence.clauses[index])
        willing = document.pack.grammar.willing_prepositions
        yield from (
            _about(sentence, other, "willing-to", document) for other in phrases if other.preposition in willing
        )
    if mention.pos != "verb":
        return
    passive = is_passive(sentence, sentence.clauses[index], document.pack.grammar)
    thing = (find_subject if passive else find_object)(sentence, index, document.pack.grammar)
    if thing is not None and is_bare_dative(sentence, thing, document):
        own = sentence.doc[thing.head].head
        phrases = clause_phrases(sentence, sentence.clauses[index])
        thing = next((p for p in phrases if p != thing and _is_object(sentence, p, own)), None)
    if thing is not None and sentence.doc[thing.head].pos_ in {"NOUN", "PROPN"}:
        yield _about(sentence, thing, "object", document)


def _is_object(sentence: Sentence, phrase: Phrase, verb: Token) -> bool:
    head = sentence.doc[phrase.head]
    return head.dep_ == "obj" and head.head.i == verb.i


def _is_offered(mention: Mention, clause: Clause, document: Document) -> bool:
    """Whether an infinitive is what is offered: right behind an English noun (*offer to buy*), near a German one."""
    if mention.pos == "noun" and not document.pack.grammar.capitalised_nouns:
        return clause.tokens[0] == mention.token + 1
    return clause.tokens[0] > mention.token - 12


def _about(sentence: Sentence, phrase: Phrase, rule: str, document: Document) -> About:
    """Take the phrase with the attributes that hang on it."""
    end = phrase.end
    prepositions = document.pack.grammar.attached_prepositions
    for other in sentence.phrases:
        gap = other.start - end
        attached = other.genitive or other.preposition in prepositions
        linked = phrase.start <= other.joined_to < end and other.joined_to != other.start and gap <= 3
        if other.start >= end and ((gap <= 1 and attached) or linked):
            end = other.end
    return _span(sentence, phrase.start, min(end, phrase.start + MAX_TOPIC_TOKENS), rule)


def _span(sentence: Sentence, start: int, end: int, rule: str) -> About:
    span = sentence.span(start, end)
    return About(sentence.passage.text[span.start : span.end], span, rule)
