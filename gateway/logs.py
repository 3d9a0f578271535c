"""What the gateway writes: one line per request or happening, without article texts, tokens and queries."""

from __future__ import annotations

import ledger.logs
from gateway.settings import GatewaySettings


def configure_logs(settings: GatewaySettings) -> None:
    """Send the log of the gateway and of the libraries below to stderr, in one format."""
    ledger.logs.configure_logs(level=settings.gateway_log_level, log_format=settings.gateway_log_format)
