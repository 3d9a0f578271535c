"""``make bench``: measure everything, keep the figures as data, draw them, and write them into the page.

    python -m benchmarks [--quick] [--gold FOLDER] [--model accurate] [--only SECTION …]

``--quick`` measures a little of everything in a few minutes and keeps it apart: its figures say that the benchmarks
work, not how fast Depesche is.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import batch, depth, first_reading, latency, lengths, memory, service, steps, throughput
from benchmarks.articles import ArticleSet, read_articles
from benchmarks.page import write_page
from benchmarks.planning import keep_for_planning
from benchmarks.plots import draw
from worker.extraction.models import load_pipeline

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    rounds: int
    queued: int
    live: int
    backfill: int
    lengths: tuple[int, ...]
    depths: tuple[int, ...]
    children: tuple[int, ...]
    batch: int
    repeats: int
    service: int


FULL = Extent(
    rounds=3,
    queued=96,
    live=100,
    backfill=5_000,
    lengths=(100, 1_000, 10_000, 100_000),
    depths=(1_000, 10_000, 100_000),
    children=(1, 2, 4),
    batch=5_000,
    repeats=3,
    service=200,
)
QUICK = Extent(
    rounds=2,
    queued=48,
    live=20,
    backfill=200,
    lengths=(100, 1_000),
    depths=(200, 1_000),
    children=(1, 2),
    batch=200,
    repeats=1,
    service=40,
)


def main() -> None:
    """Measure section by section; each is kept as soon as it is there."""
    options = _read_options()
    articles = read_articles(options.gold)
    path = RESULTS / ("quick.json" if options.quick else "bench.json")
    sections = _sections(articles, QUICK if options.quick else FULL, options.model)
    figures: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name in options.only or sections:
        began = time.monotonic()
        print(f"{name} ...", flush=True)
        found = sections[name]()
        figures[name] = {"about": _about(articles, options.model), "figures": found}
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    if not options.quick:
        keep_for_planning(figures)
    draw(figures, RESULTS / "quick" if options.quick else RESULTS)
    print(write_page(figures, keep=not options.quick))


def _sections(articles: ArticleSet, extent: Extent, model: str) -> dict[str, Callable[[], Any]]:
    return {
        "throughput": lambda: throughput.measure(articles, model=model, rounds=extent.rounds, queued=extent.queued),
        "first": lambda: first_reading.measure(articles, model=model, rounds=extent.rounds),
        "steps": lambda: steps.measure(articles, model=model, repeats=extent.repeats),
        "memory": lambda: memory.measure(articles, model=model, children=extent.children),
        "lengths": lambda: lengths.measure(articles, model=model, lengths=extent.lengths),
        "latency": lambda: latency.measure(articles, model=model, live=extent.live, backfill=extent.backfill),
        "depth": lambda: depth.measure(articles, depths=extent.depths),
        "batch": lambda: batch.measure(articles, count=extent.batch, model="small"),
        "service": lambda: service.measure(articles, model=model, count=extent.service),
    }


def _about(articles: ArticleSet, model: str) -> dict[str, Any]:
    found = load_pipeline("de", model="small" if model == "small" else "accurate").meta.get("depesche", {})
    return {
        "articles": articles.name,
        "counts": {language: len(each) for language, each in articles.articles.items()},
        "words": {language: articles.words(language) for language in articles.articles},
        "model": model,
        "pipeline": f"{found.get('model')}-{found.get('version')}:{str(found.get('fingerprint', ''))[:16]}",
        "at": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "spacy": version("spacy"),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "load": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Depesche.")
    parser.add_argument("--quick", action="store_true", help="a little of everything, in a few minutes")
    parser.add_argument(
        "--gold", type=Path, help="folder with dev_*.articles.jsonl; the project's own articles unless given"
    )
    parser.add_argument("--model", choices=("accurate", "small"), default="accurate")
    parser.add_argument("--only", nargs="*", metavar="SECTION", help="measure these; what was measured before stays")
    return parser.parse_args()


if __name__ == "__main__":
    main()
