"""The findings as a table, each with a sign, a word and what mends it."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.doctor.check import Check, State

_SIGNS: Final = MappingProxyType({"ok": ("✓", "green"), "note": ("•", "yellow"), "fault": ("✗", "red")})
_PLAIN: Final = MappingProxyType({"✓": "+", "•": "-", "✗": "x"})


def print_checks(checks: Iterable[Check]) -> None:
    """Print one row a finding, and below it what to do."""
    console = Console(highlight=False, markup=False, emoji=False)
    is_unicode = console.encoding.startswith("utf")
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for check in checks:
        table.add_row(_state(check.state, is_unicode=is_unicode), check.name, _finding(check))
    console.print(table)


def _state(state: State, *, is_unicode: bool) -> Text:
    sign, colour = _SIGNS[state]
    return Text(f"{sign if is_unicode else _PLAIN[sign]} {state}", style=colour)


def _finding(check: Check) -> Text:
    text = Text(check.found)
    return text.append(f"\n{check.remedy}", style="italic") if check.remedy else text
