"""``depesche submit``: articles to the queue."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cli.guard import guarded
from cli.options import Files, Language, OutputFormat, Published, RedisUrl, Wait, WaitTimeout


@guarded
def submit(
    files: Files = None,
    *,
    redis_url: RedisUrl = None,
    published: Published = None,
    language: Language = None,
    queue: Annotated[
        Literal["live", "backfill"] | None,
        typer.Option(
            help="backfill is for corpora: workers take live first.", show_default="live; backfill with --jsonl"
        ),
    ] = None,
    jsonl: Annotated[
        str | None,
        typer.Option(
            "--jsonl",
            metavar="FILE",
            help="A corpus (.jsonl or .jsonl.gz) instead: waits while the queue is full, goes on where it broke off.",
        ),
    ] = None,
    wait: Wait = False,
    timeout: WaitTimeout = 600,
    output_format: OutputFormat = None,
) -> None:
    """Send articles to the queue and print where each stands, as JSON Lines.

    Sending the same article again is harmless: the same id with the same content is the same work.
    """
    if jsonl is not None:
        if files or wait or output_format is not None:
            raise typer.BadParameter("expected no FILE, --wait or --format with it", param_hint="--jsonl")
        from cli.corpus import run_corpus  # noqa: PLC0415 - loads what only this command needs

        raise typer.Exit(
            run_corpus(jsonl, redis_url=redis_url, published=published, language=language, queue=queue or "backfill")
        )
    from cli.submitting import run_submit  # noqa: PLC0415

    status = run_submit(
        files or (),
        redis_url=redis_url,
        published=published,
        language=language,
        queue=queue or "live",
        timeout_s=timeout if wait else None,
        output_format=output_format,
    )
    raise typer.Exit(status)
