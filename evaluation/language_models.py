"""Scores the language pipelines on the test splits: ``python -m evaluation.language_models --corpora FOLDER``.

Writes ``evaluation/results/language_models.json``, from which the model card takes its figures. Nothing is ever chosen
by these figures: choosing is done on what training holds out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.compounds import join_compounds
from training.raw_scores import score_raw
from training.scores import score_names, score_syntax
from training.splits import english_treebanks, german_names, german_treebanks
from worker.extraction.models import ModelVariant, load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language

RESULTS = Path(__file__).parent / "results" / "language_models.json"
Scorer = Callable[["Language", Path], Any]

SCORERS: dict[str, dict[str, Scorer]] = {
    "de": {
        "gsd_gold_tokens": lambda nlp, corpora: score_syntax(nlp, german_treebanks(corpora).test),
        "gsd_raw_text": lambda nlp, corpora: score_raw(nlp, german_treebanks(corpora).test),
        "gsd_raw_text_joined": lambda nlp, corpora: score_raw(
            nlp, [join_compounds(sentence) for sentence in german_treebanks(corpora).test]
        ),
        "germeval": lambda nlp, corpora: score_names(nlp, german_names(corpora).germeval_test),
        "smartdata_news": lambda nlp, corpora: score_names(nlp, german_names(corpora).smartdata_test),
    },
    "en": {
        "ewt_gold_tokens": lambda nlp, corpora: score_syntax(nlp, english_treebanks(corpora).test),
        "ewt_raw_text": lambda nlp, corpora: score_raw(nlp, english_treebanks(corpora).test),
    },
}
"""The test splits of each language."""


def score(language: str, model: ModelVariant, corpora: Path) -> dict[str, Any]:
    """Every figure of one pipeline, by test split."""
    nlp = load_pipeline(language, model=model)
    return {name: asdict(scorer(nlp, corpora)) for name, scorer in SCORERS[language].items()}


def main() -> None:
    """Score and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument("--only", help="one pipeline, as de.accurate; the others' results are kept")
    options = parser.parse_args()
    results: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for language in SCORERS:
        for model in ("accurate", "small"):
            name = f"{language}.{model}"
            if options.only in {None, name}:
                kept = {"loading": found} if (found := results.get(name, {}).get("loading")) else {}
                results[name] = score(language, model, options.corpora) | kept
                print(name, json.dumps(results[name], indent=1))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
