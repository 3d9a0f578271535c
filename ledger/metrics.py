"""What is measured, by name and meaning, and what measurements are given to; no library is needed for either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final, Literal, Protocol

from pydantic import Field

METRICS_HOST_DESCRIPTION: Final = "Address where metrics are served at DEPESCHE_METRICS_PORT."
METRICS_PORT_DESCRIPTION: Final = (
    "Port where this process alone serves its metrics to Prometheus, without a token; not at all when not set. "
    "Several processes on one machine each need their own."
)
MetricsPort = Annotated[int | None, Field(ge=1, le=65_535)]


@dataclass(frozen=True, slots=True)
class Metric:
    """Something that is measured.

    Args:
        name: As Prometheus knows it: prefix, what, unit; counters end in ``_total``.
        kind: What it does: only grow, stand at a value, or count values by size.
        help: What it says, in a sentence.
        labels: What it is told apart by; each has few values, never ids.
        buckets: Upper bounds of a histogram, in its unit.
    """

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


class Meter(Protocol):
    """Takes measurements."""

    def count(self, metric: Metric, *labels: str, by: float = 1) -> None:
        """Let a counter grow (or move a gauge)."""
        ...

    def observe(self, metric: Metric, value: float, *labels: str) -> None:
        """Count a value in its histogram."""
        ...

    def set(self, metric: Metric, value: float, *labels: str) -> None:
        """Note where a gauge stands."""
        ...


class NoMeter:
    """Where nobody measures."""

    def count(self, metric: Metric, *labels: str, by: float = 1) -> None:
        """Do nothing."""

    def observe(self, metric: Metric, value: float, *labels: str) -> None:
        """Do nothing."""

    def set(self, metric: Metric, value: float, *labels: str) -> None:
        """Do nothing."""


class MemoryMeter:
    """Keeps counters and gauges as numbers, and of histograms every value: for one thread, and for tests."""

    def __init__(self) -> None:
        self.values: dict[tuple[Metric, tuple[str, ...]], float] = {}
        self.observed: dict[tuple[Metric, tuple[str, ...]], list[float]] = {}

    def count(self, metric: Metric, *labels: str, by: float = 1) -> None:
        """Let a counter grow."""
        self.values[metric, labels] = self.values.get((metric, labels), 0) + by

    def observe(self, metric: Metric, value: float, *labels: str) -> None:
        """Keep a value."""
        self.observed.setdefault((metric, labels), []).append(value)

    def set(self, metric: Metric, value: float, *labels: str) -> None:
        """Note where a gauge stands."""
        self.values[metric, labels] = value


def table(metrics: Iterable[Metric]) -> str:
    """Write metrics as a table in Markdown."""
    rows = [f"| `{each.name}` | {each.kind} | {_shown_labels(each)} | {each.help} |" for each in metrics]
    return "\n".join(["| metric | kind | labels | |", "|---|---|---|---|", *rows]) + "\n"


def _shown_labels(metric: Metric) -> str:
    return ", ".join(f"`{each}`" for each in metric.labels)
