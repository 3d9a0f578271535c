"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE",
        help="A .txt (one article, its stem the id), a .json (one article), a .jsonl or .jsonl.gz (one a line); "
        "- or none is JSON Lines from standard input.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Publication date (ISO 8601) of articles that give none."),
]
Language = Annotated[
    str | None,
    typer.Option(metavar="de|en", help="Language of articles that give none; else it is detected."),
]
OutputFormat = Annotated[
    Literal["json", "jsonl", "table"] | None,
    typer.Option("--format", help="json for one article and jsonl for many, unless given."),
]
MinConfidence = Annotated[
    float,
    typer.Option(metavar="X", min=0.0, max=1.0, help="Leave out events with less confidence."),
]
Queue = Annotated[Literal["live", "backfill"], typer.Option(help="backfill is for corpora: workers take live first.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for the results and print them.")]
WaitTimeout = Annotated[float, typer.Option(metavar="S", min=0, help="How long to wait, in seconds.")]
RedisUrl = Annotated[
    str | None,
    typer.Option("--redis-url", metavar="URL", envvar="DEPESCHE_REDIS_URL", help="Where the queue is."),
]
