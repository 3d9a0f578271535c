"""Scores the time layer: ``python -m evaluation.times``.

Runs it and ``dateparser.search`` over the annotated news of ``../shared/time`` (or of the folder that DEPESCHE_SHARED
names), keeps the figures in results/times.json and writes the table of docs/reference/time.md. HeidelTime's figures
are quoted: it needs a JVM and a tagger, and was measured once on the same documents. The corpora are for measuring
only; where they are absent the command says so and ends.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from evaluation.times_page import write_page
from evaluation.times_peer import search_times
from worker.extraction.time import find_times

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "times.json"
CORPORA = {"krauts_dev": "German news (KRAUTS)", "tbaq_dev": "English news (TimeBank, AQUAINT)"}
MEASURES = ("strict", "relaxed", "value", "interval")
Article = dict[str, Any]
Finder = Callable[[Article], list[dict[str, Any]]]


def main() -> int:
    """Score, keep, and write the page."""
    options = _read_options()
    folder = _corpora_folder()
    if folder is None:
        sys.stdout.write("skipped: neither DEPESCHE_SHARED nor ../shared holds the folder time with the corpora\n")
        return 0
    figures = {name: _score_corpus(folder, name, peer=not options.without_peer) for name in CORPORA}
    figures["items"] = _score_items(folder)
    if options.without_peer and RESULTS.is_file():
        _keep_peer(figures, json.loads(RESULTS.read_text(encoding="utf-8")))
    RESULTS.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(write_page(ROOT / "docs" / "reference" / "time.md", figures) + "\n")
    return 0


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--without-peer", action="store_true", help="keep the figures of dateparser.search (two minutes)"
    )
    return parser.parse_args()


def _corpora_folder() -> Path | None:
    named = os.environ.get("DEPESCHE_SHARED")
    folder = (Path(named) if named else ROOT.parent / "shared") / "time"
    return folder if (folder / "score.py").is_file() else None


def _score_corpus(folder: Path, name: str, *, peer: bool) -> dict[str, Any]:
    articles = _lines(folder / f"{name}.articles.jsonl")
    gold = _lines(folder / f"{name}.gold.jsonl")
    scorer = _load_scorer(folder, "score")
    engines: Counter[str] = Counter()
    _ours(articles[0])  # the start, once per process, is no part of the speed
    found, seconds = _run(articles, lambda article: _ours(article, engines))
    figures: dict[str, Any] = {
        "documents": len(articles),
        "expressions": sum(len(document["timex"]) for document in gold),
        "depesche": _f1(scorer, gold, found),
        "characters_a_second": round(sum(len(article["text"]) for article in articles) / seconds),
        "dated": engines["dateparser"] + engines["grammar"],
        "answered_by_dateparser": engines["dateparser"],
    }
    if peer:
        figures["dateparser.search"] = _f1(scorer, gold, _run(articles, search_times)[0])
    return figures


def _ours(article: Article, engines: Counter[str] | None = None) -> list[dict[str, Any]]:
    times = find_times(
        article["text"],
        published=date.fromisoformat(article["published"][:10]),
        language=article["language"],
        source_url=article.get("url"),
    )
    if engines is not None:
        engines.update(found.engine for found in times if found.interval is not None and found.type in {"DATE", "TIME"})
    return [found.as_json() for found in times]


def _run(articles: Iterable[Article], finder: Finder) -> tuple[dict[str, list[dict[str, Any]]], float]:
    started = time.process_time()
    found = {article["id"]: finder(article) for article in articles}
    return found, time.process_time() - started


def _f1(scorer: ModuleType, gold: list[Any], found: dict[str, Any]) -> dict[str, float]:
    result = scorer.score(gold, found)[0]
    return {measure: result[measure]["F1"] for measure in MEASURES}


def _score_items(folder: Path) -> dict[str, Any]:
    scorer = _load_scorer(folder, "score_items")
    found, _ = _run(_lines(folder / "items.articles.jsonl"), _ours)
    tally: Counter[str] = Counter()
    for item in _lines(folder / "items.jsonl"):
        language = item["language"]
        if item["expr"] is None:
            tally["sentences without a time"] += 1
            tally["false hits in them"] += len(found[item["id"]])
        else:
            verdict, _ = scorer.judge(item, found[item["id"]])
            tally[f"{language} expressions"] += 1
            tally[f"{language} exact"] += verdict == "exact"
    return dict(tally)


def _keep_peer(figures: dict[str, Any], earlier: dict[str, Any]) -> None:
    for name in CORPORA:
        figures[name]["dateparser.search"] = earlier[name]["dateparser.search"]


def _load_scorer(folder: Path, name: str) -> ModuleType:
    """Import a scorer from the folder it stands in; it imports its neighbours by name."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location(f"times_{name}", folder / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{name}.py: expected a Python file in {folder}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(main())
