"""``depesche extract``: articles in, events out, in this process and without a queue."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.guard import guarded
from cli.options import Files, Language, MinConfidence, OutputFormat, Published


@guarded
def extract(
    files: Files = None,
    *,
    published: Published = None,
    language: Language = None,
    output_format: OutputFormat = None,
    min_confidence: MinConfidence = 0.0,
    explain: Annotated[bool, typer.Option("--explain", help="Show which rule or cue gave each field.")] = False,
    processes: Annotated[int, typer.Option(min=1, max=256, help="Extract in so many processes.")] = 1,
    cascade: Annotated[
        bool | None,
        typer.Option(
            "--cascade/--no-cascade",
            help="Parse only the sentences that an event can depend on, or whole articles.",
            show_default="as DEPESCHE_CASCADE says: on",
        ),
    ] = None,
) -> None:
    """Extract the events of articles, here and now, without a queue.

    JSON Lines in give JSON Lines out, in input order. What fails is told on standard error; the rest goes through.
    """
    from cli.extracting import run_extract  # noqa: PLC0415 - loads what only this command needs

    status = run_extract(
        files or (),
        published=published,
        language=language,
        output_format=output_format,
        min_confidence=min_confidence,
        explain=explain,
        processes=processes,
        cascade=cascade,
    )
    raise typer.Exit(status)
