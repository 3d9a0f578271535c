"""What the gateway measures: its own requests, and what it sees of the queue, the workers and the streams in Redis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from ledger.metrics import MemoryMeter, Meter, Metric
from ledger.prometheus import FromMemory, PrometheusMeter

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

REQUESTS: Final = Metric(
    "depesche_http_requests_total",
    "counter",
    "Requests that were answered, by method, route template (unmatched where there is none) and status.",
    ("method", "route", "status"),
)
DURATIONS: Final = Metric(
    "depesche_http_request_duration_seconds",
    "histogram",
    "How long requests took, to the last byte of the answer; streams of events as long as they were read.",
    ("method", "route"),
    _SECONDS,
)
IN_PROGRESS: Final = Metric("depesche_http_requests_in_progress", "gauge", "Requests under way, streams included.")

REDIS_UP: Final = Metric(
    "depesche_redis_up", "gauge", "1 when Redis answered; 0 when not, and then what stands in Redis is missing here."
)
UNFINISHED: Final = Metric("depesche_articles_unfinished", "gauge", "Articles that wait or are under way.")
MESSAGES: Final = Metric(
    "depesche_queue_messages",
    "gauge",
    "Messages on a queue that no worker has taken, with up to 8 articles each; not with RabbitMQ, which tells by "
    "itself.",
    ("queue",),
)
OLDEST: Final = Metric(
    "depesche_queue_oldest_article_age_seconds",
    "gauge",
    "How long ago the oldest article of the message that is next on a queue was accepted; 0 when the queue is empty.",
    ("queue",),
)
WORKERS: Final = Metric("depesche_workers_alive", "gauge", "Workers that gave a sign of life.")
FAILURES_KEPT: Final = Metric("depesche_failures_kept", "gauge", "Failures that are kept and can be replayed.")
STREAM_ENTRIES: Final = Metric("depesche_stream_entries", "gauge", "Entries of a stream.", ("stream",))
STREAM_FILL: Final = Metric(
    "depesche_stream_fill_ratio",
    "gauge",
    "Share of the hard cap of a stream that is in use; at 1, entries go whether they were read or not.",
    ("stream",),
)
GROUP_LAG: Final = Metric(
    "depesche_stream_group_lag_entries",
    "gauge",
    "Entries that a consumer group was not given yet; counted up to 1,000 where Redis cannot tell.",
    ("stream", "group"),
)
GROUP_PENDING: Final = Metric(
    "depesche_stream_group_pending_entries",
    "gauge",
    "Entries that a consumer group was given and has not acknowledged.",
    ("stream", "group"),
)
MEMORY_USED: Final = Metric("depesche_redis_memory_used_bytes", "gauge", "Memory that Redis uses.")
MEMORY_MAX: Final = Metric(
    "depesche_redis_memory_max_bytes", "gauge", "Memory that Redis may use; 0 when there is no limit."
)

OF_REQUESTS: Final = (REQUESTS, DURATIONS, IN_PROGRESS)
OF_REDIS: Final = (
    REDIS_UP,
    UNFINISHED,
    MESSAGES,
    OLDEST,
    WORKERS,
    FAILURES_KEPT,
    STREAM_ENTRIES,
    STREAM_FILL,
    GROUP_LAG,
    GROUP_PENDING,
    MEMORY_USED,
    MEMORY_MAX,
)
GATEWAY_METRICS: Final = (*OF_REQUESTS, *OF_REDIS)


class GatewayMetrics:
    """The measurements of one gateway.

    Args:
        look: Looks at Redis, when somebody asks for the metrics.
    """

    def __init__(self, look: Callable[[], MemoryMeter] = MemoryMeter) -> None:
        self.registry = CollectorRegistry()
        self.meter: Meter = PrometheusMeter(OF_REQUESTS, self.registry)
        self.registry.register(FromMemory(look))
        ProcessCollector(registry=self.registry)

    def render(self) -> bytes:
        """Write all of them in the format of Prometheus."""
        return generate_latest(self.registry)
