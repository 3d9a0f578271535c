"""The socket that the gateway listens on."""

from __future__ import annotations

import socket
from typing import Final

from schemas.errors import Transient

STUCK_AFTER_MS: Final = 60_000
"""A connection whose other end takes nothing for so long is ended by the kernel."""


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
