"""Standard output, standard error, and a progress bar that keeps out of the way of both."""

from __future__ import annotations

import sys
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

FEW: Final = 5
"""Up to so many articles there is no bar."""


class Screen:
    """Where a command writes.

    The bar appears on standard error after a few articles, only where that is a terminal, and is gone at the end.

    Args:
        total: Of all sizes that ``advance`` will be told, where known: what the bar measures against.
        label: What is being done.
    """

    def __init__(self, *, label: str, total: int | None) -> None:
        self._label = label
        self._total = total
        self._completed = 0
        self._articles = 0
        self._bar: Progress | None = None

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console  # noqa: PLC0415 - a few articles need none of it

        return Console(stderr=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def advance(self, size: int) -> None:
        """Count one article of a size, in the unit of the total."""
        self._articles += 1
        self._completed += size
        if self._bar is None and self._articles > FEW and self._console.is_terminal:
            self._bar = self._start_bar()
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._completed, articles=self._articles)

    def _start_bar(self) -> Progress:
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - as above

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %" if self._total else ""),
            TextColumn("{task.fields[articles]:,} articles"),
            TimeElapsedColumn(),
        )
        bar = Progress(*columns, console=self._console, transient=True, redirect_stdout=False, redirect_stderr=False)
        bar.add_task(self._label, total=self._total, articles=self._articles)
        bar.start()
        return bar

    def out(self, text: str) -> None:
        """Write to standard output, at once: the next command of a pipe may wait for it."""
        if self._bar is not None and sys.stdout.isatty():
            self._print_above(text)
        else:
            sys.stdout.write(text)
            sys.stdout.flush()

    def err(self, text: str) -> None:
        """Write a line to standard error."""
        if self._bar is not None:
            self._print_above(text + "\n")
        else:
            print(text, file=sys.stderr, flush=True)

    def _print_above(self, text: str) -> None:
        from rich.text import Text  # noqa: PLC0415 - as above

        self._console.print(Text.from_ansi(text.removesuffix("\n")), soft_wrap=True, highlight=False)
