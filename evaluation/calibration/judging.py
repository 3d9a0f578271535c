"""Which found events are right: those that stand for a gold event. What the gold calls debatable is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.pairing import Item, accepted_types, pair_events, text_mentions, touches
from schemas import Article
from worker.extraction import Extractor
from worker.extraction.steps.confidence import FIELD, SIGNS


@dataclass(frozen=True)
class Judged:
    """A found event: its confidence, the signs behind it, and whether it is right."""

    article_id: str
    confidence: float
    signs: frozenset[str]
    right: bool


def judge_articles(annotated: Iterable[tuple[Article, dict[str, Any]]], extractor: Extractor) -> Iterator[Judged]:
    """Extract the events of articles and judge each by the article's gold."""
    for article, gold in annotated:
        explained = extractor.explain(article)
        events = explained.result.events
        verdicts = judge(gold["events"], [event.model_dump(mode="json") for event in events])
        for event, right in zip(events, verdicts, strict=True):
            if right is not None:
                names = {item.rule for item in explained.evidence[event.id] if item.field == FIELD}
                yield Judged(gold["id"], event.confidence, frozenset(names & SIGNS.keys()), right)


def judge(gold: Sequence[Item], found: Sequence[Item]) -> list[bool | None]:
    """Say of each found event whether it is right, by the scorer's pairing; None where the gold leaves it open."""
    partner = {place: gold[index] for index, place in pair_events(gold, found).items()}
    paired = [id(event) for event in partner.values()]
    free = [event for event in gold if event.get("debatable") and id(event) not in paired]
    verdicts: list[bool | None] = []
    for place, event in enumerate(found):
        if place in partner:
            verdicts.append(None if partner[place].get("debatable") else True)
            continue
        open_one = next((one for one in free if _could_be(event, one)), None)
        if open_one is not None:
            free.remove(open_one)
        verdicts.append(False if open_one is None else None)
    return verdicts


def _could_be(found: Item, debatable: Item) -> bool:
    mentions = text_mentions(found)
    return found["type"] in accepted_types(debatable) and any(touches(one, mentions) for one in debatable["mentions"])
