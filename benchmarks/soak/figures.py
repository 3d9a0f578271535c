"""The figures of a soak, as they are shown and kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figures:
    """What happened.

    Args:
        minutes: How long the faults lasted.
        acknowledged: Articles whose submitter was told that they are accepted.
        by_http: Of these, those over HTTP.
        refused: Submissions that were refused or went unanswered.
        ended: Articles with a result or a failure.
        failed: Of these, those with a failure, by its code.
        lost: Acknowledged articles with neither.
        unannounced: Events that stand in a result and were never announced.
        twice: Articles with more than one, and events announced more than once.
        faults: How often each kind was done.
        small_disk: Whether the disk of Redis was small, so that it could be filled.
        settled_s: How long the rest took after the last fault, in seconds.
    """

    minutes: float
    acknowledged: int
    by_http: int
    refused: int
    ended: int
    failed: dict[str, int]
    lost: int
    unannounced: int
    twice: int
    faults: dict[str, int]
    small_disk: bool
    settled_s: float = 0.0

    @property
    def is_good(self) -> bool:
        """Nothing lost, nothing twice, and something was done at all."""
        return self.acknowledged > 0 and self.lost == self.unannounced == self.twice == 0

    def write(self, path: Path, *, date: str, seed: int) -> None:
        """Keep them as data."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"date": date, "seed": seed, **asdict(self)}, indent=2) + "\n", encoding="utf-8")
