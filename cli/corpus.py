"""What ``submit --jsonl`` does: a long file into the queue, with patience, and from where the last run stopped."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from cli.batch import Batch, open_batch
from cli.reading.ahead import chunks_as_they_come
from cli.reading.inputs import Input, Read, Refused
from cli.resuming import Bookmark
from ledger.errors import RedisRefused, RedisUnreachable
from ledger.record import QueueName
from producer import Client, Submission
from schemas.errors import Invalid
from schemas.failure import Failure

PAUSE_S: Final = 1.0
LONGEST_AWAY_S: Final = 300.0
"""A Redis that restarts is waited for; one that does not come back is told of."""


def run_corpus(
    name: str, *, redis_url: str | None, published: str | None, language: str | None, queue: QueueName
) -> int:
    """Submit a file of articles, one as JSON in each line, and say at the end how many there were.

    Memory stays flat however long it is. When Redis is full, it waits until workers have made room.

    Args:
        name: Of the file.
        redis_url: The queue; None takes the one of the settings.
        published: Default date as typed.
        language: Default language as typed.
        queue: Fresh news, or a corpus.

    Returns:
        The exit status.

    Raises:
        Invalid: There is no such file, or an option is not allowed.
        Transient: Redis does not come back; the next run goes on from here.
    """
    if not Path(name).is_file():
        raise Invalid(f"{name}: expected a file, found none", code="file_not_found")
    bookmark = Bookmark(Path(name))
    began_at, known = bookmark.count, 0
    with open_batch([name], label="Submitting", published=published, language=language) as batch:
        if began_at:
            batch.screen.err(f"going on after {began_at:,} articles ({bookmark.name})")
        inputs = batch.read()
        for each in itertools.islice(inputs, began_at):
            batch.screen.advance(each.size)
        with Client(redis_url) as client:
            try:
                for chunk in chunks_as_they_come(inputs):
                    known += _submit(chunk, batch, client, queue)
                    bookmark.advance(len(chunk))
            except BaseException:
                bookmark.write()
                raise
        _conclude(batch, bookmark, known)
        return batch.status()


def _conclude(batch: Batch, bookmark: Bookmark, known: int) -> None:
    if batch.outcome.failed_files:
        bookmark.write()  # cut off in the middle: a whole file of the same name is another one
    else:
        bookmark.remove()
    again = f", {known:,} of them known already" if known else ""
    batch.screen.close()
    batch.screen.err(f"{batch.outcome.done:,} articles submitted{again}; {batch.outcome.failed:,} refused")


def _submit(chunk: Sequence[Input], batch: Batch, client: Client, queue: QueueName) -> int:
    """Hand a chunk over; gives how many articles of it were known already."""
    articles = [each.article for each in chunk if isinstance(each, Read)]
    outcomes = iter(_patiently(lambda: list(client.submit_many(articles, queue=queue)), batch))
    known = 0
    for each in chunk:
        outcome = next(outcomes) if isinstance(each, Read) else None
        if isinstance(each, Refused):
            batch.reporter.refuse(each)
        elif isinstance(outcome, Failure):
            batch.reporter.forward(outcome)
        elif outcome is not None:
            batch.outcome.done += 1
            known += not outcome.is_new
        batch.screen.advance(each.size)
    return known


def _patiently(hand_over: Callable[[], list[Submission | Failure]], batch: Batch) -> list[Submission | Failure]:
    """Try until Redis has room again, or is back; handing over again what was accepted is harmless."""
    is_told, away_since = False, time.monotonic()
    while True:
        try:
            return hand_over()
        except RedisRefused as error:
            message, away_since = error.message, time.monotonic()
        except RedisUnreachable as error:
            if time.monotonic() - away_since > LONGEST_AWAY_S:
                raise
            message = error.message
        if not is_told:
            batch.screen.err(f"waiting: {message}")
            is_told = True
        time.sleep(PAUSE_S)
