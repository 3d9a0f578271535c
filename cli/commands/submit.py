"""``depesche submit``: articles to the queue."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cli.guard import guarded
from cli.options import Files, Language, OutputFormat, Published, RedisUrl


@guarded
def submit(
    files: Files = None,
    *,
    redis_url: RedisUrl = None,
    published: Published = None,
    language: Language = None,
    queue: Annotated[
        Literal["live", "backfill"], typer.Option(help="backfill is for corpora: workers take live first.")
    ] = "live",
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the results and print them.")] = False,
    timeout: Annotated[float, typer.Option(metavar="S", min=0, help="How long to wait, in seconds.")] = 600,
    output_format: OutputFormat = None,
) -> None:
    """Send articles to the queue and print where each stands, as JSON Lines.

    Sending the same article again is harmless: the same id with the same content is the same work.
    """
    from cli.submitting import run_submit  # noqa: PLC0415 - loads what only this command needs

    status = run_submit(
        files or (),
        redis_url=redis_url,
        published=published,
        language=language,
        queue=queue,
        timeout_s=timeout if wait else None,
        output_format=output_format,
    )
    raise typer.Exit(status)
