"""A plan as a table that people read."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from cli.planning.measured import Measured
from cli.planning.needs import Needs, Wish
from cli.planning.span import shown

SETTINGS = {
    "waiting": "articles that wait while no worker runs",
    "results": "DEPESCHE_RESULT_LIFETIME_S",
    "records": "DEPESCHE_RECORD_LIFETIME_S",
    "streams": "DEPESCHE_STREAM_LIFETIME_S, DEPESCHE_STREAM_MAX_ENTRIES",
}

MUCH_TO_SAVE = 1.5
"""From so many times the memory on, it is worth saying that it could be less."""


def to_table(wish: Wish, needs: Needs, measured: Measured) -> Table:
    """Set out what it takes, and by what it was calculated."""
    table = Table(show_header=False, box=None, pad_edge=False, title_justify="left")
    table.title = f"{wish.articles_per_day:,.0f} articles a day, 99 of 100 within {shown(wish.p99_s)}"
    table.add_column(style="bold")
    table.add_column()
    for name, value in _rows(wish, needs):
        table.add_row(name, value)
    table.caption = (
        f"Measured on {measured.processor}, {measured.at}, {measured.pipeline}, articles of {measured.mean_words:.0f} "
        "words. Measure yours by make bench, or give --speed and --words. How it is calculated: "
        "docs/explanation/capacity.md"
    )
    table.caption_justify = "left"
    return table


def _rows(wish: Wish, needs: Needs) -> Iterator[tuple[str, str]]:
    yield "busiest hour", f"{needs.peak_per_s:,.1f} articles/s ({wish.peak:g} × the average)"
    yield "processes", f"{needs.processes:,} that extract, a core each, busy {100 * needs.busy:.0f} % of that hour"
    yield "workers", f"{needs.workers:,} with {wish.children} processes, {_size(needs.worker_mib)} each"
    yield "time to the result", f"p50 {shown(needs.p50_s)}, p99 {shown(needs.p99_s)}"
    yield "after an outage", f"of {shown(wish.outage_s)}, all is worked off in {shown(needs.catch_up_s)}"
    yield "gateways", f"{needs.gateways:,}"
    yield "Redis, maxmemory", f"{_size(needs.maxmemory_mib)}, on a machine with {_size(needs.redis_machine_mib)}"
    for name, mib in needs.redis_mib.items():
        yield f"  {name}", f"{_size(mib)}  ({SETTINGS[name]})"
    if needs.maxmemory_mib > MUCH_TO_SAVE * needs.lean_maxmemory_mib:
        yield "  could be", f"{_size(needs.lean_maxmemory_mib)} with results kept for an hour and records for a day"
    too_much = "; more than one can: divide the articles among several installations" if needs.redis_cores > 1 else ""
    yield "Redis, processor", f"{100 * needs.redis_cores:.0f} % of a core{too_much}"
    yield "streams", f"hold messages for {shown(needs.stream_s)}: so long a consumer may be away"
    yield "network", f"HTTP {needs.http_mbit_s:,.1f} Mbit/s, Redis {needs.redis_mbit_s:,.1f} Mbit/s in that hour"
    yield "scale on", f"{needs.waiting_per_process:,} waiting articles for each process"


def _size(mib: float) -> str:
    return f"{mib / 1024:,.1f} GiB" if mib >= 1024 else f"{max(1, mib):,.0f} MiB"
