"""The settings of the gateway, read once when it starts."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from ledger.log_format import FORMAT_DESCRIPTION, LogFormat
from ledger.metrics import METRICS_HOST_DESCRIPTION, METRICS_PORT_DESCRIPTION, MetricsPort
from ledger.settings import DAY_S, LedgerSettings, Seconds

MIB = 1024 * 1024

Count = Annotated[int, Field(ge=1)]


class GatewaySettings(LedgerSettings):
    """Where the gateway listens, who may use it, and how much it takes."""

    gateway_host: str = Field(
        default="127.0.0.1", description="Address to listen on; other machines reach it only on another one."
    )
    gateway_port: int = Field(default=8080, ge=1, le=65_535, description="Port to listen on.")
    gateway_access: Literal["auto", "open", "tokens"] = Field(
        default="auto",
        description="tokens: every request needs one. open: none does. auto: open on this machine alone, and only as "
        "long as no token was created.",
    )
    gateway_log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least level that the gateway logs."
    )
    gateway_log_format: LogFormat = Field(default="auto", description=FORMAT_DESCRIPTION)
    gateway_metrics: Literal["token", "open", "off"] = Field(
        default="token",
        description="GET /metrics for Prometheus. token: needs one with the scope read, as everything else does. "
        "open: needs none. off: is not there.",
    )
    metrics_host: str = Field(default="127.0.0.1", description=METRICS_HOST_DESCRIPTION)
    metrics_port: MetricsPort = Field(default=None, description=METRICS_PORT_DESCRIPTION)
    gateway_intake: bool = Field(
        default=True, description="Take over articles from the stream depesche:articles as well."
    )

    gateway_max_waiting: Count = Field(
        default=100_000,
        description="Articles that may wait or be under way; then 429. The queue backfill may use four fifths of it.",
    )
    gateway_failure_share: float = Field(
        default=0.5,
        gt=0,
        le=1,
        description="Share of articles that may fail by a fault of Depesche or of what it depends on; above it, "
        "/health/ready answers 503. Invalid articles do not count.",
    )
    gateway_failure_window_s: Seconds = Field(
        default=600, le=7_200, description="Over so much of the past the share is taken, in seconds, by whole minutes."
    )
    gateway_failure_least: Count = Field(
        default=20, description="So many articles must have failed before the share counts."
    )
    gateway_max_body_bytes: Count = Field(default=8 * MIB, description="Largest body with one article, in bytes.")
    gateway_max_batch_bytes: Count = Field(default=1024 * MIB, description="Largest body with many articles, in bytes.")
    gateway_max_batch_articles: Count = Field(default=100_000, description="Articles in one body at most.")
    gateway_body_patience_s: Seconds = Field(
        default=30, description="Longest wait for the next piece of a body, in seconds."
    )
    gateway_max_wait_s: Seconds = Field(default=60, description="Longest time that ?wait= may ask for, in seconds.")
    gateway_max_waiters: Count = Field(
        default=200, description="Requests that may wait for a result at the same time; others get 202 at once."
    )
    gateway_max_streams: Count = Field(default=100, description="Readers of the event stream at the same time.")
    gateway_stream_patience_s: Seconds = Field(
        default=20, description="A reader that takes nothing for so long is dropped, in seconds."
    )
    gateway_idempotency_lifetime_s: Seconds = Field(
        default=DAY_S, description="How long an Idempotency-Key is remembered, in seconds."
    )

    index_path: Path = Field(
        default=Path(".depesche/index.sqlite3"), description="File of the index that GET /v1/events answers from."
    )
    index_lifetime_s: Seconds = Field(
        default=90 * DAY_S, description="How long events stay in the index after they were announced, in seconds."
    )

    @property
    def is_on_loopback(self) -> bool:
        """True when only this machine can reach the gateway."""
        if self.gateway_host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.gateway_host).is_loopback
        except ValueError:
            return False
