"""``depesche submit --jsonl`` with a long file: is its memory flat, does it go on where it broke off, is nothing lost?

    python -m benchmarks.corpus [--articles 1000000]

A run is killed in the middle and started again; no worker runs, so that what is counted at the end is what came in.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.processes import cpu_s, pss_mib
from ledger import EmbeddedServer, LedgerSettings, open_redis
from schemas.names import KEY_LEASES

RESULT = Path(__file__).parent / "results" / "corpus.json"
TEXT = "Die Ministerin Nora Feldt traf am Dienstag in Bern ihren Kollegen Luca Arnaud, Nummer {number}."
POINTS = 10
"""At so many places of the file the memory is read."""


@dataclass(frozen=True)
class Found:
    """What a submission of a corpus cost.

    Attributes:
        articles: In the file.
        killed_after: Accepted when the first run was killed.
        cpu_s: Of the command, both runs together.
        memory_mib: Of the command, at even distances.
        kept: Articles in the ledger at the end.
        redis_mib: What they take there.
    """

    articles: int
    killed_after: int
    seconds: float
    cpu_s: float
    memory_mib: list[float]
    kept: int
    redis_mib: float


def measure(articles: int) -> Found:
    """Submit a corpus in two runs.

    Args:
        articles: How many; each is a sentence.
    """
    with tempfile.TemporaryDirectory(prefix="depesche-corpus-") as folder, EmbeddedServer(Path(folder)) as server:
        path = Path(folder) / "big.jsonl.gz"
        _write(path, articles)
        client = open_redis(LedgerSettings(), url=server.url)

        def accepted() -> int:
            return client.zcard(KEY_LEASES)

        began = time.monotonic()
        first = _Run(path, server.url)
        memory = first.watch(accepted, articles // 2, step=articles // POINTS)
        first.kill()
        killed_after = accepted()
        second = _Run(path, server.url)
        memory += second.watch(accepted, articles + 1, step=articles // POINTS)
        return Found(
            articles=articles,
            killed_after=killed_after,
            seconds=round(time.monotonic() - began, 1),
            cpu_s=round(first.cpu_s + second.cpu_s, 1),
            memory_mib=memory,
            kept=accepted(),
            redis_mib=round(int(client.info("memory")["used_memory"]) / 2**20, 1),
        )


def _write(path: Path, articles: int) -> None:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as stream:
        for number in range(articles):
            article = {"id": f"c-{number}", "language": "de", "text": TEXT.format(number=number)}
            stream.write(json.dumps(article) + "\n")


class _Run:
    """One run of the command."""

    def __init__(self, path: Path, url: str) -> None:
        command = [sys.executable, "-P", "-m", "cli", "submit", "--jsonl", str(path)]
        self._process = subprocess.Popen(command, env={**os.environ, "DEPESCHE_REDIS_URL": url})  # noqa: S603 - ours
        self.cpu_s = 0.0

    def watch(self, count: Callable[[], int], until: int, *, step: int) -> list[float]:
        """Read the memory at every so many articles, until there are enough or the run has ended."""
        found: list[float] = []
        due = count() + step
        while self._process.poll() is None and (now := count()) < until:
            self.cpu_s = cpu_s([self._process.pid])
            if now >= due:
                due += step
                found.append(round(pss_mib(self._process.pid), 1))
            time.sleep(0.05)
        return found

    def kill(self) -> None:
        """End it without a warning."""
        self._process.kill()
        self._process.wait()


def main() -> None:
    """Measure and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--result", type=Path, default=RESULT)
    options = parser.parse_args()
    found = measure(options.articles)
    options.result.write_text(json.dumps(asdict(found), indent=1) + "\n", encoding="utf-8")
    print(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
