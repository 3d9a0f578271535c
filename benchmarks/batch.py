"""Articles as one NDJSON batch over HTTP: what it does to the gateway's memory, and whether each comes back once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import Any, Self

from benchmarks.articles import ArticleSet, repeat
from benchmarks.installation import Installation
from benchmarks.processes import private_mib
from benchmarks.soak.tally import Tally


def measure(articles: ArticleSet, *, count: int, model: str) -> dict[str, Any]:
    """Send a batch and wait for all results.

    Args:
        articles: What it is made of.
        count: Articles in the batch.
        model: accurate or small.
    """
    with Installation(children=2, DEPESCHE_MODEL=model) as installation:
        installation.send_lines(_lines(articles, 64, "warm"))
        installation.wait_until_idle()
        gateway = installation.processes["gateway"].pid
        before = private_mib(gateway)
        body = _lines(articles, count, "batch")
        with _Highest(gateway) as highest:
            began = time.perf_counter()
            answer = installation.send_lines(body)
            accepted_s = time.perf_counter() - began
            installation.wait_until_idle()
            seconds = time.perf_counter() - began
        tally = Tally(installation.ledger.client).read()
        expected = [f"batch-{number}" for number in range(count)]
        results: Counter[str] = tally.results
        return {
            "articles": count,
            "bytes": len(body),
            "status": answer.status_code,
            "accepted": int(answer.headers["depesche-accepted"]),
            "accepted_per_s": count / accepted_s,
            "seconds": seconds,
            "gateway_before_mib": before,
            "gateway_highest_mib": highest.mib,
            "growth_mib": highest.mib - before,
            "lost": len(tally.lost(expected)),
            "failed": sum(tally.failures.values()),
            "twice": sum(1 for each in expected if results[each] > 1),
        }


def _lines(articles: ArticleSet, count: int, prefix: str) -> bytes:
    chosen = repeat(articles.mixed(), count, prefix=prefix)
    return b"".join(each.model_dump_json(exclude_none=True).encode() + b"\n" for each in chosen)


class _Highest:
    """Watches the memory that is a process's own."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.mib = 0.0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.wait(0.05):
            self.mib = max(self.mib, private_mib(self._pid))
