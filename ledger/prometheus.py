"""Measurements for Prometheus: keeps them, writes them in its format, serves them on a port of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from wsgiref.simple_server import WSGIServer

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    start_http_server,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from ledger.metrics import MemoryMeter, Metric

log = structlog.get_logger(__name__)

# Their values are no counts; every series would appear twice.
disable_created_metrics()


class PrometheusMeter:
    """Keeps measurements in a registry.

    Args:
        metrics: All that will be measured.
        registry: Where they are kept.

    Note:
        Safe among threads; across a fork only where PROMETHEUS_MULTIPROC_DIR was set before this module was imported.
    """

    def __init__(self, metrics: Iterable[Metric], registry: CollectorRegistry) -> None:
        self._kept = {metric: _make(metric, registry) for metric in metrics}

    def count(self, metric: Metric, *labels: str, by: float = 1) -> None:
        """Let a counter grow (or move a gauge)."""
        self._child(metric, labels).inc(by)

    def observe(self, metric: Metric, value: float, *labels: str) -> None:
        """Count a value in its histogram."""
        self._child(metric, labels).observe(value)

    def set(self, metric: Metric, value: float, *labels: str) -> None:
        """Note where a gauge stands."""
        self._child(metric, labels).set(value)

    def _child(self, metric: Metric, labels: tuple[str, ...]) -> Any:
        kept = self._kept[metric]
        return kept.labels(*labels) if labels else kept


def _make(metric: Metric, registry: CollectorRegistry) -> Counter | Gauge | Histogram:
    if metric.kind == "counter":
        return Counter(metric.name, metric.help, metric.labels, registry=registry)
    if metric.kind == "gauge":
        return Gauge(metric.name, metric.help, metric.labels, registry=registry, multiprocess_mode="livesum")
    return Histogram(metric.name, metric.help, metric.labels, registry=registry, buckets=metric.buckets)


class FromMemory(Collector):
    """Gives what a meter in memory holds, at the moment it is asked for.

    Args:
        read: Gives the meter, filled.
        metrics: Those that are there even while they have no value; without labels they then stand at 0.
    """

    def __init__(self, read: Callable[[], MemoryMeter], metrics: Iterable[Metric] = ()) -> None:
        self._read = read
        self._metrics = tuple(metrics)

    def describe(self) -> list[Family]:
        """Name nothing beforehand, so that registering does not ask for values."""
        return []

    def collect(self) -> Iterator[Family]:
        """Give the metrics with their values."""
        values = dict(self._read().values)
        for metric in self._metrics:
            if not metric.labels:
                values.setdefault((metric, ()), 0)
        for metric in dict.fromkeys([*self._metrics, *(each for each, _ in values)]):
            family = _family(metric)
            for (each, labels), value in values.items():
                if each == metric:
                    family.add_metric(labels, value)
            yield family


def _family(metric: Metric) -> CounterMetricFamily | GaugeMetricFamily:
    kind = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
    return kind(metric.name, metric.help, labels=metric.labels)


def serve(registry: CollectorRegistry, *, host: str, port: int) -> Callable[[], None]:
    """Serve a registry on a port, in a thread; where the port is taken, say so and go on.

    Returns:
        What stops it.
    """
    try:
        server, thread = start_http_server(port, addr=host, registry=registry)
    except OSError as error:
        log.error("metrics not served", host=host, port=port, error=error.strerror)  # noqa: TRY400 - one line
        return lambda: None
    log.info("metrics served", host=host, port=port)
    return lambda: _stop(server, thread)


def _stop(server: WSGIServer, thread: threading.Thread) -> None:
    server.shutdown()
    server.server_close()
    thread.join(5.0)
