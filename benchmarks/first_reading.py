"""How fast articles are that a process reads for the first time, whose words it has not met before.

What is found of a word is kept, so that the rounds of ``throughput`` know all words but in their first turn. A stream
of news lies between the two: most of its words have been met, some are new each day.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from benchmarks.articles import ArticleSet, count_words
from benchmarks.processes import cores
from benchmarks.reader import Reader
from benchmarks.throughput import LOADS
from schemas import Article

WAYS = ("bare", "cascade")


def measure(articles: ArticleSet, *, model: str, rounds: int) -> list[dict[str, Any]]:
    """Measure with a fresh process for every turn of every way, on one core.

    Args:
        articles: What is read.
        model: accurate or small.
        rounds: How often each way has its turn.
    """
    return [row for language in articles.articles for row in _measure(language, articles, model=model, rounds=rounds)]


def _measure(language: str, articles: ArticleSet, *, model: str, rounds: int) -> list[dict[str, Any]]:
    chosen = articles.articles[language]
    took: dict[str, list[float]] = {way: [] for way in WAYS}
    for number in range(rounds):
        for way in WAYS if number % 2 == 0 else WAYS[::-1]:
            took[way].append(_cpu_s(way, chosen, model=model))
    counted = chosen[LOADS:]
    words = sum(count_words(each) for each in counted)
    return [
        {
            "language": language,
            "way": way,
            "articles": len(counted),
            "articles_per_cpu_s": len(counted) / statistics.median(runs),
            "words_per_cpu_s": words / statistics.median(runs),
            "ratio_cpu": statistics.median(bare / run for bare, run in zip(took["bare"], runs, strict=True)),
        }
        for way, runs in took.items()
    ]


def _cpu_s(way: str, articles: Sequence[Article], *, model: str) -> float:
    """Give the seconds of the processor for all articles but those with which the process loads."""
    with Reader(min(cores(1)), model=model) as reader:
        reader.begin(way, articles[:LOADS])
        reader.end()
        reader.begin(way, articles[LOADS:])
        return reader.end()["cpu_s"]
