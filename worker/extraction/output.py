"""Turns what the steps found into the contract's events."""

from __future__ import annotations

from typing import Any

from schemas.event import Event, EventTime, Interval, Mention, Participant, Place, Source, Topic
from schemas.identity import event_id
from schemas.model import Extent, Span
from worker.extraction.document import Document, Group
from worker.extraction.document import Mention as Found
from worker.extraction.steps.codes import code_event


def build_events(document: Document, *, article_id: str, content: str, version: str) -> tuple[Event, ...]:
    """Make the contract's events of a document's groups, in text order.

    Args:
        document: After the last step.
        article_id: Of the article; goes into each event's id.
        content: The article's content hash; goes into each event's id.
        version: Of the extractor; goes into each event's id.
    """
    return tuple(
        _event(group, document, {"article_id": article_id, "content": content, "extractor": version})
        for group in document.groups
    )


def _event(group: Group, document: Document, identity: dict[str, str]) -> Event:
    mentions = tuple(_mention(found, document) for found in group.mentions)
    plover, cameo = code_event(group, document)
    first = mentions[0]
    return Event(
        id=event_id(**identity, type=group.type, field=first.field, start=first.start),
        type=group.type,
        mentions=mentions,
        participants=_participants(group, document),
        time=_time(group, document),
        place=Place(name=group.where.name, span=group.where.span, country=group.where.country) if group.where else None,
        topics=tuple(Topic(text=topic.text, span=topic.span, factuality=topic.factuality) for topic in group.topics),
        factuality=group.factuality,
        stage=group.stage,
        sources=_sources(group),
        plover=plover,
        cameo=cameo,
        confidence=group.confidence,
    )


def _mention(found: Found, document: Document) -> Mention:
    sentence = document.sentences[found.sentence]
    span = sentence.span(found.token, found.token + 1)
    section = "quote" if sentence.is_quoted(found.token) else sentence.section
    return Mention(
        text=sentence.passage.text[span.start : span.end],
        start=span.start,
        end=span.end,
        field=span.field,
        sentence=Extent(start=sentence.start_char, end=sentence.end_char),
        section=section,
    )


def _participants(group: Group, document: Document) -> tuple[Participant, ...]:
    return tuple(
        Participant(
            name=party.entity.name,
            role=party.role,
            kind=party.entity.kind,
            descriptor=party.entity.descriptor,
            country=party.entity.country,
            inferred=party.inferred,
            spans=_spans(group, party.entity.key, document),
        )
        for party in group.parties
        if party.entity is not None and party.role is not None
    )


def _spans(group: Group, key: str, document: Document) -> tuple[Span, ...]:
    spans: dict[tuple[str, int, int], Span] = {}
    for mention in group.mentions:
        for party in mention.parties:
            if party.entity is not None and party.entity.key == key:
                span = document.sentences[party.sentence].span(party.start, party.end)
                spans.setdefault((span.field, span.start, span.end), span)
    return tuple(spans.values())


def _time(group: Group, document: Document) -> EventTime | None:
    when = group.when
    if when is None:
        return None
    interval = Interval(start=when.start, end=when.end) if when.start is not None or when.end is not None else None
    options: dict[str, Any] = {"resolved_against": document.article.published} if when.is_relative else {}
    return EventTime(
        text=when.text,
        span=when.span,
        value=when.value,
        granularity=when.granularity,
        relation=when.relation,
        interval=interval,
        approx=when.approx,
        **options,
    )


def _sources(group: Group) -> tuple[Source, ...]:
    return tuple(
        Source(
            name=voice.name,
            kind=voice.kind,
            how=voice.how,
            descriptor=voice.descriptor,
            spans=(voice.span,) if voice.span is not None else (),
        )
        for voice in group.voices
    )
