"""Joins what a headline tells with the event of the lead that it is about, though it calls the parties otherwise.

Headlines name parties by what they are (*Konzern bietet für Konkurrenten*) or by a part of them (*EU-Gipfel*).
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.extraction.document import Document, Entity, Mention

LEAD_REACH = 2
"""So many sentences behind the headline the text takes up what it says."""

_TOLD = frozenset({"asserted", "reported"})


def join_headlines(clusters: Sequence[list[Mention]], document: Document) -> list[list[Mention]]:
    """Give the events with each headline's in the first of the lead that the same word names, equally certain."""
    joined = [list(cluster) for cluster in clusters]
    for cluster in list(joined):
        if not all(is_headline(mention, document) for mention in cluster):
            continue
        lead = next((other for other in joined if _takes_up(other, cluster, document)), None)
        if lead is not None:
            joined.remove(cluster)
            lead[:0] = cluster
    return joined


def is_headline(mention: Mention, document: Document) -> bool:
    """Whether a mention stands in the headline."""
    return document.sentences[mention.sentence].section == "headline"


def is_unnamed(entity: Entity) -> bool:
    """Whether a common noun names it: ``die Gemeinde``, ``der Minister``."""
    return entity.key.startswith(("organization:", "group:", "role:", "person:"))


def _takes_up(other: list[Mention], cluster: list[Mention], document: Document) -> bool:
    headline = cluster[0]
    near = [one for one in other if 0 < one.sentence - headline.sentence <= LEAD_REACH]
    alike = any(one.trigger.id == headline.trigger.id and _as_certain(one, headline) for one in near)
    if not alike or any(is_headline(one, document) for one in other):
        return False
    if any(one.when and two.when and one.when.contradicts(two.when) for one in other for two in cluster):
        return False
    own = {key for one in cluster for key in _named(one)}
    known = {key for one in other for key in (*_named(one), *(voice.key for voice in one.voices))}
    return not known or own <= known


def _as_certain(one: Mention, other: Mention) -> bool:
    return one.factuality == other.factuality or {one.factuality, other.factuality} <= _TOLD


def _named(mention: Mention) -> list[str]:
    """Give the keys of the parties that stand beside the word under a name; one in it says which event, not who."""
    beside = (party for party in mention.parties if party.function != "compound" and party.entity is not None)
    return [party.entity.key for party in beside if party.entity is not None and not is_unnamed(party.entity)]
