"""What the gateway writes: one line per request or happening, without article texts, tokens and queries."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

from gateway.settings import GatewaySettings


def configure_logs(settings: GatewaySettings) -> None:
    """Send the log of the gateway and of the libraries below to stderr, in one format."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(settings.gateway_log_level),
        cache_logger_on_first_use=True,
    )
    is_json = settings.gateway_log_format == "json"
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False) if is_json else structlog.dev.ConsoleRenderer()
    )
    handler = logging.StreamHandler(sys.__stderr__ or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.gateway_log_level.upper())
