"""``depesche submit``: articles to the queue."""

from __future__ import annotations

import typer

from cli.guard import guarded
from cli.options import Files, Language, OutputFormat, Published, Queue, RedisUrl, Wait, WaitTimeout


@guarded
def submit(
    files: Files = None,
    *,
    redis_url: RedisUrl = None,
    published: Published = None,
    language: Language = None,
    queue: Queue = "live",
    wait: Wait = False,
    timeout: WaitTimeout = 600,
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
