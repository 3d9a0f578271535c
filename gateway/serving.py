"""Runs the gateway in this process."""

from __future__ import annotations

import signal
from typing import Final

import structlog
import uvicorn

from gateway.app import create_app
from gateway.bootstrap import build_parts
from gateway.listening import listen
from gateway.logs import configure_logs
from gateway.settings import GatewaySettings
from ledger.tracing import set_up_tracing, stop_tracing

log = structlog.get_logger(__name__)

STOP_PATIENCE_S: Final = 10
"""How long requests may go on after SIGTERM; streams without end are cut then."""


def serve(settings: GatewaySettings) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Raises:
        RedisUnfit: The server may lose articles.
        Transient: With code ``not_ready``: the address cannot be listened on.
    """
    configure_logs(settings)
    if settings.tracing:
        set_up_tracing(service="depesche-gateway")
    with listen(settings.gateway_host, settings.gateway_port) as listener:
        log.info("gateway listening", url=f"http://{settings.gateway_host}:{settings.gateway_port}")
        app = create_app(build_parts(settings))
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=STOP_PATIENCE_S,
            timeout_keep_alive=30,
            h11_max_incomplete_event_size=64 * 1024,
            http="h11",
            ws="none",
            lifespan="on",
        )
        # When all is stopped, uvicorn raises the signal once more: an ordered end is no death by signal.
        signal.signal(signal.SIGTERM, lambda *_: None)
        uvicorn.Server(config).run(sockets=[listener])
        stop_tracing()
