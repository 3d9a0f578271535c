"""``python -m gateway.health``: exit status 0 when the gateway on this machine answers; for containers.

It asks whether the process lives, not whether the service is ready: an absent Redis must not restart the gateway.
"""

from __future__ import annotations

import http.client
import sys

from gateway.settings import GatewaySettings
from ledger.settings import read_settings
from schemas.errors import DepescheError

TIMEOUT_S = 5.0


def is_live(port: int) -> bool:
    """Ask the gateway that listens on a port of this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main() -> int:
    """Print what was found and give the exit status."""
    try:
        port = read_settings(GatewaySettings).gateway_port
    except DepescheError as error:
        print(f"{error.code}: {error.message}", file=sys.stderr)  # noqa: T201 - a command
        return 2
    found = is_live(port)
    print("alive" if found else f"no gateway answers on port {port}")  # noqa: T201 - a command
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
