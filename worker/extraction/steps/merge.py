"""Gathers the mentions of one event: same parties and no contradicting time; anaphors go to what they refer to.

Clustering is greedy in text order, as in sieve-based event coreference (Lu and Ng, 2016): sure links first.
"""

from __future__ import annotations

from dataclasses import replace

from schemas.catalogue import are_kin
from worker.extraction.document import Document, Entity, Group, Mention, Party, Sentence
from worker.extraction.nominal import GROUP_IN_WORD, stands_aside
from worker.extraction.verbs import antecedent
from worker.extraction.words import is_plural, lower

from .headlines import LEAD_REACH, is_headline, is_unnamed, join_headlines
from .newness import is_new, is_repeated
from .pointing import just_spoken_of

ANSWER_REACH = 3
"""How many sentences behind an offer its answer may stand."""

_MOST_EVENTS, _MOST_MENTIONS = 64, 24
"""So many events, and mentions of each, a mention is compared with: more than an article that people read has. So what
a very long text costs grows with its length and not with its square."""

_BESIDE = frozenset({"organizes", "mediated"})
"""Functions of those who bring the parties together: they tell no two events apart."""

_ADDRESSED = frozenset({"indirect", "to", "for"})


def merge_mentions(document: Document) -> Document:
    """Group the mentions into events, in text order; an anaphor without an event is dropped."""
    clusters: list[list[Mention]] = []
    for mention in document.mentions:
        if not mention.is_anaphor and not _is_bare(mention, document):
            _place(mention, clusters, document)
    for mention in document.mentions:
        if not mention.is_anaphor and _is_bare(mention, document):
            _place_bare(mention, clusters, document)
    for mention in document.mentions:
        cluster = _nearby_referent(mention, clusters, document) if mention.is_anaphor else None
        if cluster is not None:
            cluster.append(mention)
    groups = [_group(cluster) for cluster in join_headlines(clusters, document)]
    return replace(document, groups=tuple(sorted(groups, key=lambda group: _place_of(group.mentions[0]))))


def _group(cluster: list[Mention]) -> Group:
    mentions = tuple(sorted(cluster, key=_place_of))
    return Group(type=mentions[0].type, mentions=mentions)


def _place_of(mention: Mention) -> tuple[int, int]:
    return mention.sentence, mention.token


def _place(mention: Mention, clusters: list[list[Mention]], document: Document) -> None:
    pointed_at = just_spoken_of(mention, clusters[-_MOST_EVENTS:], document)
    if pointed_at is not None and not _contradicts_time(mention, pointed_at):
        pointed_at.append(mention)
        return
    for cluster in reversed(clusters[-_MOST_EVENTS:]):
        if _is_same(mention, _recalled(cluster), document):
            cluster.append(mention)
            return
    clusters.append([mention])


def _recalled(cluster: list[Mention]) -> list[Mention]:
    """What a mention is compared with of an event: its first mention and the latest."""
    return cluster if len(cluster) <= _MOST_MENTIONS else [cluster[0], *cluster[1 - _MOST_MENTIONS :]]


def _nearby_referent(mention: Mention, clusters: list[list[Mention]], document: Document) -> list[Mention] | None:
    """Find the event a mention refers to among those that begin near it."""
    near = clusters
    if len(clusters) > _MOST_EVENTS:
        reach = _MOST_EVENTS * 2
        near = [cluster for cluster in clusters if abs(cluster[0].sentence - mention.sentence) <= reach]
    recalled = [_recalled(cluster) for cluster in near]
    found = _referent(mention, recalled, document)
    return next((near[number] for number, one in enumerate(recalled) if one is found), None)


def _place_bare(mention: Mention, clusters: list[list[Mention]], document: Document) -> None:
    """Place a mention that names no party: with what it points back to, else (it has a time or place) by itself."""
    headline = is_headline(mention, document)
    points = mention.is_definite or mention.trigger.manner == "negotiation" or headline
    cluster = _nearby_referent(mention, clusters, document) if points else None
    if cluster is not None and (mention.is_definite or headline or _same_trigger(mention, cluster)):
        cluster.append(mention)
    else:
        _place(mention, clusters, document)


def _is_bare(mention: Mention, document: Document) -> bool:
    """Whether it names no party; in a headline (*Minister treffen sich*) common nouns name none."""
    entities = _entities(mention)
    if mention.is_definite and mention.parties and all(party.function == "attends" for party in mention.parties):
        return True  # "An dem Treffen nahm auch X teil" adds somebody to a meeting that is known
    return not entities or (is_headline(mention, document) and all(map(is_unnamed, entities)))


def _is_same(mention: Mention, cluster: list[Mention], document: Document) -> bool:
    if not any(are_kin(mention.type, other.type) for other in cluster):
        return False
    if any(_is_one_construction(mention, other, document) for other in cluster):
        return True
    new = is_new(mention, document) or (mention.is_offer and _is_indefinite(mention, document))
    leads = mention.sentence - cluster[0].sentence <= LEAD_REACH
    repeats = leads and is_headline(cluster[0], document) and _same_trigger(mention, cluster)
    new = new and mention.sentence != cluster[0].sentence and not repeats
    contradicts = _contradicts_fact(mention, cluster) or _contradicts_manner(mention, cluster)
    contradicts = contradicts or any(_are_side_by_side(mention, other, document) for other in cluster)
    if new or contradicts or _contradicts_time(mention, cluster):
        return False
    name, theirs_by_name = _names_in_word([mention]), _names_in_word(cluster)
    if name and theirs_by_name:
        return name == theirs_by_name
    return _fits_by_parties(mention, cluster, document)


def _fits_by_parties(mention: Mention, cluster: list[Mention], document: Document) -> bool:
    own, theirs = _named_beside(mention), [entity for other in cluster for entity in _named_beside(other)]
    if _answers(mention, cluster):
        return True
    if own and theirs:
        if _is_other_kind_elsewhere(mention, cluster):
            return len({entity.key for entity in own} & {entity.key for entity in theirs}) >= 2
        headline = is_headline(cluster[0], document) and _same_trigger(mention, cluster)
        shared = _share_parties(own, theirs, by_country=headline)
        return shared or (_is_loose(mention) and _same_trigger(mention, cluster))
    if theirs:
        return (mention.is_definite or _same_place(mention, cluster)) and _same_trigger(mention, cluster)
    return _may_continue(mention, cluster)


def _answers(mention: Mention, cluster: list[Mention]) -> bool:
    """``Meier nahm das Angebot an``: who answers an offer need not have been named with it."""
    if not mention.is_offer or not mention.is_definite or mention.stage not in {"accepted", "rejected"}:
        return False
    near = 0 < mention.sentence - cluster[-1].sentence <= ANSWER_REACH
    makers = any(party.function not in _ADDRESSED for party in mention.parties)
    return near and not makers and not any(party.function in _ADDRESSED for one in cluster for party in one.parties)


def _named_beside(mention: Mention) -> list[Entity]:
    """Give the parties but those in its compound: ``ASEM-Treffen`` says which meeting, not who comes."""
    beside = tuple(party for party in mention.parties if not _is_in_word(party))
    return _entities(replace(mention, parties=beside))


def _is_in_word(party: Party) -> bool:
    return party.function == "compound" and party.rule != "compound-in-phrase"


def _names_in_word(mentions: list[Mention]) -> frozenset[str]:
    inside = (party for mention in mentions for party in mention.parties if _is_in_word(party))
    parties = (party for party in inside if party.rule != GROUP_IN_WORD)
    return frozenset(party.entity.key for party in parties if party.entity is not None)


def _is_other_kind_elsewhere(mention: Mention, cluster: list[Mention]) -> bool:
    """A visit and a conversation that stand apart are one only if both parties are the same."""
    near = any(abs(mention.sentence - other.sentence) <= 1 for other in cluster)
    return not near and all(other.type != mention.type for other in cluster)


def _is_loose(mention: Mention) -> bool:
    """Whether a definite noun names at most who attends or an unnamed group: it points back all the same."""
    telling = [party for party in mention.parties if party.entity is not None and party.entity.kind != "group"]
    return mention.is_definite and all(party.function in {"attends", "subject", "by"} for party in telling)


def _same_trigger(mention: Mention, cluster: list[Mention]) -> bool:
    return any(mention.trigger.id == other.trigger.id for other in cluster)


def _same_place(mention: Mention, cluster: list[Mention]) -> bool:
    where = mention.where
    return where is not None and any(other.where is not None and other.where.name == where.name for other in cluster)


def _entities(mention: Mention) -> list[Entity]:
    parties = (party for party in mention.parties if party.function not in _BESIDE)
    return list({party.entity.key: party.entity for party in parties if party.entity is not None}.values())


def _all(cluster: list[Mention]) -> list[Entity]:
    return [entity for other in cluster for entity in _entities(other)]


def _share_parties(one: list[Entity], other: list[Entity], *, by_country: bool = False) -> bool:
    """Same parties, or those of one among the other's; a person stands for the own country beside a shared party."""
    shared = {entity.key for entity in one} & {entity.key for entity in other}
    left = [entity for entity in one if not _is_among(entity, other)]
    right = [entity for entity in other if not _is_among(entity, one)]
    if shared and all(map(_is_unnamed_body, right)) and all(map(_holds_office, left)):
        return True
    related = bool(shared) or (by_country and len(left) < len(one))
    return related and (not left or not right or len(shared) >= 2)


def _is_unnamed_body(entity: Entity) -> bool:
    return entity.key.startswith(("organization:", "group:"))


def _holds_office(entity: Entity) -> bool:
    return entity.kind == "person" and entity.descriptor is not None


def _is_among(entity: Entity, others: list[Entity]) -> bool:
    return any(entity.key == other.key or _stands_for(entity, other) or _stands_for(other, entity) for other in others)


def _stands_for(person: Entity, country: Entity) -> bool:
    return (
        country.kind == "country"
        and person.kind in {"person", "group", "organization"}
        and (person.country is not None and person.country == country.country)
    )


def _may_continue(mention: Mention, cluster: list[Mention]) -> bool:
    """Where one of the two names no party: same time, or the same word close by."""
    same_time = (
        mention.when is not None
        and mention.when.is_dated
        and any(other.when is not None and other.when.value == mention.when.value for other in cluster)
    )
    near = 0 <= mention.sentence - cluster[-1].sentence <= 2 and _same_trigger(mention, cluster)
    return mention.is_definite or same_time or near


def _is_indefinite(mention: Mention, document: Document) -> bool:
    """``a new bid``: an indefinite article brings up an offer that was not spoken of before."""
    sentence = document.sentences[mention.sentence]
    phrase = sentence.phrase_of(mention.token)
    if mention.pos != "noun" or phrase is None:
        return False
    words = [lower(token.text) for token in sentence.doc[max(sentence.start, phrase.start - 5) : mention.token]]
    return any(word in document.pack.grammar.indefinite for word in words) and not mention.is_definite


def _contradicts_fact(mention: Mention, cluster: list[Mention]) -> bool:
    """What has taken place is not still planned or asked for."""
    open_ = {"planned", "requested", "possible"}
    own = mention.factuality in open_ and mention.is_telling
    other = any(one.factuality == "asserted" and one.is_telling for one in cluster)
    reverse = mention.factuality == "asserted" and mention.is_telling
    if _denies_another(mention, cluster):
        return True
    return (own and other) or (reverse and all(one.factuality in open_ and one.is_telling for one in cluster))


def _denies_another(mention: Mention, cluster: list[Mention]) -> bool:
    """What is refused or denied is not what another word says has happened."""
    values = {other.factuality for other in cluster if other.is_telling or other.factuality == "denied"}
    if _same_trigger(mention, cluster):
        return False
    happened = mention.factuality == "asserted" and mention.is_telling
    return (happened and values == {"denied"}) or (mention.factuality == "denied" and values == {"asserted"})


def _contradicts_manner(mention: Mention, cluster: list[Mention]) -> bool:
    """A telephone call is no visit."""
    manners = {other.trigger.manner for other in cluster if not other.is_anaphor}
    bodily = {"visit", "encounter"}
    return (mention.trigger.manner == "phone" and manners <= bodily) or (
        mention.trigger.manner in bodily and manners == {"phone"}
    )


def _contradicts_time(mention: Mention, cluster: list[Mention]) -> bool:
    own = mention.when
    if own is None:
        return False
    return any(other.when is not None and own.contradicts(other.when) for other in cluster)


def _is_one_construction(mention: Mention, other: Mention, document: Document) -> bool:
    """Two words of one wording: *zu einer Sitzung kommen ... zusammen*, *die Bereitschaft, ... anzubieten*."""
    if mention.sentence != other.sentence or not are_kin(mention.type, other.type):
        return False
    sentence = document.sentences[mention.sentence]
    if mention.clause == other.clause and {mention.pos, other.pos} == {"noun", "verb"}:
        return not stands_aside(mention if mention.pos == "noun" else other, sentence, document)
    return any(_is_below(one, two, sentence) for one, two in ((mention, other), (other, mention)))


def _are_side_by_side(mention: Mention, other: Mention, document: Document) -> bool:
    """``Talks were held ahead of a visit``: one clause sets two events beside each other."""
    if mention.sentence != other.sentence or mention.clause != other.clause:
        return False
    sentence = document.sentences[mention.sentence]
    return stands_aside(mention, sentence, document) != stands_aside(other, sentence, document)


def _is_below(one: Mention, two: Mention, sentence: Sentence) -> bool:
    """Whether a mention stands in a relative clause on the other, or (offers) in the infinitive it governs."""
    if one.clause is None or two.clause is None:
        return False
    clause = sentence.clauses[one.clause]
    if clause.kind == "relative" and one.pos == "verb":
        before = antecedent(sentence, clause)
        return before is not None and before.start <= two.token < before.end
    return one.is_offer and clause.kind == "infinitive" and clause.parent == two.clause


def _referent(mention: Mention, clusters: list[list[Mention]], document: Document) -> list[Mention] | None:
    """Find the event an anaphor refers to: the nearest before it that it could name, else (in a headline) after it."""
    same = [cluster for cluster in clusters if any(_is_one_construction(mention, one, document) for one in cluster)]
    if same or is_new(mention, document):
        return same[0] if same else None
    own = [] if _is_bare(mention, document) else _entities(mention)
    fitting = [
        cluster
        for cluster in clusters
        if any(are_kin(mention.type, other.type) for other in cluster)
        and not _contradicts_time(mention, cluster)
        and not (mention.pos == "verb" and _denies_another(mention, cluster))
        and not (_is_plural(mention, document) is False and all(is_repeated(other, document) for other in cluster))
        and (not own or not _all(cluster) or _share_parties(own, _all(cluster)) or _is_loose(mention))
    ]
    before = [cluster for cluster in fitting if _last_before(cluster, mention) is not None]
    if before:
        nearest = max(before, key=lambda cluster: _last_before(cluster, mention) or (-1, -1))
        return max(
            before,
            key=lambda cluster: (
                _fit(mention, cluster, document) + (cluster is nearest),
                _last_before(cluster, mention) or (-1, -1),
            ),
        )
    fitting = [cluster for cluster in fitting if not all(is_new(other, document) for other in cluster)]
    if not is_headline(mention, document):
        # "nach den Gesprächen" may come before what was said, but not stand for what is a visit there.
        fitting = [cluster for cluster in fitting if any(other.type == mention.type for other in cluster)]
    if not fitting or not (is_headline(mention, document) or mention.is_definite):
        return None
    return max(fitting, key=lambda cluster: _is_of_manner(mention, cluster))


def _fit(mention: Mention, cluster: list[Mention], document: Document) -> int:
    """Count what speaks for an event as the referent: kind, certainty, number, and the same word."""
    open_ = {"planned", "requested", "possible"}
    agrees = any((mention.factuality in open_) == (other.factuality in open_) for other in cluster)
    return sum(
        (
            _is_of_manner(mention, cluster),
            (agrees or mention.factuality not in open_) * (1 + mention.is_telling),
            _agrees_in_number(mention, cluster, document),
            _same_trigger(mention, cluster),
        )
    )


def _agrees_in_number(mention: Mention, cluster: list[Mention], document: Document) -> bool:
    """``das Gespräch`` is not what was called ``Gespräche``."""
    own = _is_plural(mention, document)
    others = {_is_plural(other, document) for other in cluster if other.trigger.id == mention.trigger.id}
    return own is None or not others or own in others or None in others


def _is_plural(mention: Mention, document: Document) -> bool | None:
    return is_plural(document.sentences[mention.sentence].doc[mention.token]) if mention.pos == "noun" else None


def _last_before(cluster: list[Mention], mention: Mention) -> tuple[int, int] | None:
    return max((place for place in map(_place_of, cluster) if place < _place_of(mention)), default=None)


def _is_of_manner(mention: Mention, cluster: list[Mention]) -> bool:
    """Whether the word fits the kind of event: negotiations go on, an encounter is one occasion."""
    manners = {other.trigger.manner for other in cluster}
    own = mention.trigger.manner
    if own == "conversation" and manners == {"negotiation"}:
        return True  # negotiations are conversations, and "die Gespräche" may be them
    return own in manners or (own != "negotiation" and manners != {"negotiation"})
