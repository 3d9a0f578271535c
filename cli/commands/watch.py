"""``depesche watch``: events as they are announced."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cli.guard import guarded
from cli.options import RedisUrl


@guarded
def watch(
    *,
    redis_url: RedisUrl = None,
    oldest: Annotated[
        bool, typer.Option("--oldest", help="Begin with the oldest event that is kept, not with the next.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="End after N messages.")] = None,
    output_format: Annotated[
        Literal["jsonl", "table"] | None,
        typer.Option("--format", help="table on a terminal and jsonl elsewhere, unless given."),
    ] = None,
) -> None:
    """Show events, and those that no longer hold, as they are announced, until Ctrl-C."""
    from cli.watching import run_watch  # noqa: PLC0415 - loads what only this command needs

    run_watch(redis_url=redis_url, is_from_oldest=oldest, limit=limit, output_format=output_format)
