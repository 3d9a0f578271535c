"""What memory a worker needs with one, two and four processes that extract, and gateway and server beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.articles import ArticleSet, repeat
from benchmarks.installation import Installation
from benchmarks.processes import family, private_mib, pss_mib
from benchmarks.throughput import through_queue

EACH = 24
"""Articles for each process, so that all have worked."""


def measure(articles: ArticleSet, *, model: str, children: Sequence[int]) -> list[dict[str, Any]]:
    """Measure workers with so many processes, after they have worked."""
    rows = []
    for count in children:
        with Installation(children=count, DEPESCHE_MODEL=model, DEPESCHE_MESSAGE_MAX_ARTICLES="1") as installation:
            through_queue(installation, list(repeat(articles.mixed(), EACH * count, prefix="m")))
            parent, *extracting = family(installation.processes["worker"].pid)
            rows.append(
                {
                    "children": count,
                    "pss_mib": sum(map(pss_mib, [parent, *extracting])),
                    "parent_pss_mib": pss_mib(parent),
                    "child_private_mib": sum(map(private_mib, extracting)) / len(extracting),
                    "gateway_pss_mib": pss_mib(installation.processes["gateway"].pid),
                    "server_pss_mib": pss_mib(installation.server.pid),
                }
            )
    return [{**row, "ratio": row["pss_mib"] / rows[0]["pss_mib"]} for row in rows]
