"""The extraction in this process; it loads with the first article, so that bad input alone is refused at once."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from cli.engine.attempt import attempt
from cli.engine.done import Done
from cli.engine.extraction import Extraction
from cli.reading.inputs import Input, Read, Refused


def extract_here(inputs: Iterable[Input], *, explain: bool, cascade: bool | None = None) -> Generator[Done, None, None]:
    """Extract one article after the other.

    Raises:
        DepescheError: The installation is broken, so that no article could go through.
    """
    extraction: Extraction | None = None
    for each in inputs:
        if isinstance(each, Refused):
            yield Done(each, None)
        else:
            extraction = extraction or Extraction(explain=explain, cascade=cascade)
            yield _extract(extraction, each)


def _extract(extraction: Extraction, read: Read) -> Done:
    return Done(read, attempt(lambda: extraction.run(read.article), where=read.where))
