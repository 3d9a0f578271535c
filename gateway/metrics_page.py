"""Writes docs/reference/metrics.md from what is measured: ``python -m gateway.metrics_page``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gateway.metrics import GATEWAY_METRICS
from ledger.metrics import table
from worker.service.metrics import WORKER_METRICS

PAGE: Final = Path(__file__).parents[1] / "docs" / "reference" / "metrics.md"
_HEAD: Final = """# Metrics

What the gateway and each worker give to Prometheus; how to get at it, and which alerts and which dashboard come with
it, is in [monitor](../how-to/monitor.md). A histogram has the series `_bucket`, `_sum` and `_count`. Labels have few
values and never ids, names of persons or words of articles. Both also give `process_cpu_seconds_total`,
`process_resident_memory_bytes` and their like (of a worker: of its parent alone). This page is made from the code
(`python -m gateway.metrics_page`).

"""


def render() -> str:
    """Give the page."""
    return f"{_HEAD}## Of the gateway\n\n{table(GATEWAY_METRICS)}\n## Of a worker\n\n{table(WORKER_METRICS)}"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
