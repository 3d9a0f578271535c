"""Which found event stands for which gold event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]


def overlap(one: Item, other: Item) -> int:
    """Count shared characters; none when one span is out of proportion to the other: a trigger is a word."""
    lengths = sorted(item["end"] - item["start"] for item in (one, other))
    if lengths[1] > 3 * lengths[0] + 10:
        return 0
    return max(0, min(one["end"], other["end"]) - max(one["start"], other["start"]))


def touches(span: Item, others: Iterable[Item]) -> bool:
    """Say whether a span overlaps any of the others."""
    return any(overlap(span, other) for other in others)


def text_mentions(event: Item) -> list[Item]:
    """Give the mentions in the field text: the gold has no others."""
    return [mention for mention in event["mentions"] if mention.get("field", "text") == "text"]


def accepted_types(gold: Item) -> set[str]:
    """Give the type of a gold event and those equally right."""
    return {gold["type"], *gold.get("accept_types", [])}


def pair_events(gold: Sequence[Item], found: Sequence[Item]) -> dict[int, int]:
    """Pair gold and found events one to one, by their places in the lists.

    A found event may stand for a gold one of an accepted type when more of the gold's mentions are shared than it has
    mentions of other gold events. Most shared mentions go first, fewest foreign ones next.
    """
    candidates = []
    for g, gold_event in enumerate(gold):
        foreign = [
            mention
            for event in gold
            if event is not gold_event
            for mention in event["mentions"]
            if not touches(mention, gold_event["mentions"])
        ]
        for f, found_event in enumerate(found):
            if found_event["type"] not in accepted_types(gold_event):
                continue
            mentions = text_mentions(found_event)
            shared = sum(touches(mention, mentions) for mention in gold_event["mentions"])
            if shared > sum(touches(mention, foreign) for mention in mentions):
                outside = sum(not touches(mention, gold_event["mentions"]) for mention in mentions)
                candidates.append((-shared, outside, g, f))
    pairs: dict[int, int] = {}
    for _, _, g, f in sorted(candidates):
        if g not in pairs and f not in pairs.values():
            pairs[g] = f
    return pairs
