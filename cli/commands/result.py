"""``depesche result``: what came of an article."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.guard import guarded
from cli.options import OutputFormat, RedisUrl


@guarded
def result(
    article_ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of articles.")],
    *,
    redis_url: RedisUrl = None,
    timeout: Annotated[float, typer.Option(metavar="S", min=0, help="Wait so long for it, in seconds.")] = 0,
    output_format: OutputFormat = None,
) -> None:
    """Print the result that is kept under an article's id."""
    from cli.looking_up import run_result  # noqa: PLC0415 - loads what only this command needs

    raise typer.Exit(run_result(article_ids, redis_url=redis_url, timeout_s=timeout, output_format=output_format))
