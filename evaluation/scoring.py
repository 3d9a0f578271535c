"""The scorer: found events against gold, per field and per type, with every error listed by its kind.

It follows the rules of the project's annotation guide: debatable events are never missed, fields are scored on matched
pairs (read them beside the recall), equally right times, types and factualities are listed in the gold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation.names import name_of, name_words, pair_by_name
from evaluation.pairing import Item, accepted_types, pair_events, text_mentions, touches

MAX_TOPICS = 3


@dataclass
class Counts:
    """Right, wrong and missed ones of a kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of what there is that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, *, right: int = 0, wrong: int = 0, missed: int = 0) -> None:
        """Count some more."""
        self.right += right
        self.wrong += wrong
        self.missed += missed


@dataclass(frozen=True)
class Mistake:
    """One error: its kind, the article, what was expected and what was found."""

    kind: str
    article_id: str
    expected: str = ""
    found: str = ""


@dataclass
class Scores:
    """Everything counted over a set of articles."""

    pairs: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    by_type: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    rates: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    invented: Counts = field(default_factory=Counts)
    topics: list[float] = field(default_factory=list)
    trap_hits: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    def accuracy(self, name: str) -> float:
        """Share of matched pairs whose field is right."""
        counts = self.rates[name]
        return counts.right / (counts.right + counts.wrong) if counts.right + counts.wrong else 0.0

    @property
    def invented_times(self) -> float:
        """Share of the matched events without a time that were given one."""
        total = self.invented.right + self.invented.wrong
        return self.invented.wrong / total if total else 0.0

    @property
    def topic_overlap(self) -> float:
        """Mean word overlap of the topics, 0 to 1."""
        return sum(self.topics) / len(self.topics) if self.topics else 0.0

    def kinds_of_mistakes(self) -> list[tuple[str, int]]:
        """Count the mistakes by kind, most frequent first."""
        return Counter(mistake.kind for mistake in self.mistakes).most_common()


def score(gold: Iterable[Item], found: Mapping[str, Sequence[Item]]) -> Scores:
    """Score found events against gold articles.

    Args:
        gold: Articles with ``id``, ``events`` and ``traps``.
        found: Events by article id, as they stand in a result.
    """
    scores = Scores()
    for article in gold:
        _score_article(scores, article, list(found.get(article["id"], [])))
    return scores


def _score_article(scores: Scores, article: Item, found: list[Item]) -> None:
    gold = article["events"]
    pairs = pair_events(gold, found)
    for place, event in enumerate(gold):
        if place in pairs:
            _count_event(scores, event, right=1)
            _score_fields(scores, article["id"], event, found[pairs[place]])
        elif not event.get("debatable"):
            _count_event(scores, event, missed=1)
            _note(scores, "event missed", article["id"], _describe(event))
    _count_extras(scores, article, found, pairs)
    for event in found:
        hits = sum(touches(trap, text_mentions(event)) for trap in article.get("traps", []))
        scores.trap_hits += hits
        if hits:
            _note(scores, "trap hit", article["id"], found=_describe(event))


def _count_event(scores: Scores, event: Item, **counts: int) -> None:
    if not event.get("debatable"):
        scores.pairs["event"].add(**counts)
        scores.by_type[event["type"]].add(**counts)


def _count_extras(scores: Scores, article: Item, found: list[Item], pairs: dict[int, int]) -> None:
    """Count what was found beside the gold; one such event may touch each debatable one freely."""
    debatable = [e for g, e in enumerate(article["events"]) if e.get("debatable") and g not in pairs]
    for place, event in enumerate(found):
        if place in pairs.values():
            continue
        mentions = text_mentions(event)
        free = next(
            (
                e
                for e in debatable
                if event["type"] in accepted_types(e) and any(touches(m, mentions) for m in e["mentions"])
            ),
            None,
        )
        if free is not None:
            debatable.remove(free)
            continue
        scores.pairs["event"].add(wrong=1)
        scores.by_type[event["type"]].add(wrong=1)
        _note(scores, "event extra", article["id"], found=_describe(event))


def _score_fields(scores: Scores, article_id: str, gold: Item, found: Item) -> None:
    _score_mentions(scores, gold, found)
    _score_participants(scores, article_id, gold, found)
    for name, want, got in (
        ("sources", gold.get("sources"), found.get("sources")),
        ("place", [gold.get("place")], [found.get("place")]),
    ):
        _score_names(scores, name, article_id, _named(want), _named(got))
    if gold["type"] == "offer" and found["type"] == "offer":
        _rate(scores, "stage", article_id, gold.get("stage"), found.get("stage"))
    _score_time(scores, article_id, gold, found)
    accepted = {gold["factuality"], *gold.get("accept_factuality", [])}
    _rate(scores, "factuality", article_id, gold["factuality"], found.get("factuality"), accepted=accepted)
    if gold.get("topic"):
        scores.topics.append(_topic_overlap(gold["topic"], found.get("topics") or []))


def _score_mentions(scores: Scores, gold: Item, found: Item) -> None:
    mentions = text_mentions(found)
    hits = sum(touches(mention, mentions) for mention in gold["mentions"])
    wrong = sum(not touches(mention, gold["mentions"]) for mention in mentions)
    scores.pairs["mentions"].add(right=hits, wrong=wrong, missed=len(gold["mentions"]) - hits)


def _score_participants(scores: Scores, article_id: str, gold: Item, found: Item) -> None:
    want, got = _named(gold["participants"]), _named(found.get("participants"))
    matched = [b for _, b in pair_by_name(want, got)]
    got = [p for p in got if not p.get("inferred") or any(p is m for m in matched)]
    pairs = _score_names(scores, "participants", article_id, want, got)
    exact = sum(name_words(name_of(a)) == name_words(name_of(b)) for a, b in pairs)
    scores.pairs["exact names"].add(right=exact, wrong=len(got) - exact, missed=len(want) - exact)
    for a, b in pairs:
        _rate(scores, "role", article_id, a["role"], b.get("role"), of=name_of(a))
        _rate(scores, "kind", article_id, a["kind"], b.get("kind"), of=name_of(a))


def _score_names(
    scores: Scores, name: str, article_id: str, want: list[dict[str, Any]], got: list[dict[str, Any]]
) -> list[tuple[Any, Any]]:
    pairs = pair_by_name(want, got)
    scores.pairs[name].add(right=len(pairs), wrong=len(got) - len(pairs), missed=len(want) - len(pairs))
    for item in want:
        if not any(item is a for a, _ in pairs):
            _note(scores, f"{name} missed", article_id, str(name_of(item)), ", ".join(str(name_of(g)) for g in got))
    for item in got:
        if not any(item is b for _, b in pairs):
            _note(scores, f"{name} extra", article_id, ", ".join(str(name_of(w)) for w in want), str(name_of(item)))
    return pairs


def _score_time(scores: Scores, article_id: str, gold: Item, found: Item) -> None:
    want, got = gold.get("time") or {}, found.get("time") or {}
    accepted = set(gold.get("accept_values", []))
    value = got.get("value")
    if not want.get("value"):
        invented = value is not None and value not in accepted
        scores.invented.add(right=not invented, wrong=invented)
        if invented:
            _note(scores, "time invented", article_id, found=str(value))
        return
    right = value in {want["value"], *accepted}
    _rate(scores, "time value", article_id, want["value"], value, accepted={want["value"], *accepted})
    if right:
        _rate(scores, "time relation", article_id, want.get("relation"), got.get("relation"))


def _rate(
    scores: Scores,
    name: str,
    article_id: str,
    want: Any,
    got: Any,
    *,
    accepted: set[Any] | None = None,
    of: str | None = None,
) -> None:
    right = got in (accepted if accepted is not None else {want})
    scores.rates[name].add(right=right, wrong=not right)
    if not right:
        subject = f"{of}: " if of else ""
        _note(scores, f"{name} wrong", article_id, f"{subject}{want}", str(got))


def _named(items: Any) -> list[dict[str, Any]]:
    return [item if isinstance(item, dict) else {"name": item} for item in items or [] if name_of(item)]


def _topic_overlap(want: str, topics: Sequence[Item]) -> float:
    wanted = set(name_words(want))
    found = [set(name_words(name_of(topic))) for topic in topics[:MAX_TOPICS]]
    return max(
        (2 * len(wanted & words) / (len(wanted) + len(words)) for words in found if words or wanted), default=0.0
    )


def _describe(event: Item) -> str:
    words = ", ".join(str(mention.get("text")) for mention in event["mentions"])
    who = ", ".join(str(name_of(participant)) for participant in event.get("participants") or [])
    return f"{event['type']} [{words}] {who}"


def _note(scores: Scores, kind: str, article_id: str, expected: str = "", found: str = "") -> None:
    scores.mistakes.append(Mistake(kind, article_id, expected, found))
