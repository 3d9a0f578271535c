"""``depesche demo``: a German and an English example article through broker and workers."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.guard import guarded
from cli.options import RedisUrl


@guarded
def demo(
    *,
    redis_url: RedisUrl = None,
    workers: Annotated[int, typer.Option(min=1, max=16, metavar="N", help="How many workers.")] = 2,
) -> None:
    """Start a broker and workers, send two example articles through, show their events, stop everything.

    A given URL always wins: then the workers alone are started.
    """
    from cli.demo import run_demo  # noqa: PLC0415 - loads what only this command needs

    run_demo(redis_url=redis_url or None, workers=workers)
