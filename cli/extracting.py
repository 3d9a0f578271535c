"""What ``depesche extract`` does: read, extract, write, one article after the other."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing

from cli.batch import Batch, open_batch
from cli.engine.done import Done, Extracted
from cli.output import Format, Writer, build_writer
from cli.reading.inputs import Refused
from schemas.errors import DepescheError


def run_extract(
    files: Sequence[str],
    *,
    published: str | None,
    language: str | None,
    output_format: Format | None,
    min_confidence: float,
    explain: bool,
    processes: int,
    cascade: bool | None = None,
) -> int:
    """Extract the events of every article of the files.

    Returns:
        The exit status.

    Raises:
        DepescheError: An option is not allowed, or the installation is broken.
    """
    with open_batch(files, label="Extracting", published=published, language=language) as batch:
        writer = build_writer(output_format, batch.screen, is_batch=batch.is_batch)
        with closing(_extract(batch, processes=processes, explain=explain, cascade=cascade)) as stream:
            for done in stream:
                _settle(done, batch, writer, min_confidence)
        writer.close()
        return batch.status()


def _extract(batch: Batch, *, processes: int, explain: bool, cascade: bool | None) -> Generator[Done, None, None]:
    if processes == 1:
        from cli.engine.inline import extract_here  # noqa: PLC0415 - only one of the two ways is taken

        return extract_here(batch.read(), explain=explain, cascade=cascade)
    from cli.engine.children import extract_in_processes  # noqa: PLC0415

    return extract_in_processes(batch.read(), processes=processes, explain=explain, cascade=cascade)


def _settle(done: Done, batch: Batch, writer: Writer, min_confidence: float) -> None:
    """Write the result, or report why there is none."""
    outcome = done.outcome
    if isinstance(done.input, Refused):
        batch.reporter.refuse(done.input)
    elif isinstance(outcome, Extracted):
        batch.outcome.done += 1
        writer.write(_confident(outcome, min_confidence), done.input.article)
    elif isinstance(outcome, DepescheError):
        batch.reporter.fail(outcome, done.input)
    batch.screen.advance(done.input.size)


def _confident(extracted: Extracted, min_confidence: float) -> Extracted:
    """Leave out events below the confidence asked for."""
    events = tuple(event for event in extracted.result.events if event.confidence >= min_confidence)
    if len(events) == len(extracted.result.events):
        return extracted
    kept = {event.id for event in events}
    evidence = {key: items for key, items in extracted.evidence.items() if key in kept}
    return Extracted(extracted.result.model_copy(update={"events": events}), evidence)
