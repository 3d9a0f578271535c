"""Random faults while articles go through: ``python -m benchmarks.soak --minutes 30``.

Exit status 1 when an acknowledged article has neither result nor failure, or anything was published twice.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import redis

from benchmarks.soak.faults import Kind, kinds
from benchmarks.soak.figures import Figures
from benchmarks.soak.plant import Plant
from benchmarks.soak.submitting import Submitting
from benchmarks.soak.tally import Tally
from benchmarks.soak.watching import Watching
from ledger import LedgerSettings, open_redis
from schemas.names import KEY_LEASES, KEY_WORKER

GAP_S: Final = (1.0, 10.0)
"""Between two faults."""
WAITING: Final = 300
"""So many articles are under way; more would only wait."""
SETTLE_S: Final = 900.0
RESULTS: Final = Path(__file__).parents[1] / "results" / "soak.json"


class Soak:
    """One run."""

    def __init__(self, plant: Plant, *, minutes: float, seed: int) -> None:
        self._plant = plant
        self._minutes = minutes
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._faults: Counter[str] = Counter()
        self._tally = Tally(open_redis(LedgerSettings(redis_url=plant.url)))
        self._submitting = Submitting(plant.url, plant.gateway_port, self._is_enough, seed)
        self._started = time.monotonic()
        self._watching = Watching(minutes)

    def run(self) -> Figures:
        """Let it run, and count."""
        with self._watching as watching:
            watching.wait(self._is_up, self._figures, "starting", 120)
            self._started = time.monotonic()
            self._submitting.start()
            while (minutes := self._passed_min()) < self._minutes:
                self._one_fault()
            self._submitting.stop()
            self._plant.start()
            settling = time.monotonic()
            watching.wait(self._is_settled, self._figures, "waiting for the rest", SETTLE_S)
            self._read()
            return replace(self._figures(), minutes=round(minutes, 1), settled_s=round(time.monotonic() - settling, 1))

    def _passed_min(self) -> float:
        return (time.monotonic() - self._started) / 60

    def _one_fault(self) -> None:
        pause_until = time.monotonic() + self._chance.uniform(*GAP_S)
        self._watching.wait(lambda: time.monotonic() > pause_until, self._figures, "at work", 60)
        found = kinds(self._plant)
        kind: Kind = self._chance.choices(found, weights=[each.weight for each in found])[0]
        self._watching.show(self._figures(), kind.name)
        kind.do(self._plant, self._chance)
        self._faults[kind.name] += 1
        self._plant.start()  # whatever ended by the fault is started again, as an operator's supervisor does

    def _is_up(self) -> bool:
        with suppress(redis.RedisError):
            return len(self._tally.client.keys(f"{KEY_WORKER}*")) == len(self._plant.workers)
        return False

    def _is_enough(self) -> bool:
        with suppress(redis.RedisError):
            return int(self._tally.client.zcard(KEY_LEASES)) > WAITING
        return False

    def _is_settled(self) -> bool:
        with suppress(redis.RedisError):
            return int(self._tally.client.zcard(KEY_LEASES)) == 0
        return False

    def _read(self) -> None:
        with suppress(redis.RedisError):
            self._tally.read()

    def _figures(self) -> Figures:
        self._read()
        submitting, tally = self._submitting, self._tally
        return Figures(
            minutes=round(self._passed_min(), 1),
            acknowledged=len(submitting.acknowledged),
            by_http=submitting.by_http,
            refused=submitting.refused,
            ended=tally.ended(),
            failed=dict(Counter(tally.causes.values())),
            lost=len(tally.lost(submitting.acknowledged)),
            twice=len(tally.twice()),
            faults=dict(sorted(self._faults.items())),
            small_disk=self._plant.is_small_disk,
        )


def main() -> int:
    """Run it, print the figures and keep them."""
    options = _read_options()
    with tempfile.TemporaryDirectory(prefix="depesche-soak-") as folder:
        plant = Plant(Path(folder))
        try:
            plant.start()
            figures = Soak(plant, minutes=options.minutes, seed=options.seed).run()
        finally:
            plant.stop()
    figures.write(options.out, date=f"{datetime.now(UTC):%Y-%m-%d}")
    print(options.out.read_text(encoding="utf-8"), end="")
    return 0 if figures.is_good else 1


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Random faults while articles go through.")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="Of the faults and the articles.")
    parser.add_argument("--out", type=Path, default=RESULTS, help="Where the figures go, as JSON.")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
