"""Alert rules and dashboard ask for metrics that exist, and Prometheus' own tool finds nothing wrong with them."""

import json
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from gateway.metrics import GATEWAY_METRICS
from gateway.metrics_page import PAGE, render
from worker.service.metrics import WORKER_METRICS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "monitoring"
METRICS = {each.name: each for each in (*GATEWAY_METRICS, *WORKER_METRICS)}
ALERTS = yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
PANELS = [each for each in DASHBOARD["panels"] if each["type"] != "row"]
QUERIES = [target["expr"] for panel in PANELS for target in panel["targets"]]
MONITOR = (ROOT / "docs" / "how-to" / "monitor.md").read_text(encoding="utf-8")


def series_of(expression):
    """Give the names of the metrics in an expression, and those of the labels it asks for."""
    return re.findall(r"\bdepesche_\w+", re.sub(r'"[^"]*"', '""', expression))


def known_series():
    for name, metric in METRICS.items():
        yield name
        if metric.kind == "histogram":
            yield from (f"{name}{suffix}" for suffix in ("_bucket", "_sum", "_count"))


@pytest.mark.parametrize("expression", [*(each["expr"] for each in ALERTS), *QUERIES])
def test_expression_asks_for_metrics_and_labels_that_exist(expression):
    found = series_of(expression)
    assert found or "up{" in expression
    assert set(found) <= set(known_series())
    labels = set(re.findall(r"(\w+)\s*(?:=~|!=|!~|=)\s*\"", expression))
    labels |= {each.strip() for group in re.findall(r"by \(([^)]*)\)", expression) for each in group.split(",")}
    labels_there = {label for name, metric in METRICS.items() for label in metric.labels if name in expression}
    assert labels <= labels_there | {"le", "instance", "job"}


def test_dashboard_shows_every_metric():
    shown = {name for query in QUERIES for name in series_of(query)}
    assert {name for name in METRICS if not any(each.startswith(name) for each in shown)} == set()


def test_dashboard_is_made_from_its_source():
    """Made again by `python deploy/monitoring/dashboard.py`."""
    source = runpy.run_path(str(FOLDER / "dashboard.py"))
    assert (FOLDER / "dashboard.json").read_text(encoding="utf-8") == source["render"]()


def test_panels_lie_side_by_side():
    """None over another, none beyond the edge; each has a number of its own."""
    taken = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        assert max(x for x, _ in cells) < 24
        taken |= cells
    assert len({each["id"] for each in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def test_reference_lists_the_metrics_of_the_code():
    """Made again by `python -m gateway.metrics_page`."""
    assert PAGE.read_text(encoding="utf-8") == render()


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_name_is_as_prometheus_users_expect(metric):
    """Base units, `_total` for counters alone, no label that could be an id, words that a person understands."""
    assert re.fullmatch(r"depesche_[a-z_]+", metric.name)
    assert metric.name.endswith("_total") == (metric.kind == "counter")
    assert metric.kind != "histogram" or (metric.name.endswith("_seconds") and metric.buckets)
    assert not set(metric.labels) & {"article", "article_id", "id", "path", "url", "le", "job", "instance"}
    assert metric.help.endswith(".")


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_alert_says_what_is_wrong_and_the_page_what_to_do(alert):
    assert alert["labels"]["severity"] in {"info", "warning", "critical"}
    assert set(alert["annotations"]) == {"summary", "description"}
    assert f"`{alert['alert']}`" in MONITOR


@pytest.fixture
def promtool():
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("promtool is not installed (Debian: apt install prometheus); the rules are not checked by it")

    def run(*arguments):
        return subprocess.run([found, *arguments], capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "rules", "alerts.yml"),
        ("test", "rules", "alerts_test.yml"),
        ("check", "config", "--syntax-only", "prometheus.yml"),
    ],
    ids=["rules are valid", "rules act as their tests say", "configuration is valid"],
)
def test_promtool_finds_nothing_wrong(promtool, arguments):
    *command, name = arguments
    done = promtool(*command, str(FOLDER / name))
    assert done.returncode == 0, done.stdout + done.stderr


def test_dashboard_queries_are_valid_for_prometheus(promtool, tmp_path):
    """As recording rules, which promtool can read; Grafana's own variable stands for a span of time."""
    rules = [
        {"record": f"query:{number}", "expr": query.replace("$__rate_interval", "5m")}
        for number, query in enumerate(QUERIES)
    ]
    file = tmp_path / "queries.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}), encoding="utf-8")
    done = promtool("check", "rules", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
