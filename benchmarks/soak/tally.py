"""Counts what became of every article that was submitted: exactly one result or one failure, or it is a fault."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from schemas.names import STREAM_EVENTS, STREAM_FAILURES, STREAM_RESULTS

PAGE = 5_000


@dataclass
class Tally:
    """What was published, counted as it is read; each call of ``read`` goes on where the last one ended.

    Args:
        client: The server.
        results: How often each article id has a result.
        failures: How often each has a failure.
        events: How often each event was announced or retracted.
        causes: The codes of the failures.
        promised: Events that stand in a result.
    """

    client: Any
    results: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    events: Counter[tuple[str, str]] = field(default_factory=Counter)
    causes: dict[str, str] = field(default_factory=dict)
    promised: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._read_to = dict.fromkeys((STREAM_RESULTS, STREAM_FAILURES, STREAM_EVENTS), "-")

    def read(self) -> Tally:
        """Count what was published since the last time."""
        for message in self._new(STREAM_RESULTS):
            self.results[message["subject"]] += 1
            self.promised.update(event["id"] for event in message["data"].get("events", ()))
        for message in self._new(STREAM_FAILURES):
            self.failures[message["data"]["article_id"]] += 1
            self.causes[message["data"]["article_id"]] = message["data"]["code"]
        for message in self._new(STREAM_EVENTS):
            self.events[message["type"], message["data"].get("id") or message["data"]["event_id"]] += 1
        return self

    def _new(self, stream: str) -> Iterable[dict[str, Any]]:
        while entries := self.client.xrange(stream, min=self._read_to[stream], count=PAGE):
            self._read_to[stream] = f"({entries[-1][0]}"
            for _, fields in entries:
                yield json.loads(fields["event"])

    def ended(self) -> int:
        """Give how many articles have a result or a failure."""
        return len(self.results.keys() | self.failures.keys())

    def lost(self, submitted: Iterable[str]) -> list[str]:
        """Give the articles that were acknowledged and have neither result nor failure."""
        return sorted(set(submitted) - self.results.keys() - self.failures.keys())

    def unannounced(self) -> list[str]:
        """Give the events that stand in a result and were never announced."""
        return sorted(self.promised - {event for _, event in self.events})

    def twice(self) -> list[str]:
        """Give the articles with more than one result or failure, and the events that were announced more than once."""
        ends = [article for article, count in (self.results + self.failures).items() if count > 1]
        return sorted([*ends, *(" ".join(event) for event, count in self.events.items() if count > 1)])
