"""Writes the measured figures into the model card: ``python -m evaluation.model_card``.

Reads ``evaluation/results/language_models.json`` and replaces what stands between the card's two marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.language_models import RESULTS

CARD = Path(__file__).parents[1] / "worker" / "extraction" / "models" / "MODEL_CARD.md"
BEGIN, END = "<!-- figures: python -m evaluation.model_card -->", "<!-- end of figures -->"

_SPLITS = {
    "gsd_gold_tokens": "UD German GSD test, gold tokens",
    "gsd_raw_text": "UD German GSD test, raw text",
    "gsd_raw_text_joined": "UD German GSD test, raw text, hyphenated compounds of the gold joined as spaCy has them",
    "germeval": "GermEval 2014 test from sentence 2,501 on",
    "smartdata_news": "SmartData test, news",
    "ewt_gold_tokens": "UD English EWT test, gold tokens",
    "ewt_raw_text": "UD English EWT test, raw text",
    "loading": "Start and memory, one thread: seconds of the processor, MiB resident",
}
_DETAILS = {"per_relation": "relation", "per_label": "label"}


def render(results: dict[str, Any]) -> str:
    """The figures as tables: one of sums for each split, then one of labels for each split."""
    lines: list[str] = []
    for split, title in _SPLITS.items():
        scores = {name: found[split] for name, found in results.items() if split in found}
        if scores:
            lines += [f"### {title}", "", *_table(scores), ""]
    for split, title in _SPLITS.items():
        for detail, word in _DETAILS.items():
            scores = {name: found[split][detail] for name, found in results.items() if detail in found.get(split, {})}
            if scores:
                lines += [f"### {title}: F by {word}", "", *_table(scores, by_row=True), ""]
    return "\n".join(lines)


def _table(scores: dict[str, dict[str, Any]], *, by_row: bool = False) -> Iterator[str]:
    """Pipelines down and measures across, or the other way round where there are many measures."""
    measures = list(dict.fromkeys(m for found in scores.values() for m in found if m not in _DETAILS))
    rows, columns = (measures, list(scores)) if by_row else (list(scores), measures)
    yield "| |" + "|".join(f" {column} " for column in columns) + "|"
    yield "|---|" + "---|" * len(columns)
    for row in rows:
        cells = (scores[column].get(row) if by_row else scores[row].get(column) for column in columns)
        yield f"| {row} |" + "|".join("" if cell is None else f" {cell:.1f} " for cell in cells) + "|"


def main() -> None:
    """Replace the figures of the card."""
    card = CARD.read_text(encoding="utf-8")
    before, _, rest = card.partition(BEGIN)
    _, _, after = rest.partition(END)
    figures = render(json.loads(RESULTS.read_text(encoding="utf-8")))
    CARD.write_text(f"{before}{BEGIN}\n\n{figures}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
