"""Failures, and what came of replaying them, as tables and as lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from cli.outcome import Outcome
from cli.screen import Screen
from cli.table.printable import printable
from ledger.record import StoredFailure
from producer import Submission


def print_failures(found: Sequence[StoredFailure]) -> None:
    """Print one row a failure."""
    console = _console()
    if not found:
        console.print("no failures are kept")
        return
    table = _table()
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


class ReplayLines:
    """Writes one line of JSON for each failure that was replayed, at once."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def write(self, stored: StoredFailure, submission: Submission) -> None:
        """Write what came of one."""
        line = {"failure_id": stored.failure_id, "code": stored.failure.code, **asdict(submission)}
        self._screen.out(json.dumps(line, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Do nothing; all is written."""


class ReplayTable:
    """Collects what was replayed, and prints it with the count, also when the run ends early."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._table = _table()
        for name in ("code", "article", "revision", "status"):
            self._table.add_column(name, overflow="fold")

    def write(self, stored: StoredFailure, submission: Submission) -> None:
        """Add what came of one."""
        self._table.add_row(
            printable(stored.failure_id),
            stored.failure.code,
            printable(submission.article_id),
            str(submission.revision),
            submission.status,
        )

    def close(self) -> None:
        """Print all of it."""
        console = _console()
        if self._table.row_count:
            console.print(self._table)
        kept = f", {self._outcome.failed} not" if self._outcome.failed else ""
        console.print(f"{self._outcome.done} replayed{kept}")


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)


def _table() -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("id", overflow="fold")
    return table
