"""Runs the extractor over annotated articles and scores its events.

python -m evaluation.events                                    the gold set of the project
python -m evaluation.events DEV.articles.jsonl DEV.gold.json   articles and annotations elsewhere
... --errors [KIND]    list the errors      --save NAME    keep the figures in results/NAME.json
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from evaluation.gold_set import load_gold
from evaluation.scoring import Scores, score
from evaluation.tables import as_data, mistake_table, score_tables
from schemas import Article, Result
from worker.extraction import Extractor

RESULTS = Path(__file__).parent / "results"
_FIELDS = frozenset(Article.model_fields)


@dataclass(frozen=True)
class Annotated:
    """An article and what its events are."""

    article: Article
    gold: dict[str, Any]


def main() -> None:
    """Score the extractor; see the module."""
    options = _options()
    sets = _sets(options)
    extractor = Extractor(clock=lambda: datetime.now(UTC), model=options.model)
    console = Console()
    scores = {name: _score(annotated, extractor, options, console) for name, annotated in sets.items()}
    console.print(score_tables(scores))
    for name, result in scores.items():
        if options.errors is not None:
            console.print(mistake_table(result, kind=options.errors or None))
        if options.save:
            _save(f"{options.save}-{name}" if len(scores) > 1 else options.save, result, options.model)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Score the extractor on annotated articles.")
    parser.add_argument("articles", nargs="?", type=Path, help="JSONL of articles; the project's gold set if absent")
    parser.add_argument("gold", nargs="?", type=Path, help="JSON list of annotations")
    parser.add_argument("--model", choices=("accurate", "small"), default="accurate")
    parser.add_argument("--errors", nargs="?", const="", metavar="KIND", help="list the errors, or those of one kind")
    parser.add_argument("--predictions", type=Path, help="write the results here, one JSON object a line")
    parser.add_argument("--save", metavar="NAME", help="keep the figures in results/NAME.json")
    return parser.parse_args()


def _sets(options: argparse.Namespace) -> dict[str, list[Annotated]]:
    if options.articles is None:
        shipped = [Annotated(item.article, item.gold) for item in load_gold()]
        return {language: [item for item in shipped if item.article.language == language] for language in ("de", "en")}
    return {options.articles.name.split(".")[0]: list(read_annotated(options.articles, options.gold))}


def read_annotated(articles: Path, gold: Path) -> Iterator[Annotated]:
    """Read articles (JSON lines) with their annotations (a JSON list), joined by id."""
    annotations = {item["id"]: item for item in json.loads(gold.read_text(encoding="utf-8"))}
    for line in articles.read_text(encoding="utf-8").splitlines():
        if line.strip():
            data = json.loads(line)
            article = Article(**{key: value for key, value in data.items() if key in _FIELDS})
            yield Annotated(article, annotations[data["id"]])


def _score(annotated: list[Annotated], extractor: Extractor, options: argparse.Namespace, console: Console) -> Scores:
    started = time.perf_counter()
    results = list(extractor.extract_many(item.article for item in annotated))
    characters = sum(len(item.article.text) for item in annotated)
    seconds = time.perf_counter() - started
    console.print(f"{len(results)} articles, {characters:,} characters in {seconds:.1f} s")
    if options.predictions:
        _write(options.predictions, results)
    events = {result.article_id: [event.model_dump(mode="json") for event in result.events] for result in results}
    return score([item.gold for item in annotated], events)


def _write(path: Path, results: list[Result]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.writelines(result.model_dump_json() + "\n" for result in results)


def _save(name: str, scores: Scores, model: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    data = {"model": model, "figures": as_data(scores)}
    (RESULTS / f"{name}.json").write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
