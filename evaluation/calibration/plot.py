"""Draws what was said against what came true, one panel for each set of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from evaluation.calibration.reliability import BINS, Said, bins, calibration_error

_BLUE, _GREY = "#2b6ca3", "#8a8a8a"
_COUNTS_AT = -0.08
"""Height of the row of counts, below the shares."""


def draw(panels: Mapping[str, Sequence[Said]], path: Path) -> None:
    """Draw the panels side by side.

    Args:
        panels: Title to the events.
        path: Of the picture, PNG.
    """
    figure, axes = plt.subplots(1, len(panels), figsize=(4.2 * len(panels), 5.6), squeeze=False, sharey=True)
    for axis, (title, said) in zip(axes[0], panels.items(), strict=True):
        _panel(axis, title, said)
    axes[0][0].set_ylabel("share that is right")
    figure.tight_layout(rect=(0, 0.06, 1, 0.97))
    handles, labels = axes[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncols=len(labels), fontsize=9, frameon=False)
    # Without a date or version inside, the same figures give the same file.
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)


def _panel(axis: Axes, title: str, said: Sequence[Said]) -> None:
    tenths = bins(said)
    for edge in range(1, BINS):
        axis.axvline(edge / BINS, color=_GREY, linewidth=0.4, alpha=0.5)
    axis.plot([0, 1], [0, 1], color=_GREY, linestyle="--", linewidth=1, label="exactly as said")
    confidences, shares = [one.confidence for one in tenths], [one.right for one in tenths]
    low, high = zip(*(_wilson(one.right, one.events) for one in tenths), strict=True)
    axis.vlines(confidences, low, high, color=_BLUE, alpha=0.35, linewidth=2, label="95 % interval of the share")
    axis.plot(confidences, shares, "o", color=_BLUE, markersize=7, clip_on=False, label="events found, by tenths")
    for one in tenths:
        axis.text(one.confidence, _COUNTS_AT, str(one.events), ha="center", va="center", fontsize=9, color=_BLUE)
    axis.text(0.02, _COUNTS_AT, "events:", va="center", fontsize=9, color=_BLUE)
    axis.axhline(0, color=_GREY, linewidth=0.6)
    axis.set(xlim=(0, 1), ylim=(_COUNTS_AT - 0.06, 1.05), xlabel="confidence", aspect="equal")
    axis.set_yticks([tick / 5 for tick in range(6)])
    axis.set_title(f"{title}\n{len(said)} events, ECE {calibration_error(said):.3f}", fontsize=10)


def _wilson(share: float, count: int) -> tuple[float, float]:
    """Give the interval of a share by Wilson's score, at 95 per cent."""
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5
    return middle - half, middle + half
