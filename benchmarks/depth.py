"""Whether a long queue costs anything: handing in, starting and finishing with up to 100,000 articles waiting."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from benchmarks.articles import ArticleSet, repeat
from benchmarks.installation import Installation
from producer import Client
from schemas import Article, ExtractorInfo, Result, article_id, content_hash
from schemas.article import ArticleInfo

PROBES = 50


def measure(articles: ArticleSet, *, depths: Sequence[int]) -> list[dict[str, Any]]:
    """Fill the queue step by step, without workers, and measure at each step."""
    rows = []
    with Installation(children=0) as installation, Client(installation.url) as client:
        fresh = repeat(articles.mixed(), 10_000_000, prefix="d")
        empty = _memory(installation)
        have = 0
        for depth in depths:
            began = time.perf_counter()
            for _ in client.submit_many(_take(fresh, depth - have), queue="backfill"):
                pass
            seconds = time.perf_counter() - began
            rows.append(
                {
                    "waiting": depth,
                    "submitted_per_s": (depth - have) / seconds,
                    "bytes_per_article": (_memory(installation) - empty) / depth,
                    "post_ms": _typical_ms(lambda: _post(installation, next(fresh))),
                    "start_and_finish_ms": _typical_ms(lambda: _start_and_finish(installation, client, next(fresh))),
                    "sweep_ms": _typical_ms(installation.ledger.sweep),
                }
            )
            have = depth + PROBES
    return rows


def _take(articles: Iterator[Article], count: int) -> Iterator[Article]:
    return (next(articles) for _ in range(count))


def _memory(installation: Installation) -> int:
    return int(installation.ledger.client.info("memory")["used_memory"])


def _typical_ms(work: Callable[[], object]) -> float:
    took = []
    for _ in range(PROBES):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def _post(installation: Installation, article: Article) -> None:
    body = article.model_dump_json(exclude_none=True)
    installation.http.post(
        "/v1/articles", content=body, headers={"content-type": "application/json"}
    ).raise_for_status()


def _start_and_finish(installation: Installation, client: Client, article: Article) -> None:
    """Do what a worker does around an extraction, for an article handed in just now."""
    client.submit(article)
    lease = installation.ledger.start(article_id(article), holder="bench").lease
    if lease is None or installation.ledger.finish(lease, empty_result(article)) != "published":
        raise RuntimeError("expected the article to be finished")


def empty_result(article: Article) -> Result:
    """Make the result of an article without events."""
    return Result(
        article_id=article_id(article),
        revision=1,
        content_hash=content_hash(article),
        article=ArticleInfo(),
        language=article.language or "de",
        events=(),
        extractor=ExtractorInfo(name="bench", version="0", language_pack="0", model="none"),
        extracted_at=datetime.now(UTC),
        elapsed_ms=0,
    )
