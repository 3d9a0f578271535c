"""``depesche up``: broker, workers and gateway on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.guard import guarded
from cli.options import RedisUrl

if TYPE_CHECKING:
    from cli.stack_gateway import StackGateway


@guarded
def up(
    *,
    redis_url: RedisUrl = None,
    workers: Annotated[int, typer.Option(min=1, max=256, metavar="N", help="How many workers.")] = 2,
    data: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the broker keeps its data; .depesche unless given.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Of the broker, on this machine; a free one unless given.")
    ] = None,
    gateway: Annotated[
        bool, typer.Option("--gateway/--no-gateway", help="Serve HTTP as well, to this machine alone.")
    ] = False,
    gateway_port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Of the gateway; 8080 unless given.")
    ] = None,
) -> None:
    """Run a broker and workers on this machine until Ctrl-C; with --gateway the HTTP door too.

    A given URL always wins: then the workers alone are started.
    """
    if gateway_port is not None and not gateway:
        raise typer.BadParameter("expected --gateway with it", param_hint="--gateway-port")
    from cli.running import run_up  # noqa: PLC0415 - loads what only this command needs
    from cli.stack import StackOptions  # noqa: PLC0415

    door = _prepare_gateway(gateway_port) if gateway else None
    run_up(StackOptions(redis_url=redis_url or None, workers=workers, data=data, port=port, gateway=door))


def _prepare_gateway(port: int | None) -> StackGateway:
    from cli.stack_gateway import StackGateway  # noqa: PLC0415

    return StackGateway.prepare(port)
