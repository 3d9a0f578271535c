"""``depesche plan``: what an installation needs."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from cli.guard import guarded


@guarded
def plan(
    *,
    articles_per_day: Annotated[
        float, typer.Option(metavar="N", min=1, max=1e10, help="So many articles come in a day.")
    ],
    p99: Annotated[
        str, typer.Option("--p99", metavar="SPAN", help="99 of 100 are to be done within: 30s, 2m.")
    ] = "30s",
    peak: Annotated[
        float, typer.Option(metavar="X", min=1, max=100, help="In the busiest hour X times as many come as on average.")
    ] = 2.0,
    words: Annotated[
        float | None,
        typer.Option(metavar="W", min=1, max=200_000, help="Words of an article; as measured unless given."),
    ] = None,
    speed: Annotated[
        float, typer.Option(metavar="X", min=0.01, max=100, help="Of your cores, to the one that was measured.")
    ] = 1.0,
    outage: Annotated[
        str, typer.Option(metavar="SPAN", help="So long all workers may be away without an article being refused.")
    ] = "1h",
    children: Annotated[int, typer.Option(metavar="N", min=1, max=256, help="Processes of one worker.")] = 2,
    output_format: Annotated[
        Literal["json", "table"] | None, typer.Option("--format", help="A table on a terminal, else JSON.")
    ] = None,
) -> None:
    """Calculate workers, memory and network for so many articles, by what was measured.

    How long things are kept is taken from the settings (DEPESCHE_RESULT_LIFETIME_S and the like).
    """
    from cli.planning.measured import read_measured  # noqa: PLC0415 - loads what only this command needs
    from cli.planning.needs import Wish  # noqa: PLC0415
    from cli.planning.needs import plan as calculate  # noqa: PLC0415
    from cli.planning.span import read_span  # noqa: PLC0415
    from ledger.settings import LedgerSettings, read_settings  # noqa: PLC0415

    wish = Wish(
        articles_per_day=articles_per_day,
        p99_s=read_span(p99, option="--p99"),
        peak=peak,
        words=words,
        speed=speed,
        outage_s=read_span(outage, option="--outage"),
        children=children,
    )
    measured = read_measured()
    needs = calculate(wish, measured, read_settings(LedgerSettings))
    if (output_format or ("table" if sys.stdout.isatty() else "json")) == "json":
        import json  # noqa: PLC0415
        from dataclasses import asdict  # noqa: PLC0415

        print(json.dumps({"wish": asdict(wish), "needs": asdict(needs), "measured": measured.model_dump()}, indent=2))
        return
    from rich.console import Console  # noqa: PLC0415

    from cli.planning.sheet import to_table  # noqa: PLC0415

    Console().print(to_table(wish, needs, measured))
