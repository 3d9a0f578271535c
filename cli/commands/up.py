"""``depesche up``: broker and workers on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.guard import guarded
from cli.options import RedisUrl


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
) -> None:
    """Run a broker and workers on this machine until Ctrl-C.

    A given URL always wins: then the workers alone are started.
    """
    from cli.running import run_up  # noqa: PLC0415 - loads what only this command needs
    from cli.stack import StackOptions  # noqa: PLC0415

    run_up(StackOptions(redis_url=redis_url or None, workers=workers, data=data, port=port))
