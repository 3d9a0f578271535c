"""Standard output, standard error, and a progress bar that keeps out of the way of both."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

FEW: Final = 5
"""Up to so many articles there is no bar."""


class Screen:
    """Where a command writes.

    The bar appears on standard error after a few articles, only where that is a terminal, and is gone at the end.

    Args:
        total_bytes: Of all input, where known: what the bar measures against.
        label: What is being done.
    """

    def __init__(self, *, label: str, total_bytes: int | None) -> None:
        self._label = label
        self._total_bytes = total_bytes
        self._bytes = 0
        self._articles = 0
        self._console = Console(stderr=True)
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def advance(self, size: int) -> None:
        """Count one article of so many bytes."""
        self._articles += 1
        self._bytes += size
        if self._bar is None and self._articles > FEW and self._console.is_terminal:
            self._bar = self._start_bar()
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._bytes, articles=self._articles)

    def _start_bar(self) -> Progress:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %" if self._total_bytes else ""),
            TextColumn("{task.fields[articles]:,} articles"),
            TimeElapsedColumn(),
        )
        bar = Progress(*columns, console=self._console, transient=True, redirect_stdout=False, redirect_stderr=False)
        bar.add_task(self._label, total=self._total_bytes, articles=self._articles)
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
        self._console.print(Text.from_ansi(text.removesuffix("\n")), soft_wrap=True, highlight=False)
