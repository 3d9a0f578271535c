"""How long a live article takes from the request to its result: at half of the load, and while a corpus goes through.

Articles come at random (a Poisson process), one request each, whether earlier ones are done or not.
"""

from __future__ import annotations

import json
import random
import statistics
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import httpx

from benchmarks.articles import ArticleSet, repeat
from benchmarks.installation import Installation
from benchmarks.processes import busy_ticks, others_load
from benchmarks.throughput import through_queue
from schemas import Article

SENDERS = 16


def measure(articles: ArticleSet, *, model: str, live: int, backfill: int) -> dict[str, Any]:
    """Measure an installation with two processes that extract.

    Args:
        articles: What is read.
        model: accurate or small.
        live: Live articles for each figure.
        backfill: Articles of the corpus.
    """
    mixed = articles.mixed()
    with Installation(children=2, DEPESCHE_MODEL=model) as installation:
        through_queue(installation, list(repeat(mixed, 40, prefix="w")))
        capacity = 80 / through_queue(installation, list(repeat(mixed, 80, prefix="c"))).seconds
        half = _live(installation, mixed, live, rate=capacity / 2, prefix="half")
        few = _live(installation, mixed, live, rate=capacity / 10, prefix="alone")
        installation.send_lines(_lines(repeat(mixed, backfill, prefix="corpus")))
        beside = _live(installation, mixed, live, rate=capacity / 10, prefix="beside")
        left = int(installation.ledger.client.zcard("depesche:leases"))
    return {
        "articles_per_s": capacity,
        "half_load": half,
        "alone": few,
        "beside_a_backfill": {**beside, "of_the_backfill_left": left, "backfill": backfill},
        "p99_ratio": beside["p99_s"] / few["p99_s"],
    }


def _live(
    installation: Installation, articles: Sequence[Article], count: int, *, rate: float, prefix: str
) -> dict[str, Any]:
    """Send live articles at a rate and give how long their results took."""
    sent: dict[str, float] = {}
    done = _Results(installation, {f"{prefix}-{number}" for number in range(count)})
    order = random.Random(7)  # noqa: S311 - the same arrivals in each run
    before, began, began_cpu = busy_ticks(), time.perf_counter(), installation.cpu_s()
    with done, ThreadPoolExecutor(SENDERS) as pool, httpx.Client(base_url=installation.base, timeout=60) as http:
        requests = []
        due = time.time()
        for each in repeat(articles, count, prefix=prefix):
            due += order.expovariate(rate)
            time.sleep(max(0.0, due - time.time()))
            sent[str(each.id)] = time.time()
            requests.append(pool.submit(_post, http, each))
        wait(requests)
        for each in requests:
            each.result()
        done.wait(600)
    seconds = time.perf_counter() - began
    load = others_load(installation.cpu_s() - began_cpu, seconds, before, busy_ticks())
    took = sorted(done.at[each] - sent[each] for each in sent)
    return {
        "rate_per_s": rate,
        "articles": count,
        "mean_s": statistics.fmean(took),
        "p50_s": quantile(took, 0.5),
        "p99_s": quantile(took, 0.99),
        "others_cores": load,
        "took_s": [round(each, 4) for each in took],
    }


def _post(http: httpx.Client, article: Article) -> None:
    response = http.post("/v1/articles", content=article.model_dump_json(exclude_none=True), headers=_JSON)
    if response.status_code != 202:
        raise RuntimeError(f"answered with {response.status_code}")


_JSON = {"content-type": "application/json"}


def _lines(articles: Iterable[Article]) -> bytes:
    return b"".join(each.model_dump_json(exclude_none=True).encode() + b"\n" for each in articles)


def quantile(rising: Sequence[float], share: float) -> float:
    """Give the value that so large a share lies at or below."""
    return rising[min(len(rising) - 1, int(share * len(rising)))]


class _Results:
    """Looks at the stream of results and notes when each was published, by the server's clock: that of this machine."""

    def __init__(self, installation: Installation, expected: set[str]) -> None:
        self._installation = installation
        self._expected = expected
        self._stopped = threading.Event()
        self.at: dict[str, float] = {}
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> None:
        newest = self._installation.ledger.client.xrevrange("depesche:results", count=1)
        self._after = str(newest[0][0]) if newest else "0-0"
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def wait(self, timeout_s: float) -> None:
        """Wait until all that is expected is there."""
        deadline = time.monotonic() + timeout_s
        while self._expected - self.at.keys():
            if time.monotonic() > deadline:
                raise RuntimeError("live articles: not all results came")
            time.sleep(0.05)

    def _read(self) -> None:
        while not self._stopped.is_set():
            found = self._installation.ledger.client.xread({"depesche:results": self._after}, count=500, block=200)
            for entry, fields in found[0][1] if found else ():
                self._after = str(entry)
                subject = json.loads(fields["event"])["subject"]
                if subject in self._expected:
                    self.at[subject] = int(self._after.partition("-")[0]) / 1000
