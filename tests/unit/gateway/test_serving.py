"""The socket that the gateway listens on."""

import socket

import pytest

from gateway.listening import listen
from schemas.errors import Transient

LINUX = pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="of Linux alone")


@pytest.mark.parametrize("option", ["TCP_NODELAY", pytest.param("TCP_USER_TIMEOUT", marks=LINUX)])
def test_connections_answer_at_once_and_do_not_hang(option):
    """Without the first an answer takes 40 ms; without the second a reader that stands still is kept for ever."""
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, getattr(socket, option)) > 0
            assert connection.proto == socket.IPPROTO_TCP


def test_taken_address_is_told():
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(Transient, match=f"127.0.0.1, port {port}"):
            listen("127.0.0.1", port)
