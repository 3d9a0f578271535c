"""How the time of an article grows with its length: it should do so in proportion."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from benchmarks.articles import ArticleSet, of_length
from benchmarks.processes import cores
from benchmarks.reader import Reader
from benchmarks.ways import has_cascade

PIECES = {100: 50, 1_000: 8, 10_000: 2, 100_000: 1}
"""So many articles of each length, from different places of the texts; a short one alone says little."""


def measure(articles: ArticleSet, *, model: str, lengths: Sequence[int]) -> list[dict[str, Any]]:
    """Measure German articles of each length on one core."""
    rows: list[dict[str, Any]] = []
    source = articles.articles["de"]
    ways = ["bare", "full", *(["cascade"] if has_cascade() else [])]
    with Reader(min(cores(1)), model=model) as reader:
        for way in ways:
            reader.begin(way, source[:4])
            reader.end()
            for words in lengths:
                count = PIECES[words]
                pieces = [of_length(source, words, start=number * 97) for number in range(count)]
                reader.begin(way, pieces)
                rows.append({"way": way, "words": words, "cpu_s": reader.end()["cpu_s"] / count})
    shortest = {row["way"]: row["cpu_s"] / row["words"] for row in rows if row["words"] == lengths[0]}
    return [{**row, "per_word_to_shortest": row["cpu_s"] / row["words"] / shortest[row["way"]]} for row in rows]


def median_words(articles: ArticleSet) -> float:
    """Give the length that half of the articles have."""
    return statistics.median(len(each.text.split()) for each in articles.mixed())
