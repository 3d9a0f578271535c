"""Finds what an event is about in a sentence of its own: ``Dabei ging es um X``, ``Auf der Tagesordnung steht X``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from worker.extraction.candidates import mentions_in
from worker.extraction.document import About, Document, Group

from .topics import said_to_be_topic

REACH_SENTENCES = 2
"""How far behind a mention of the event such a sentence may stand."""


def with_agenda(group: Group, document: Document) -> Group:
    """Add them to the event's last mention: what stands beside the event itself comes first."""
    topics = tuple(agenda_of(group, document))
    if not topics:
        return group
    *rest, last = group.mentions
    return replace(group, mentions=(*rest, replace(last, topics=(*last.topics, *topics))))


def agenda_of(group: Group, document: Document) -> Iterator[About]:
    """Give the topics that clauses at the event's mentions and behind them name, where no event stands in them."""
    if group.is_offer:
        return
    passages = {id(document.sentences[mention.sentence].passage) for mention in group.mentions}
    near = {place for one in group.mentions for place in range(one.sentence, one.sentence + 1 + REACH_SENTENCES)}
    for index in sorted(near):
        if index >= len(document.sentences):
            return
        sentence = document.sentences[index]
        if id(sentence.passage) not in passages:
            continue
        occupied = {mention.clause for mention in mentions_in(index, document)}
        for clause in range(len(sentence.clauses)):
            if clause not in occupied:
                yield from said_to_be_topic(sentence, clause, None, document)
