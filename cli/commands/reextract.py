"""``depesche reextract``: articles to the queue once more."""

from __future__ import annotations

import typer

from cli.guard import guarded
from cli.options import Files, Language, OutputFormat, Published, Queue, RedisUrl, Wait, WaitTimeout


@guarded
def reextract(
    files: Files = None,
    *,
    redis_url: RedisUrl = None,
    published: Published = None,
    language: Language = None,
    queue: Queue = "backfill",
    wait: Wait = False,
    timeout: WaitTimeout = 600,
    output_format: OutputFormat = None,
) -> None:
    """Work on articles once more although they are done, for instance with a new version.

    The articles are given again, as for submit: their text is not kept once they are done.
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
        again=True,
    )
    raise typer.Exit(status)
