"""Fits the confidence of events on labelled articles, and measures it on others.

python -m evaluation.calibrate --corpora CORPORA --gold GOLD     fit, measure, write weights, figures, picture and page
... --measure-only                                               keep the weights as they are
python -m evaluation.calibrate --draw                            picture and page again, from the figures kept

CORPORA holds ``news/wikinews_de.jsonl.gz``, GOLD the development gold (``dev_*``), which is never fitted on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from math import exp
from pathlib import Path
from typing import Any

from evaluation.calibration.fitting import Fit, fit
from evaluation.calibration.judging import Judged, judge_articles
from evaluation.calibration.page import write_page
from evaluation.calibration.plot import draw
from evaluation.calibration.reliability import Reliability, Said, measure
from evaluation.events import read_annotated
from evaluation.gold_set import load_gold
from evaluation.wikinews_labels import load_labelled
from schemas import Article
from worker.extraction import Extractor
from worker.extraction.steps.confidence import SIGNS, Calibration, read_calibration

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "worker" / "extraction" / "confidence.toml"
RESULTS = ROOT / "evaluation" / "results" / "confidence.json"
PAGE = ROOT / "docs" / "explanation" / "confidence.md"
PICTURE = PAGE.with_suffix(".png")

FITTED_ON = ("Wikinews, calibration split", "own gold set")
DEVELOPMENT = ("dev_de", "dev_wn", "dev_en")
LEFT_OUT = "fitted articles, each left out"
DEV = "development gold"
HELD_OUT = "Wikinews, held out"

_Annotated = Iterable[tuple[Article, dict[str, Any]]]
_HEAD = """\
# What each sign adds to the log odds that an event is right. Written by `make calibrate`; a sign's meaning stands in
# steps/confidence.py. A new sign goes in here with 0.0 before the next fit.
"""


def main() -> None:
    """Calibrate; see the module."""
    options = _options()
    if options.draw:
        calibration, said = read_calibration(), read_results()
    else:
        extractor = Extractor(clock=lambda: datetime.now(UTC))
        judged = {name: _judged(name, articles, extractor) for name, articles in _sets(options)}
        calibration, said = _calibrated(judged, keep=options.measure_only)
        _write_results(said, calibration)
    figures = {name: measure(events) for name, events in said.items()}
    draw({name: said[name] for name in (LEFT_OUT, DEV, HELD_OUT) if name in said}, PICTURE)
    write_page(PAGE, calibration, figures)
    _print(calibration, figures)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Calibrate the confidence of events.")
    parser.add_argument("--corpora", type=Path, help="folder that holds news/wikinews_de.jsonl.gz")
    parser.add_argument("--gold", type=Path, help="folder that holds the development gold, dev_*")
    parser.add_argument("--measure-only", action="store_true", help="keep the weights")
    parser.add_argument("--draw", action="store_true", help="draw picture and page from the figures kept")
    options = parser.parse_args()
    if not options.draw and not (options.corpora and options.gold):
        parser.error("--corpora and --gold are needed")
    return options


def _sets(options: argparse.Namespace) -> Iterator[tuple[str, _Annotated]]:
    labelled = list(load_labelled(options.corpora / "news" / "wikinews_de.jsonl.gz"))
    yield FITTED_ON[0], [(one.article, one.gold) for one in labelled if one.split == "calibration"]
    yield FITTED_ON[1], [(one.article, one.gold) for one in load_gold()]
    for name in DEVELOPMENT:
        files = (options.gold / f"{name}.{ending}" for ending in ("articles.jsonl", "gold.json"))
        yield name, [(one.article, one.gold) for one in read_annotated(*files)]
    yield HELD_OUT, [(one.article, one.gold) for one in labelled if one.split == "held out"]


def _judged(name: str, articles: _Annotated, extractor: Extractor) -> list[Judged]:
    events = list(judge_articles(articles, extractor))
    print(f"{name}: {sum(event.right for event in events)} of {len(events)} found events are right", flush=True)
    return events


def _calibrated(judged: Mapping[str, list[Judged]], *, keep: bool) -> tuple[Calibration, dict[str, list[Said]]]:
    """Fit, write the weights, and give every event the confidence that they say."""
    training = [event for name in FITTED_ON for event in judged[name]]
    fitted = fit(training, {name: sign.direction for name, sign in SIGNS.items()})
    calibration = read_calibration() if keep else write_weights(fitted, training, WEIGHTS)
    left_out = [replace(event, confidence=sure) for event, sure in zip(training, fitted.left_out, strict=True)]
    scored = {name: [rescored(event, calibration) for event in events] for name, events in judged.items()}
    scored[DEV] = [event for name in DEVELOPMENT for event in scored[name]]
    order = (*FITTED_ON, LEFT_OUT, *DEVELOPMENT, DEV, HELD_OUT)
    return calibration, {name: _said((scored | {LEFT_OUT: left_out})[name]) for name in order}


def rescored(event: Judged, calibration: Calibration) -> Judged:
    """Give an event the confidence that other weights say."""
    odds = calibration.base + sum(calibration.weights[name] for name in event.signs)
    return replace(event, confidence=round(1 / (1 + exp(-odds)), 3))


def _said(events: Sequence[Judged]) -> list[Said]:
    """Number the articles: the results name none."""
    numbers = {article: number for number, article in enumerate(dict.fromkeys(event.article_id for event in events))}
    return [Said(numbers[event.article_id], round(event.confidence, 3), event.right) for event in events]


def write_weights(fitted: Fit, training: Sequence[Judged], path: Path) -> Calibration:
    """Write the weights as the data file that the extraction reads."""
    calibration = Calibration(
        fitted=datetime.now(UTC).date(),
        on=f"the German {FITTED_ON[0]}, and the {FITTED_ON[1]} (German and English), accurate model",
        events=len(training),
        right=sum(event.right for event in training),
        penalty=fitted.penalty,
        base=fitted.base,
        # No negative zero: it would read as a finding.
        weights={name: weight + 0.0 for name, weight in fitted.weights.items()},
    )
    head = [f"{key} = {json.dumps(value, default=str)}" for key, value in calibration if key != "weights"]
    head[0] = f"fitted = {calibration.fitted}"
    weights = [f"{name} = {weight}" for name, weight in calibration.weights.items()]
    path.write_text(_HEAD + "\n".join([*head, "", "[weights]", *weights]) + "\n", encoding="utf-8")
    return calibration


def _write_results(said: Mapping[str, Sequence[Said]], calibration: Calibration) -> None:
    data = {
        "model": "accurate",
        "weights": {"base": calibration.base, **calibration.weights},
        "figures": {name: asdict(measure(events)) for name, events in said.items()},
        "events": {name: [[one.article, one.confidence, one.right] for one in ones] for name, ones in said.items()},
    }
    text = json.dumps(data, indent=1)
    RESULTS.write_text(_in_rows(text) + "\n", encoding="utf-8")


def _in_rows(text: str) -> str:
    """Set each event on one line."""
    return text.replace("[\n    ", "[").replace(",\n    ", ", ").replace("\n   ]", "]")


def read_results(path: Path = RESULTS) -> dict[str, list[Said]]:
    """Read what was said and what came true, by set of articles."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return {name: [Said(*one) for one in events] for name, events in data["events"].items()}


def _print(calibration: Calibration, figures: Mapping[str, Reliability]) -> None:
    print(f"base {calibration.base:+.2f}", *(f"{name} {weight:+.2f}" for name, weight in calibration.weights.items()))
    for name, one in figures.items():
        print(f"{name:32} {one.events:3} events  ECE {one.ece:.3f} {one.interval}  if exact {one.if_exact:.3f}")


if __name__ == "__main__":
    main()
