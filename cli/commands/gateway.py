"""``depesche gateway``: the HTTP door."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from cli.guard import guarded
from cli.options import RedisUrl


@guarded
def gateway(
    *,
    redis_url: RedisUrl = None,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="To listen on; 127.0.0.1, this machine alone, unless given.")
    ] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="To listen on; 8080 unless given.")] = None,
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Serve HTTP until SIGTERM: articles in, results and events out.

    It is open to this machine alone as long as there is no token; see depesche token.
    """
    from gateway.serving import serve  # noqa: PLC0415 - loads what only this command needs
    from gateway.settings import GatewaySettings  # noqa: PLC0415
    from ledger.settings import read_settings  # noqa: PLC0415

    if parent is not None:
        from cli.supervision import end_with  # noqa: PLC0415

        end_with(parent)
    given = {"REDIS_URL": redis_url, "GATEWAY_HOST": host, "GATEWAY_PORT": port}
    os.environ.update({f"DEPESCHE_{name}": str(value) for name, value in given.items() if value})
    serve(read_settings(GatewaySettings))
