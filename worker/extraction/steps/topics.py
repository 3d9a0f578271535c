"""Finds what an event is about, and what is offered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from worker.extraction.document import About, Clause, Document, Mention, Phrase, Sentence
from worker.extraction.nominal import chain_behind
from worker.extraction.tokens import Token
from worker.extraction.valency import is_bare_dative
from worker.extraction.verbs import clause_phrases, find_object, find_subject, is_passive, verb_lemma
from worker.extraction.words import fits, lower

MAX_TOPIC_TOKENS = 24
_FIGURES = frozenset({"NUM", "SYM", "PUNCT"})


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
        opens = grammar.verb_topics if mention.pos == "verb" else grammar.topic_prepositions[:1]
        if behind and other.preposition in opens and other != phrase and not _is_time(sentence, other, document):
            yield _about(sentence, other, "in-clause", document)
    yield from _discussed(mention, sentence, document)
    if mention.pos == "noun":
        yield from said_to_be_topic(sentence, mention.clause, sentence.phrase_of(mention.token), document)
    yield from _purpose(mention, sentence, document)


def _is_time(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``talks on Tuesday``: a day is no topic."""
    head = sentence.doc[phrase.head]
    return any(lower(word) in document.pack.grammar.time_nouns for word in (head.text, head.lemma_))


def _discussed(mention: Mention, sentence: Sentence, document: Document) -> Iterator[About]:
    """``besprachen die Lage``, ``discussed the plan``: the object of such a verb is what it is about.

    So it is beside the event's noun: ``Bei dem Treffen wurde die Lage besprochen``.
    """
    grammar = document.pack.grammar
    index, verb = mention.clause, mention.token if mention.pos == "verb" else mention.governor
    own = sentence.phrase_of(mention.token)
    at_it = mention.pos == "verb" or (own is not None and own.preposition in grammar.local_prepositions)
    at_it = at_it or (own is not None and own.preposition in grammar.speaking_prepositions)
    if index is None or verb is None or not at_it or verb_lemma(sentence, verb, grammar) not in grammar.topic_verbs:
        return
    passive = is_passive(sentence, sentence.clauses[index], grammar)
    thing = (find_subject if passive else find_object)(sentence, index, grammar)
    if thing is None or thing.preposition is not None or sentence.doc[thing.head].pos_ != "NOUN":
        return
    if not fits(grammar.agenda_nouns, sentence.doc[thing.head].text):  # not "dieses Thema"
        yield _about(sentence, thing, "object", document)


def _purpose(mention: Mention, sentence: Sentence, document: Document) -> Iterator[About]:
    """``traf ihn, um den Plan zu prüfen``: what they meet for."""
    marks = document.pack.grammar.purpose_marks
    for index, clause in enumerate(sentence.clauses):
        if clause.parent != mention.clause or clause.kind != "infinitive" or clause.mark not in marks:
            continue
        thing = find_object(sentence, index, document.pack.grammar)
        if thing is not None and sentence.doc[thing.head].pos_ == "NOUN":
            yield _span(sentence, thing.start, clause.tokens[-1] + 1, "purpose")


def said_to_be_topic(sentence: Sentence, index: int, own: Phrase | None, document: Document) -> Iterator[About]:
    """``Bei dem Gespräch ging es um X``, ``Thema des Treffens war X``, ``im Mittelpunkt des Treffens steht X``.

    Args:
        sentence: Where it is said.
        index: Of the clause.
        own: The phrase that names the event, or None where the clause names none.
        document: For the grammar.
    """
    grammar = document.pack.grammar
    clause = sentence.clauses[index]
    if not clause.verbs:
        return
    words = {lower(sentence.doc[position].text) for position in clause.tokens}
    lemmas = {verb_lemma(sentence, verb, grammar) for verb in clause.verbs}
    phrases = clause_phrases(sentence, clause)
    if lemmas & set(grammar.concerns) and words & set(grammar.impersonal):
        yield from (
            _about(sentence, other, "concerns", document)
            for other in phrases
            if other.preposition == grammar.concerns_with
        )
    if not any(fits(grammar.agenda_nouns, sentence.doc[other.head].text) for other in phrases):
        return
    if lemmas & {*grammar.copulas, *grammar.agenda_verbs}:
        for other in phrases:
            agenda = fits(grammar.agenda_nouns, sentence.doc[other.head].text)
            if other.preposition is None and not other.genitive and other != own and not agenda:
                if sentence.doc[other.head].pos_ not in {"NOUN", "PROPN"}:
                    continue
                yield _about(sentence, other, "said-to-be-topic", document)


def _priced(mention: Mention, sentence: Sentence, document: Document) -> Iterator[About]:
    """``a $15-a-share bid for X``, ``an offer of two million``: what is offered is the price."""
    phrase = sentence.phrase_of(mention.token)
    money, of = document.pack.nouns.money, document.pack.grammar.amount_prepositions
    if mention.pos != "noun" or phrase is None:
        return
    for other in chain_behind(mention, phrase, sentence):
        if other.preposition in of and re.search(money, sentence.doc.text_of(other.start, other.end)):
            yield _about(sentence, other, "price-behind", document)
    first = phrase.start
    while first > sentence.start and sentence.doc[first - 1].pos_ in _FIGURES and sentence.doc[first - 1].text != ",":
        first -= 1  # "$18-a-share offer": the signs may stand outside the phrase
    own = [token.i for token in sentence.doc[first : mention.token] if re.search(money, token.text)]
    if own:
        yield _about(sentence, replace(phrase, start=own[0]), "price-in-phrase", document)


def _offered(mention: Mention, sentence: Sentence, document: Document) -> Iterator[About]:
    index = mention.clause or 0
    for position, clause in enumerate(sentence.clauses):
        says = clause.kind == "subordinate" and clause.mark in document.pack.grammar.content_marks
        if clause.parent == index and says and clause.tokens[0] > mention.token:
            yield _span(sentence, clause.tokens[0], clause.tokens[-1] + 1, f"content-{position}")
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
    if thing is not None and sentence.doc[thing.head].ent_type_ == "PER":
        # "bot Anna Lang ein Amt an": a person is no thing to offer, the other object is.
        phrases = clause_phrases(sentence, sentence.clauses[index])
        thing = next((p for p in phrases if p != thing and sentence.doc[p.head].dep_ == "obj"), None)
    if thing is not None and sentence.doc[thing.head].pos_ in {"NOUN", "PROPN", "NUM"}:
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
    """Take the phrase with the attributes that hang on it; ``das Thema Gas`` is about gas."""
    start, end = phrase.start, phrase.end
    agenda, doc = document.pack.grammar.agenda_nouns, sentence.doc
    named = (token.i for token in doc[start : phrase.head] if fits(agenda, token.text))
    start = next(named, start - 1) + 1
    prepositions = document.pack.grammar.attached_prepositions
    for other in sentence.phrases:
        gap = other.start - end
        if other.start < end or fits(agenda, doc[other.head].text):
            continue
        attached = other.genitive or other.preposition in prepositions
        attached = attached or _hangs_on(sentence, other, (phrase.start, end))
        linked = phrase.start <= other.joined_to < end and other.joined_to != other.start and gap <= 3
        if (gap <= 1 and attached) or linked:
            end = other.end
    return _span(sentence, start, min(_with_figure(sentence, end), start + MAX_TOPIC_TOKENS), rule)


def _hangs_on(sentence: Sentence, phrase: Phrase, bounds: tuple[int, int]) -> bool:
    """``die Einwanderung nach Europa``: whatever its preposition, by the parse."""
    head = sentence.doc[phrase.head]
    return head.dep_ == "nmod" and bounds[0] <= head.head.i < bounds[1]


def _with_figure(sentence: Sentence, end: int) -> int:
    """``der Haushalt für 2031``: a year is no phrase of its own."""
    doc = sentence.doc
    figure = doc[end + 1] if end + 1 < sentence.end and doc[end].pos_ == "ADP" else None
    if figure is not None and figure.text.isdigit() and figure.dep_ == "nmod":
        is_last = end + 2 >= sentence.end or doc[end + 2].pos_ not in {"NOUN", "PROPN", "NUM"}
        return end + 2 if is_last else end
    return end


def _span(sentence: Sentence, start: int, end: int, rule: str) -> About:
    span = sentence.span(start, end)
    return About(sentence.passage.text[span.start : span.end], span, rule)
