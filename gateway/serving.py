"""Runs the gateway in this process."""

from __future__ import annotations

import signal
import socket
from typing import Final

import uvicorn

from gateway.app import create_app
from gateway.bootstrap import build_parts
from gateway.logs import configure_logs
from gateway.settings import GatewaySettings
from schemas.errors import Transient

STOP_PATIENCE_S: Final = 10
"""How long requests may go on after SIGTERM; streams without end are cut then."""
STUCK_AFTER_MS: Final = 60_000
"""A connection whose other end takes nothing for so long is ended by the kernel."""


def serve(settings: GatewaySettings) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Raises:
        RedisUnfit: The server may lose articles.
        SettingsInvalid: The address cannot be listened on.
    """
    configure_logs(settings)
    with listen(settings.gateway_host, settings.gateway_port) as listener:
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


def listen(host: str, port: int) -> socket.socket:
    """Open the socket to listen on; what connects inherits its options.

    Raises:
        Transient: With code ``not_ready``: the address is taken, or none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # Without it an answer of two packets waits 40 ms for the client's acknowledgement of the first.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STUCK_AFTER_MS)
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise Transient(
            f"expected to listen on {host}, port {port}, found: {error.strerror or error}", code="not_ready"
        ) from error
    return listener
