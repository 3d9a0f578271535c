"""Random faults while articles go through: ``python -m benchmarks.soak --minutes 30``.

Exit status 1 when an acknowledged article has neither result nor failure, or anything was published twice.
"""

from __future__ import annotations

import argparse
import random
import shutil
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
from benchmarks.soak.schedule import PACE_S, Schedule
from benchmarks.soak.submitting import Submitting
from benchmarks.soak.tally import Tally
from benchmarks.soak.watching import Watching
from ledger import LedgerSettings, open_redis
from schemas.names import KEY_LEASES, KEY_WORKER

WAITING: Final = 300
"""So many articles are under way; more would only wait."""
START_S: Final = 300.0
SETTLE_S: Final = 900.0
RESULTS: Final = Path(__file__).parents[1] / "results" / "soak.json"


class Soak:
    """One run."""

    def __init__(self, plant: Plant, *, minutes: float, seed: int, pace_s: float = PACE_S) -> None:
        self._plant = plant
        self._minutes = minutes
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._schedule = Schedule(kinds(plant), chance=self._chance, pace_s=pace_s)
        self._faults: Counter[str] = Counter()
        self._tally = Tally(open_redis(LedgerSettings(redis_url=plant.url)))
        self._submitting = Submitting(plant.url, plant.gateway_port, self._is_enough, seed)
        self._started = time.monotonic()
        self._watching = Watching(minutes)

    def run(self) -> Figures:
        """Let it run, and count."""
        with self._watching as watching:
            if not watching.wait(self._is_up, self._figures, "starting", START_S):
                msg = f"the workers gave no sign of life within {START_S:g} s"
                raise TimeoutError(msg)
            self._started = time.monotonic()
            self._submitting.start()
            while self._one_fault():
                pass
            minutes = self._passed_s() / 60
            self._submitting.stop()
            self._plant.start()
            settling = time.monotonic()
            watching.wait(self._is_settled, self._figures, "waiting for the rest", SETTLE_S)
            self._read()
            return replace(self._figures(), minutes=round(minutes, 1), settled_s=round(time.monotonic() - settling, 1))

    def _passed_s(self) -> float:
        return time.monotonic() - self._started

    def _one_fault(self) -> bool:
        """Wait for the next fault and do it; False when it would come after the end."""
        due_s, kind = self._schedule.next(now_s=self._passed_s())
        is_over = due_s >= self._minutes * 60
        until_s = min(due_s, self._minutes * 60)
        self._watching.wait(lambda: self._passed_s() >= until_s, self._figures, "at work", self._minutes * 60)
        if not is_over:
            self._do(kind)
        return not is_over

    def _do(self, kind: Kind) -> None:
        self._watching.show(self._figures(), kind.name)
        began_s = self._passed_s()
        kind.do(self._plant, self._chance)
        self._faults[kind.name] += 1
        self._plant.start()  # whatever ended by the fault is started again, as an operator's supervisor does
        self._watching.note(f"{began_s:7.1f} s: {kind.name}, {self._passed_s() - began_s:.1f} s")

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
            minutes=round(self._passed_s() / 60, 1),
            acknowledged=len(submitting.acknowledged),
            by_http=submitting.by_http,
            refused=submitting.refused,
            ended=tally.ended(),
            failed=dict(Counter(tally.causes.values())),
            lost=len(tally.lost(submitting.acknowledged)),
            unannounced=len(tally.unannounced()),
            twice=len(tally.twice()),
            faults=dict(sorted(self._faults.items())),
            small_disk=self._plant.is_small_disk,
        )


def main() -> int:
    """Run it, print the figures and keep them; of a bad run all logs and what Redis wrote down are kept, too."""
    options = _read_options()
    folder = Path(tempfile.mkdtemp(prefix="depesche-soak-"))
    plant = Plant(folder)
    figures = None
    try:
        plant.start()
        figures = Soak(plant, minutes=options.minutes, seed=options.seed, pace_s=options.pace_s).run()
    finally:
        is_good = figures is not None and figures.is_good
        plant.stop(keep=not is_good)
        if is_good:
            shutil.rmtree(folder)
        else:
            print(f"seed {options.seed}; logs and data are in {folder}", file=sys.stderr)
    figures.write(options.out, date=f"{datetime.now(UTC):%Y-%m-%d}", seed=options.seed)
    print(options.out.read_text(encoding="utf-8"), end="")
    return 0 if is_good else 1


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Random faults while articles go through.")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--pace-s", type=float, default=PACE_S, help="One fault in so many seconds.")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="Of the faults and the articles.")
    parser.add_argument("--out", type=Path, default=RESULTS, help="Where the figures go, as JSON.")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
