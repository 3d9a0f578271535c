"""Draws the figures: one picture for each question."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

COLOURS = {
    "bare": "#8a8f98",
    "full": "#4878a8",
    "cascade": "#1b9e77",
    "en_core_web_sm": "#b8a13a",
    "command": "#4878a8",
    "queue": "#c85a28",
}
NAMES = {
    "bare": "bare pipeline (nlp.pipe)",
    "full": "depesche, without cascade",
    "cascade": "depesche",
    "en_core_web_sm": "bare en_core_web_sm",
    "command": "depesche extract --processes",
    "queue": "gateway, queue, worker, stream",
}
LANGUAGES = {"de": "German", "en": "English", "both": "both"}


def draw(figures: Mapping[str, Any], folder: Path) -> None:
    """Draw what was measured into a folder of pictures."""
    folder.mkdir(exist_ok=True)
    for name, picture in PICTURES.items():
        if name in figures:
            shape, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
            picture(axes, figures[name]["figures"])
            axes.spines[["top", "right"]].set_visible(False)
            shape.savefig(folder / f"{name}.png", dpi=110)
            plt.close(shape)


def _throughput(axes: Axes, rows: list[dict[str, Any]]) -> None:
    one = [row for row in rows if row["cores"] == 1]
    labels = [f"{LANGUAGES[row['language']]}: {NAMES[row['way']]}" for row in one]
    bars = axes.barh(range(len(one)), [row["ratio_cpu"] for row in one], color=[COLOURS[row["way"]] for row in one])
    texts = [
        f"{row['ratio_cpu']:.2f} ×  ({row['words'] / row['articles'] * row['articles_per_cpu_s']:,.0f} words/s)"
        for row in one
    ]
    axes.bar_label(bars, texts, padding=3, fontsize=8)
    axes.set_yticks(range(len(one)), labels, fontsize=8)
    axes.invert_yaxis()
    axes.axvline(1, color="#8a8f98", linewidth=0.8, linestyle=":")
    axes.set_xlim(0, 1.35 * max(row["ratio_cpu"] for row in one))
    axes.set_xlabel("speed on one core, the bare pipeline of the same run being 1")


def _memory(axes: Axes, rows: list[dict[str, Any]]) -> None:
    names = [str(row["children"]) for row in rows]
    parents = [row["parent_pss_mib"] for row in rows]
    children = [row["pss_mib"] - row["parent_pss_mib"] for row in rows]
    axes.bar(names, parents, color="#8a8f98", label="parent")
    bars = axes.bar(names, children, bottom=parents, color="#1b9e77", label="processes that extract")
    axes.bar_label(bars, [f"{row['pss_mib']:.0f} MiB, {row['ratio']:.2f} ×" for row in rows], padding=3, fontsize=9)
    axes.set_xlabel("processes of one worker")
    axes.set_ylabel("memory (PSS), MiB")
    axes.set_ylim(0, 1.25 * rows[-1]["pss_mib"])
    axes.legend(frameon=False, loc="upper left")


def _lengths(axes: Axes, rows: list[dict[str, Any]]) -> None:
    for way in dict.fromkeys(row["way"] for row in rows):
        mine = [row for row in rows if row["way"] == way]
        axes.plot(
            [row["words"] for row in mine],
            [1e3 * row["cpu_s"] / row["words"] for row in mine],
            marker="o",
            color=COLOURS[way],
            label=NAMES[way],
        )
    axes.set_xscale("log")
    axes.set_ylim(0)
    axes.set_xlabel("words of the article")
    axes.set_ylabel("milliseconds of one core per word")
    axes.legend(frameon=False)


def _latency(axes: Axes, found: dict[str, Any]) -> None:
    shown = {
        "alone": ("news alone, at a tenth of the load", "#8a8f98"),
        "beside_a_backfill": ("the same beside a corpus", "#c85a28"),
        "half_load": ("news alone, at half of the load", "#1b9e77"),
    }
    for key, (label, colour) in shown.items():
        took = found[key]["took_s"]
        shares = [(number + 1) / len(took) for number in range(len(took))]
        axes.step(took, shares, where="post", color=colour, label=f"{label}: p99 {found[key]['p99_s']:.2f} s")
    axes.set_xlabel("seconds from the request to the result on the stream")
    axes.set_ylabel("share of articles")
    axes.set_xlim(0)
    axes.set_ylim(0, 1)
    axes.legend(frameon=False, loc="lower right", fontsize=9)


def _depth(axes: Axes, rows: list[dict[str, Any]]) -> None:
    for key, label, colour in (
        ("post_ms", "POST of an article", "#c85a28"),
        ("start_and_finish_ms", "submit, start and finish", "#1b9e77"),
        ("sweep_ms", "one sweep", "#8a8f98"),
    ):
        axes.plot([row["waiting"] for row in rows], [row[key] for row in rows], marker="o", color=colour, label=label)
    axes.set_xscale("log")
    axes.set_ylim(0)
    axes.set_xlabel("articles that wait")
    axes.set_ylabel("milliseconds (median)")
    axes.legend(frameon=False)


def _steps(axes: Axes, rows: list[dict[str, Any]]) -> None:
    way = rows[-1]["way"]
    mine = [row for row in rows if row["way"] == way and row["share"] >= 0.01]
    bars = axes.barh([row["step"] for row in mine], [100 * row["share"] for row in mine], color=COLOURS[way])
    axes.bar_label(bars, [f"{100 * row['share']:.0f} %" for row in mine], padding=3, fontsize=8)
    axes.tick_params(axis="y", labelsize=8)
    axes.invert_yaxis()
    axes.set_xlabel(f"share of the processor's time ({NAMES[way]})")


PICTURES = {
    "throughput": _throughput,
    "memory": _memory,
    "lengths": _lengths,
    "latency": _latency,
    "depth": _depth,
    "steps": _steps,
}
