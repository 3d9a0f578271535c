"""Writes the Grafana dashboard: ``python deploy/monitoring/dashboard.py`` makes dashboard.json beside it.

Grafana's own format has some sixty lines for each panel; here a panel is one. To change the dashboard for good, change
it here; one that was changed in Grafana is lost at the next import.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

TARGET: Final = Path(__file__).with_name("dashboard.json")
WIDTH: Final = 24
RATE: Final = "$__rate_interval"
SOURCE: Final = {"type": "prometheus", "uid": "${datasource}"}


@dataclass(frozen=True)
class Panel:
    """A panel.

    Args:
        title: Above it.
        queries: Expression and the legend of its series.
        unit: As Grafana knows it: s, short, percentunit, bytes, reqps.
        kind: Lines over time, one number, or a table of labels.
        width: Of 24 columns.
        text: What it says, and when to look at it.
        stacked: Whether the series add up to a whole.
        bad_above: The number turns red from here on; below, it is green.
        bad_below: The number is red below this, and green from here on.
    """

    title: str
    queries: tuple[tuple[str, str], ...]
    unit: str = "short"
    kind: Literal["timeseries", "stat", "table"] = "timeseries"
    width: int = 12
    text: str = ""
    stacked: bool = False
    bad_above: float | None = None
    bad_below: float | None = None

    @property
    def height(self) -> int:
        """In rows."""
        return 4 if self.kind == "stat" else 8


def _quantile(q: float, metric: str, by: str) -> str:
    return f"histogram_quantile({q}, sum by (le, {by}) (rate({metric}_bucket[{RATE}])))"


_EXTRACTIONS: Final = f"sum(rate(depesche_extraction_duration_seconds_count[{RATE}]))"


def _lines(*queries: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return queries


ROWS: Final[dict[str, Sequence[Panel]]] = {
    "How it goes": (
        Panel("Workers alive", _lines(("max(depesche_workers_alive)", "")), kind="stat", width=4, bad_below=1),
        Panel("Redis answers", _lines(("min(depesche_redis_up)", "")), kind="stat", width=4, bad_below=1),
        Panel(
            "Articles unfinished",
            _lines(("max(depesche_articles_unfinished)", "")),
            kind="stat",
            width=4,
            bad_above=80_000,
        ),
        Panel(
            "Oldest news waiting",
            _lines(('max(depesche_queue_oldest_article_age_seconds{queue="live"})', "")),
            "s",
            "stat",
            4,
            bad_above=120,
        ),
        Panel(
            "Articles done per minute",
            _lines((f'60 * sum(rate(depesche_articles_total{{outcome="done"}}[{RATE}]))', "")),
            kind="stat",
            width=4,
        ),
        Panel(
            "Articles that failed, last hour",
            _lines(('sum(increase(depesche_failures_total{family!="invalid"}[1h]))', "")),
            kind="stat",
            width=4,
            text="Invalid articles are not counted: they are their submitters'.",
            bad_above=1,
        ),
    ),
    "Articles and events": (
        Panel(
            "Articles by outcome, per second",
            _lines((f"sum by (outcome) (rate(depesche_articles_total[{RATE}]))", "{{outcome}}")),
            stacked=True,
            text="retried: another attempt follows. skipped: a duplicate. superseded: done or changed meanwhile.",
        ),
        Panel(
            "Events by type and factuality, per second",
            _lines((f"sum by (type, factuality) (rate(depesche_events_total[{RATE}]))", "{{type}} {{factuality}}")),
            stacked=True,
        ),
        Panel(
            "Failures by code, per second",
            _lines((f"sum by (code) (rate(depesche_failures_total[{RATE}])) > 0", "{{code}}")),
            text="What each code means and what mends it: docs/reference/failure-codes.md.",
        ),
        Panel(
            "Started again, sent again, tried again, per second",
            _lines(
                (f"sum(rate(depesche_redeliveries_total[{RATE}]))", "started again"),
                (f"sum(rate(depesche_articles_resent_total[{RATE}]))", "sent again by the sweeper"),
                (f"sum by (code) (rate(depesche_retries_total[{RATE}])) > 0", "tried again: {{code}}"),
            ),
            text="Workers that are killed show here first. Nothing is lost by it.",
        ),
    ),
    "Queue and workers": (
        Panel(
            "Messages waiting, by queue",
            _lines(
                ("max by (queue) (depesche_queue_messages)", "{{queue}}"),
                ("max(depesche_articles_unfinished)", "articles unfinished"),
            ),
            text="A message has up to 8 articles.",
        ),
        Panel(
            "Age of the oldest article waiting",
            _lines(("max by (queue) (depesche_queue_oldest_article_age_seconds)", "{{queue}}")),
            "s",
        ),
        Panel(
            "Processes at work, of each worker",
            _lines(("depesche_worker_busy_processes", "{{instance}}")),
            width=8,
            stacked=True,
            text="All at work and the queue grows: add workers.",
        ),
        Panel("Failures kept for replay", _lines(("max(depesche_failures_kept)", "failures")), width=8),
        Panel(
            "What the workers run",
            _lines(("max by (version, language, language_pack, model) (depesche_extractor_info)", "")),
            kind="table",
            width=8,
            text="More than one version outside of an update: a worker was forgotten.",
        ),
    ),
    "Where the time goes": (
        Panel(
            "Extraction of an article: median, 95 %, 99 %",
            _lines(
                (_quantile(0.5, "depesche_extraction_duration_seconds", "language"), "{{language}} 50 %"),
                (_quantile(0.95, "depesche_extraction_duration_seconds", "language"), "{{language}} 95 %"),
                (_quantile(0.99, "depesche_extraction_duration_seconds", "language"), "{{language}} 99 %"),
            ),
            "s",
        ),
        Panel(
            "Time per article, by stage",
            _lines(
                (
                    f"sum by (stage) (rate(depesche_stage_duration_seconds_sum[{RATE}])) / scalar({_EXTRACTIONS})",
                    "{{stage}}",
                )
            ),
            "s",
            stacked=True,
            text="The height of all is what an article costs one process.",
        ),
        Panel(
            "Slowest stages: 95 %",
            _lines((f"topk(6, {_quantile(0.95, 'depesche_stage_duration_seconds', 'stage')})", "{{stage}}")),
            "s",
            width=24,
        ),
    ),
    "Streams": (
        Panel(
            "Entries that a group was not given yet",
            _lines(("max by (stream, group) (depesche_stream_group_lag_entries)", "{{group}} of {{stream}}")),
            text="Grows: that consumer is too slow or gone.",
        ),
        Panel(
            "Entries given and not acknowledged",
            _lines(("max by (stream, group) (depesche_stream_group_pending_entries)", "{{group}} of {{stream}}")),
        ),
        Panel(
            "How full the streams are",
            _lines(("max by (stream) (depesche_stream_fill_ratio)", "{{stream}}")),
            "percentunit",
            width=8,
            text="At 100 % entries go whether they were read or not.",
        ),
        Panel("Entries", _lines(("max by (stream) (depesche_stream_entries)", "{{stream}}")), width=8),
        Panel(
            "Entries removed, per second",
            _lines(
                (f"sum by (stream, reason) (rate(depesche_stream_trimmed_total[{RATE}]))", "{{stream}} by {{reason}}"),
                (
                    f"sum by (stream, group) (rate(depesche_stream_unread_trimmed_total[{RATE}]))",
                    "unread by {{group}}: {{stream}}",
                ),
            ),
            width=8,
            text="Any that are unread are lost to that group.",
        ),
    ),
    "HTTP and Redis": (
        Panel(
            "Requests by route and status, per second",
            _lines(
                (
                    f"sum by (method, route, status) (rate(depesche_http_requests_total[{RATE}]))",
                    "{{method}} {{route}} {{status}}",
                )
            ),
            "reqps",
        ),
        Panel(
            "Duration by route: 95 %",
            _lines((_quantile(0.95, "depesche_http_request_duration_seconds", "route"), "{{route}}")),
            "s",
            text="Streams of events are read for as long as their readers stay.",
        ),
        Panel("Requests under way", _lines(("sum(depesche_http_requests_in_progress)", "requests"))),
        Panel(
            "Memory of Redis",
            _lines(
                ("max(depesche_redis_memory_used_bytes)", "used"), ("max(depesche_redis_memory_max_bytes)", "limit")
            ),
            "bytes",
            text="From nine tenths of the limit on no new article is taken.",
        ),
    ),
}


def build() -> dict[str, Any]:
    """Give the dashboard as Grafana reads it."""
    return {
        "uid": "depesche",
        "title": "Depesche",
        "description": "Articles in, events out. docs/how-to/monitor.md explains it.",
        "tags": ["depesche"],
        "schemaVersion": 39,
        "editable": True,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "timezone": "browser",
        "templating": {
            "list": [{"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"}]
        },
        "panels": list(_panels()),
    }


def _panels() -> Iterator[dict[str, Any]]:
    number, y = 0, 0
    for title, panels in ROWS.items():
        number += 1
        yield {
            "id": number,
            "type": "row",
            "title": title,
            "gridPos": {"x": 0, "y": y, "w": WIDTH, "h": 1},
            "panels": [],
        }
        y, x, height = y + 1, 0, 0
        for panel in panels:
            number += 1
            if x + panel.width > WIDTH:
                x, y, height = 0, y + height, 0
            yield _panel(panel, number, x, y)
            x, height = x + panel.width, max(height, panel.height)
        y += height


def _panel(panel: Panel, number: int, x: int, y: int) -> dict[str, Any]:
    is_table = panel.kind == "table"
    return {
        "id": number,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.text,
        "datasource": SOURCE,
        "gridPos": {"x": x, "y": y, "w": panel.width, "h": panel.height},
        "targets": [
            {
                "refId": chr(ord("A") + index),
                "datasource": SOURCE,
                "expr": expression,
                "legendFormat": legend,
                **({"format": "table", "instant": True} if is_table else {}),
            }
            for index, (expression, legend) in enumerate(panel.queries)
        ],
        "fieldConfig": {"defaults": _defaults(panel), "overrides": []},
        "options": _options(panel),
        **({"transformations": [_without_time()]} if is_table else {}),
    }


def _defaults(panel: Panel) -> dict[str, Any]:
    lines = {"fillOpacity": 30 if panel.stacked else 5, "stacking": {"mode": "normal" if panel.stacked else "none"}}
    return {
        "unit": panel.unit,
        "min": 0,
        "thresholds": {"mode": "absolute", "steps": _steps(panel)},
        "custom": lines if panel.kind == "timeseries" else {},
    }


def _steps(panel: Panel) -> list[dict[str, Any]]:
    if panel.bad_below is not None:
        return [{"color": "red", "value": None}, {"color": "green", "value": panel.bad_below}]
    steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
    return steps if panel.bad_above is None else [*steps, {"color": "red", "value": panel.bad_above}]


def _options(panel: Panel) -> dict[str, Any]:
    if panel.kind == "stat":
        return {"colorMode": "value", "graphMode": "area", "reduceOptions": {"calcs": ["lastNotNull"]}}
    if panel.kind == "table":
        return {}
    return {
        "legend": {"displayMode": "list", "placement": "bottom"},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }


def _without_time() -> dict[str, Any]:
    return {"id": "organize", "options": {"excludeByName": {"Time": True, "Value": True}}}


def render() -> str:
    """Give the dashboard as text."""
    return json.dumps(build(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
