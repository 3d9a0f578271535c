"""What ``depesche times`` does: read, find the time expressions, write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cli.batch import Batch, open_batch
from cli.engine.attempt import attempt
from cli.output import set_up_stdout
from cli.reading.inputs import Read, Refused
from schemas.errors import DepescheError

if TYPE_CHECKING:
    from cli.engine.timing import Timing


def run_times(files: Sequence[str], *, published: str | None, language: str | None) -> int:
    """Print the time expressions of every article of the files, one line of JSON each.

    Returns:
        The exit status.

    Raises:
        DepescheError: An option is not allowed, or the installation is broken.
    """
    set_up_stdout(is_json=True)
    with open_batch(files, label="Reading times", published=published, language=language) as batch:
        timing: Timing | None = None
        for each in batch.read():
            if isinstance(each, Refused):
                batch.reporter.refuse(each)
            else:
                timing = timing or _load()
                _settle(each, _find(timing, each), batch)
            batch.screen.advance(each.size)
        return batch.status()


def _load() -> Timing:
    from cli.engine.timing import Timing  # noqa: PLC0415 - loads grammars, which bad input alone need not wait for

    return Timing()


def _find(timing: Timing, read: Read) -> dict[str, Any] | DepescheError:
    return attempt(lambda: timing.run(read.article), where=read.where)


def _settle(read: Read, outcome: dict[str, Any] | DepescheError, batch: Batch) -> None:
    if isinstance(outcome, DepescheError):
        batch.reporter.fail(outcome, read)
    else:
        batch.outcome.done += 1
        batch.screen.out(json.dumps(outcome, ensure_ascii=False) + "\n")
