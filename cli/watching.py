"""``depesche watch``: follows the stream of events, as a live table or line by line."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterator
from typing import Final, Literal

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from cli.ledger_access import open_ledger
from cli.table.printable import printable
from cli.table.signs import FACTUALITY_SIGNS
from consumer.errors import EntryUnreadable
from consumer.received import Received
from consumer.tail import Tail
from ledger.redis_ledger import RedisLedger
from schemas.errors import Transient
from schemas.event import Event
from schemas.names import STREAM_EVENTS

BLOCK_S: Final = 1.0
PAUSE_S: Final = 2.0
ROWS: Final = 200
"""Kept for the table; it shows as many as fit."""


def run_watch(
    *, redis_url: str | None, is_from_oldest: bool, limit: int | None, output_format: Literal["jsonl", "table"] | None
) -> None:
    """Follow the stream until Ctrl-C, or until so many messages were shown."""
    with open_ledger(redis_url) as ledger:
        messages = _follow(ledger, after="0" if is_from_oldest else "$", limit=limit)
        if (output_format or ("table" if sys.stdout.isatty() else "jsonl")) == "table":
            _show_table(messages)
        else:
            _print_lines(messages)


def _follow(ledger: RedisLedger, *, after: str, limit: int | None) -> Iterator[Received | None]:
    """Give the messages as they come; None now and then while there are none. A Redis that is away is waited for."""
    tail = Tail(ledger.client, STREAM_EVENTS, after=after, where=ledger.where)
    left = limit
    is_away = False
    while left is None or left > 0:
        try:
            found = tail.read(count=min(left or ROWS, ROWS), block_s=BLOCK_S)
            is_away = False
        except Transient as error:
            if not is_away:
                print(f"depesche: {error.code}: {error.message}; waiting", file=sys.stderr)
            is_away = True
            time.sleep(PAUSE_S)
            continue
        yield from found or (None,)
        left = None if left is None else left - len(found)


def _print_lines(messages: Iterator[Received | None]) -> None:
    for each in messages:
        if each is not None:
            print(each.raw, flush=True)


def _show_table(messages: Iterator[Received | None]) -> None:
    console = Console(highlight=False, markup=False, emoji=False)
    rows: deque[Received] = deque(maxlen=ROWS)
    with Live(_table(rows, console), console=console, refresh_per_second=4) as live:
        for each in messages:
            if each is not None:
                rows.append(each)
                live.update(_table(rows, console))


def _table(rows: deque[Received], console: Console) -> Table:
    table = Table(box=None, pad_edge=False, expand=True)
    for heading, ratio in (("announced", None), ("", None), ("event", None), ("who", 3), ("when", 1), ("article", 2)):
        table.add_column(heading, ratio=ratio, no_wrap=True, overflow="ellipsis")
    fitting = max(1, console.height - 2)
    for each in list(rows)[-fitting:]:
        table.add_row(f"{each.time.astimezone():%H:%M:%S}", *_cells(each), Text(printable(each.article_id)))
    return table


def _cells(received: Received) -> tuple[Text, Text, Text, Text]:
    try:
        event, retraction = received.event, received.retraction
    except EntryUnreadable:
        return Text("?"), Text("of a later version", style="dim"), Text(), Text()
    if event is not None:
        return _event_cells(event)
    gone = "no longer holds" if retraction is None or retraction.replaced_by is None else "replaced"
    return Text("↶", style="dim"), Text(gone, style="dim"), Text(), Text()


def _event_cells(event: Event) -> tuple[Text, Text, Text, Text]:
    sign = FACTUALITY_SIGNS[event.factuality]
    when = (event.time.value or event.time.text) if event.time else ""
    return (
        Text(sign.sign, style=sign.colour),
        Text(event.type),
        Text(printable(", ".join(each.name for each in event.participants))),
        Text(printable(when)),
    )
