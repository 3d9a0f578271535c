"""A run over files of articles: what every such command shares."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from cli.outcome import Outcome
from cli.reading.defaults import Defaults, read_defaults
from cli.reading.inputs import Input, Read
from cli.reading.limits import Limits, read_limits
from cli.reading.sources import Source, find_sources, read_sources
from cli.reporter import Reporter
from cli.screen import Screen


@dataclass(frozen=True)
class Batch:
    """The parts of a run."""

    sources: tuple[Source, ...]
    defaults: Defaults
    limits: Limits
    outcome: Outcome
    screen: Screen
    reporter: Reporter

    @property
    def is_batch(self) -> bool:
        """There may be many articles."""
        return self.outcome.is_batch

    def read(self) -> Iterator[Input]:
        """Read the inputs one after the other, what they lack filled in."""
        for each in read_sources(self.sources, limits=self.limits):
            yield replace(each, article=self.defaults.fill(each.article)) if isinstance(each, Read) else each

    def status(self) -> int:
        """Give the exit status of the run."""
        return self.outcome.status(files=len(self.sources))


@contextmanager
def open_batch(
    files: Sequence[str], *, label: str, published: str | None = None, language: str | None = None
) -> Iterator[Batch]:
    """Prepare a run over files.

    Args:
        files: Names as typed; none or ``-`` is standard input.
        label: What the progress bar says.
        published: Default date as typed.
        language: Default language as typed.

    Raises:
        Invalid: An option or a setting has a value that is not allowed.
    """
    sources = find_sources(files)
    defaults, limits = read_defaults(published=published, language=language), read_limits()
    reads_jsonl = any(source.is_batch for source in sources)
    _tell_what_is_awaited(sources)
    outcome = Outcome(is_batch=reads_jsonl or len(sources) > 1)
    with Screen(label=label, total=_total_bytes(sources)) as screen:
        reporter = Reporter(screen, outcome, reads_jsonl=reads_jsonl)
        yield Batch(sources, defaults, limits, outcome, screen, reporter)


def _tell_what_is_awaited(sources: Sequence[Source]) -> None:
    """Somebody who typed no file would wait for a command that waits for them."""
    if any(source.is_stdin for source in sources) and sys.stdin is not None and sys.stdin.isatty():
        print("Reading articles as JSON Lines from standard input; end with Ctrl-D.", file=sys.stderr)


def _total_bytes(sources: Sequence[Source]) -> int | None:
    total = 0
    for source in sources:
        size = source.size
        if size is None:
            return None
        total += size
    return total
