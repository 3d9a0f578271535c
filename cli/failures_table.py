"""Failures as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from cli.table.printable import printable
from ledger.record import StoredFailure


def print_failures(found: Sequence[StoredFailure]) -> None:
    """Print one row a failure."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not found:
        console.print("no failures are kept")
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("id", overflow="fold")
    table.add_column("code", no_wrap=True)
    table.add_column("tries", justify="right")
    table.add_column("failed at", no_wrap=True)
    table.add_column("message", overflow="fold")
    for each in found:
        failure = each.failure
        table.add_row(
            printable(each.failure_id),
            failure.code,
            str(failure.attempts),
            f"{failure.failed_at:%Y-%m-%d %H:%M}",
            printable(failure.message),
        )
    console.print(table)
