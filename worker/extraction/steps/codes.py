"""Gives an event its PLOVER and CAMEO codes, by the table in ``codes.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import ValidationError

from schemas.catalogue import EVENT_TYPES
from schemas.event import Cameo, Plover
from worker.extraction.document import Document, Group, Party
from worker.extraction.errors import PackBroken
from worker.extraction.languages.trigger_forms import Form, Pattern
from worker.extraction.words import is_plural

Direction = Literal["parties", "visitor-host", "host-visitor", "offerer-addressee"]
MAX_PAIRS = 12


class _When(Form):
    """What must hold for a rule; what is absent holds."""

    type: tuple[str, ...] = ()
    factuality: tuple[str, ...] = ()
    manner: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    offered: str | None = None
    third_place: bool = False
    plural: bool = False
    within_offer: bool = False


class _Code(Form):
    code: str
    direction: Direction


class _Rule(Form):
    when: _When
    plover: str | None = None
    mode: str | None = None
    auxiliary: str | None = None
    cameo: tuple[_Code, ...] = ()


class _Table(Form):
    rule: tuple[_Rule, ...]
    offered: dict[str, Pattern]


@cache
def _table() -> _Table:
    text = (files("worker.extraction") / "codes.toml").read_text(encoding="utf-8")
    try:
        return _Table.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise PackBroken(f"codes.toml: {error}") from error


def code_event(group: Group, document: Document) -> tuple[Plover | None, tuple[Cameo, ...]]:
    """Give the codes of an event.

    Returns:
        PLOVER or None, and CAMEO codes with their directions; a merely possible event has no CAMEO code, because a code
        would be counted as a fact.
    """
    rule = next((rule for rule in _table().rule if _holds(rule.when, group, document)), _of_type(group))
    if rule is None:
        return None, ()
    event = EVENT_TYPES[group.type].plover if rule.plover == "as_type" else rule.plover
    plover = Plover(event=event, mode=rule.mode, auxiliary=rule.auxiliary) if event else None
    cameo = (
        Cameo(code=code.code, source=one, target=two)
        for code in rule.cameo
        for one, two in _pairs(group, code.direction)
    )
    return plover, tuple(cameo)


def _of_type(group: Group) -> _Rule | None:
    """Give the codes that the catalogue has for the type; of what is not a fact they would say too much."""
    if group.factuality not in {"asserted", "reported"}:
        return None
    event_type = EVENT_TYPES[group.type]
    direction: Direction = "offerer-addressee" if group.is_offer else "parties"
    cameo = (_Code(code=event_type.cameo, direction=direction),) if event_type.cameo else ()
    return _Rule(when=_When(), plover=event_type.plover, cameo=cameo)


def _holds(when: _When, group: Group, document: Document) -> bool:
    roles = {party.role for party in group.parties}
    manners = {mention.trigger.manner for mention in group.mentions}
    return (
        (not when.type or group.type in when.type)
        and (not when.factuality or group.factuality in when.factuality)
        and (not when.manner or bool(manners & set(when.manner)))
        and set(when.roles) <= roles
        and (not when.third_place or _is_third_place(group))
        and (not when.plural or _is_plural(group, document))
        and (not when.within_offer or _is_within_offer(group))
        and (when.offered is None or _offers(when.offered, group))
    )


def _is_third_place(group: Group) -> bool:
    """Whether the place lies in a known country that is none of the parties'."""
    countries = {party.entity.country for party in group.parties if party.entity is not None}
    known = countries - {None}
    return bool(group.where and group.where.country and len(known) >= 2 and group.where.country not in known)


def _is_plural(group: Group, document: Document) -> bool:
    first = group.mentions[0]
    return bool(is_plural(document.sentences[first.sentence].doc[first.token]))


def _is_within_offer(group: Group) -> bool:
    """Whether all that is told of the event is that it was offered."""
    return all(any(why.rule == "offered" for why in mention.evidence) for mention in group.mentions)


def _offers(kind: str, group: Group) -> bool:
    return any(re.search(_table().offered[kind], topic.text) for topic in group.topics)


def _pairs(group: Group, direction: Direction) -> Iterator[tuple[str | None, str | None]]:
    if direction == "parties":
        names: list[str | None] = [
            party.entity.name for party in group.parties if party.entity is not None and party.role != "mediator"
        ]
        pairs = [(one, two) for one in names for two in names if one != two]
        alone: tuple[str | None, str | None] = (names[0] if names else None, None)
        yield from pairs[:MAX_PAIRS] or [alone]
        return
    source, target = direction.split("-")
    sources, targets = _named(group.parties, source), _named(group.parties, target)
    yield from [(one, two) for one in sources for two in targets][:MAX_PAIRS]


def _named(parties: tuple[Party, ...], role: str) -> list[str | None]:
    names: list[str | None] = [party.entity.name for party in parties if party.entity and party.role == role]
    return names or [None]
