"""Writes the weights and the measured figures into the page on confidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from evaluation.calibration.reliability import Reliability
from worker.extraction.steps.confidence import Calibration

BEGIN, END = "<!-- figures: make calibrate -->", "<!-- end of figures -->"


def write_page(page: Path, calibration: Calibration, figures: Mapping[str, Reliability]) -> None:
    """Replace what stands between the marks of the page.

    Raises:
        ValueError: A mark is missing.
    """
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page.name}: expected the marks {BEGIN!r} and {END!r}")
    tables = "\n".join([*_weights(calibration), "", *_figures(figures)])
    page.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", encoding="utf-8")


def _weights(calibration: Calibration) -> Iterator[str]:
    yield (
        f"Fitted on {calibration.fitted:%d %B %Y} on {calibration.on}: {calibration.right} of {calibration.events} "
        f"found events are right; ridge {calibration.penalty:g}.\n"
    )
    yield "| | base | " + " | ".join(f"`{name}`" for name in calibration.weights) + " |"
    yield "|---" * (len(calibration.weights) + 2) + "|"
    weights = (calibration.base, *calibration.weights.values())
    yield "| adds | " + " | ".join(f"{weight:+.2f}" for weight in weights) + " |"


def _figures(figures: Mapping[str, Reliability]) -> Iterator[str]:
    yield "| events of | found | right | mean confidence | ECE | 95 % | if exact | Brier | ranking |"
    yield "|---" * 9 + "|"
    for name, one in figures.items():
        ranking = "" if one.ranking is None else f"{one.ranking:.2f}"
        yield (
            f"| {name} | {one.events} | {one.right / one.events:.2f} | {one.confidence:.2f} | {one.ece:.3f} "
            f"| {one.interval[0]:.3f} to {one.interval[1]:.3f} | {one.if_exact:.3f} | {one.brier:.3f} | {ranking} |"
        )
