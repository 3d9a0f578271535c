"""``depesche times``: the time layer alone."""

from __future__ import annotations

import typer

from cli.guard import guarded
from cli.options import Files, Language, Published


@guarded
def times(files: Files = None, *, published: Published = None, language: Language = None) -> None:
    """Find the time expressions of articles and say what they mean, as JSON Lines."""
    from cli.timing import run_times  # noqa: PLC0415 - loads what only this command needs

    raise typer.Exit(run_times(files or (), published=published, language=language))
