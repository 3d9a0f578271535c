"""Gives each event the best of its mentions: type, parties with roles, time, place, factuality, sources, topics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from schemas.catalogue import EVENT_TYPES
from schemas.event import Factuality, Role
from worker.extraction.document import About, Document, Entity, Evidence, Group, Mention, Party, Voice, When, Where
from worker.extraction.languages.trigger_forms import Function

from .headlines import is_unnamed

_CERTAINTY: tuple[Factuality, ...] = ("planned", "reported", "requested", "possible")
_FINE = (
    "minute",
    "hour",
    "part_of_day",
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "half_year",
    "season",
    "year",
    "decade",
)
_DAYS = frozenset({"minute", "hour", "part_of_day", "day"})
MAX_PARTIES = 20


def fill_fields(document: Document) -> Document:
    """Fill each event's fields, and drop an event of which nothing is known but its word."""
    groups = [_filled(group, document) for group in document.groups]
    return replace(document, groups=tuple(group for group in groups if _is_substantial(group)))


def _filled(group: Group, document: Document) -> Group:
    type_ = _type(group.mentions)
    parties, roles = _parties(group, type_, document)
    factuality, reason = _factuality(group.mentions)
    return replace(
        group,
        type=type_,
        parties=parties,
        when=_when(group.mentions),
        where=_where(group.mentions),
        topics=_topics(group.mentions),
        factuality=factuality,
        stage=_stage(group.mentions, type_),
        voices=_voices(group.mentions),
        evidence=(*(why for mention in group.mentions for why in mention.evidence), *roles, reason),
    )


def _is_substantial(group: Group) -> bool:
    """Whether there is a party, a time or a place: a bare generic word is no event."""
    return bool(group.parties) or group.when is not None or group.where is not None


def _type(mentions: tuple[Mention, ...]) -> str:
    own = [mention for mention in mentions if not mention.is_anaphor] or list(mentions)
    best = max(
        own, key=lambda mention: (mention.trigger.specificity, mention.factuality == "asserted", -mention.sentence)
    )
    return best.type


def _parties(group: Group, type_: str, document: Document) -> tuple[tuple[Party, ...], list[Evidence]]:
    """Join the parties of all mentions, each once, with the most telling of its roles."""
    found: dict[str, Party] = {}
    evidence: list[Evidence] = []
    for mention in _text_first(group.mentions, document):
        for party in mention.parties:
            role = _role(party.function, mention, type_, document)
            if party.entity is None or role is None:
                continue
            known = found.get(party.entity.key)
            if known is None or (_is_telling(role, type_) and not _is_telling(known.role, type_)):
                found[party.entity.key] = replace(party, role=role, inferred=party.inferred and known is None)
                evidence.append(Evidence(f"participants.{party.entity.name}", f"{party.rule} → {role}"))
    host = _visited_country(group, found)
    if type_ == "meeting" and host is not None:
        found.setdefault(host.entity.key if host.entity else "", host)
        evidence.append(Evidence("participants", "country-visited → host"))
    parties = _without_shadows(_without_headline_names(list(found.values()), group, document))
    return tuple(parties[:MAX_PARTIES]), evidence


def _text_first(mentions: tuple[Mention, ...], document: Document) -> list[Mention]:
    """Put an offer's headline last: there *X offered a post* may be short for *was offered*, and the text says more."""
    if not mentions[0].is_offer:
        return list(mentions)
    return sorted(mentions, key=lambda mention: document.sentences[mention.sentence].section == "headline")


def _is_telling(role: Role | None, type_: str) -> bool:
    """Whether a role says more than that one takes part; each role of an offer does."""
    event_type = EVENT_TYPES[type_]
    return event_type.form == "offer" or role != event_type.default_role


def _visited_country(group: Group, parties: dict[str, Party]) -> Party | None:
    """``Besuch in Kuba``: the country visited is the host, where no other is named."""
    roles = {party.role for party in parties.values()}
    for mention in group.mentions:
        where = mention.where
        visits = mention.trigger.manner == "visit" and where is not None and where.is_country
        if where is not None and visits and "visitor" in roles and "host" not in roles:
            entity = Entity(where.country or where.name, where.name, "country", None, where.country)
            return Party(
                "at", mention.sentence, mention.token, mention.token + 1, "country-visited", entity, role="host"
            )
    return None


def _without_headline_names(parties: list[Party], group: Group, document: Document) -> list[Party]:
    """Leave out whom the headline calls by a common noun (*Konzern*, *rebels*) where the text names two parties."""
    every = [party for mention in group.mentions for party in mention.parties if party.entity is not None]
    in_text = {
        party.entity.key
        for party in every
        if party.entity is not None and document.sentences[party.sentence].section != "headline"
    }
    called = [
        party
        for party in parties
        if party.entity is not None and is_unnamed(party.entity) and party.entity.key not in in_text
    ]
    others = [party for party in parties if party not in called]
    told = [party for party in others if party.entity is not None and not is_unnamed(party.entity)]
    return others if len(others) > 1 and told else parties


def _without_shadows(parties: list[Party]) -> list[Party]:
    """Leave out a group or office that only repeats a named party: ``der US-Präsident`` beside his name."""
    named = {party.entity.descriptor for party in parties if party.entity is not None}
    return [
        party
        for party in parties
        if not (party.entity is not None and party.entity.kind == "person" and party.entity.name in named)
    ]


def _role(function: Function, mention: Mention, type_: str, document: Document) -> Role | None:
    table = document.pack.triggers[mention.type]
    role = mention.trigger.roles.get(function) or table.roles.get(function)
    if mention.type == type_:
        return role
    return role if role in EVENT_TYPES[type_].roles else None


def _when(mentions: tuple[Mention, ...]) -> When | None:
    times = [mention.when for mention in mentions if mention.when is not None]
    if not times:
        return None
    first = min(times, key=lambda when: (_vagueness(when)[0], when.relation == "about"))
    within = [when for when in times if _vagueness(when) < _vagueness(first) and when.granularity == "day"]
    return within[0] if within and first.granularity not in _DAYS else first


def _vagueness(when: When) -> tuple[bool, int]:
    value = when.value or ""
    granularity = when.granularity
    return value.endswith("_REF") or not value, _FINE.index(granularity) if granularity in _FINE else len(_FINE)


def _where(mentions: tuple[Mention, ...]) -> Where | None:
    return next((mention.where for mention in mentions if mention.where is not None), None)


def _topics(mentions: tuple[Mention, ...]) -> tuple[About, ...]:
    found: dict[str, About] = {}
    for mention in mentions:
        for topic in mention.topics:
            found.setdefault(topic.text, topic)
    return tuple(found.values())[:3]


def _factuality(mentions: tuple[Mention, ...]) -> tuple[Factuality, Evidence]:
    """Weigh the mentions: called off or denied wins, then fact, plan, report, request, possibility.

    A mention that merely points back (*das Treffen*) asserts nothing.
    """
    telling = [mention for mention in mentions if mention is mentions[0] or not _is_pointing(mention)]
    values = [mention.factuality for mention in telling]
    all_values = [mention.factuality for mention in mentions]
    if "cancelled" in all_values:
        return "cancelled", Evidence("factuality", "one mention cancels")
    if "denied" in values and "asserted" not in values[values.index("denied") :]:
        return "denied", Evidence("factuality", "last word is a denial")
    told = [mention.factuality for mention in mentions if mention.is_telling]
    if "planned" in told and "asserted" not in told:
        return "planned", Evidence("factuality", "said to be to come, nowhere to have been")
    if "asserted" in values:
        return "asserted", Evidence("factuality", "one mention asserts")
    best = next((value for value in _CERTAINTY if value in all_values), values[0])
    return best, Evidence("factuality", "strongest of the mentions")


def _is_pointing(mention: Mention) -> bool:
    return mention.factuality == "asserted" and (mention.is_anaphor or (mention.is_definite and not mention.parties))


def _stage(mentions: tuple[Mention, ...], type_: str) -> str | None:
    """What became of the offer outweighs that it was made; made outweighs willing."""
    known = EVENT_TYPES[type_].stages
    if not known:
        return None
    stages = [mention.stage for mention in mentions if mention.stage in known]
    for stage in ("withdrawn", "rejected", "accepted", "renewed"):
        if stage in stages:
            return stage
    return stages[0] if stages else ("made" if "made" in known else None)


def _voices(mentions: Iterable[Mention]) -> tuple[Voice, ...]:
    found: dict[str, Voice] = {}
    for mention in mentions:
        for voice in mention.voices:
            found.setdefault(voice.key, voice)
    return tuple(found.values())
