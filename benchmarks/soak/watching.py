"""Shows how the soak goes: a table that stays in place on a terminal, else a line a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table

from benchmarks.soak.figures import Figures

REDRAW_S: Final = 1.0
LINE_EVERY_S: Final = 60.0


class Watching:
    """Told again and again, it shows what has changed.

    Args:
        minutes: How long the faults last.
    """

    def __init__(self, minutes: float) -> None:
        self._console = Console(stderr=True)
        self._minutes = minutes
        self._live = Live(console=self._console, auto_refresh=False) if self._console.is_terminal else None
        self._said_at = float("-inf")

    def __enter__(self) -> Self:
        """Begin."""
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the last state where it is."""
        if self._live is not None:
            self._live.stop()

    def show(self, figures: Figures, doing: str) -> None:
        """Show the state."""
        if self._live is not None:
            self._live.update(self._table(figures, doing), refresh=True)
        elif time.monotonic() - self._said_at >= LINE_EVERY_S:
            self._said_at = time.monotonic()
            self._console.print(
                f"{figures.minutes:.0f} of {self._minutes:g} min: {figures.acknowledged:,} acknowledged, "
                f"{figures.ended:,} ended, {sum(figures.faults.values())} faults; {doing}",
                highlight=False,
            )

    def note(self, line: str) -> None:
        """Add a line where the run is kept in a file; the table shows the counts."""
        if self._live is None:
            self._console.print(line, highlight=False)

    def wait(self, condition: Callable[[], bool], figures: Callable[[], Figures], doing: str, timeout_s: float) -> bool:
        """Show the state until something holds; False when it did not in time."""
        deadline = time.monotonic() + timeout_s
        while not condition():
            self.show(figures(), doing)
            if time.monotonic() > deadline:
                return False
            time.sleep(REDRAW_S)
        return True

    def _table(self, figures: Figures, doing: str) -> Table:
        table = Table(title=f"Soak, {figures.minutes:.1f} of {self._minutes:g} min", show_header=False, min_width=50)
        table.add_column(justify="left")
        table.add_column(justify="right")
        table.add_row("articles acknowledged", f"{figures.acknowledged:,}")
        table.add_row("ended with a result or a failure", f"{figures.ended:,}")
        table.add_row("results or failures twice", f"{figures.twice:,}", style="red" if figures.twice else "")
        table.add_row("submissions refused", f"{figures.refused:,}")
        for kind, count in figures.faults.items():
            table.add_row(f"  {kind}", f"{count:,}", style="dim")
        table.add_row("now", doing)
        return table
