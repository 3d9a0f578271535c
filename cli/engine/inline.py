"""The extraction in this process; it loads with the first article, so that bad input alone is refused at once."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Final

from cli.engine.attempt import attempt_all
from cli.engine.done import Done
from cli.engine.extraction import Extraction
from cli.reading.ahead import chunks_as_they_come
from cli.reading.inputs import Input, Read

TOGETHER: Final = 16
"""So many articles go through the model at once, if they are there."""
TOGETHER_BYTES: Final = 200_000
"""With so many bytes no further article joins, so that memory stays flat whatever comes."""


def extract_here(inputs: Iterable[Input], *, explain: bool, cascade: bool | None = None) -> Generator[Done, None, None]:
    """Extract in this process, several articles together where they are there already; the order stays.

    Args:
        inputs: Read by a thread, some ahead.
        explain: Whether to ask for evidence.
        cascade: Whether to parse only what an event can depend on; None: as the settings say.

    Raises:
        DepescheError: The installation is broken, so that no article could go through.
    """
    extraction: Extraction | None = None
    for chunk in chunks_as_they_come(inputs, max_inputs=TOGETHER, max_bytes=TOGETHER_BYTES):
        reads = [each for each in chunk if isinstance(each, Read)]
        if reads:
            extraction = extraction or Extraction(explain=explain, cascade=cascade)
        found = extraction.run_many([read.article for read in reads]) if extraction else ()
        outcomes = attempt_all(found, where=[read.where for read in reads])
        for each in chunk:
            yield Done(each, next(outcomes) if isinstance(each, Read) else None)
