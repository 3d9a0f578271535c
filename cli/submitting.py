"""What ``submit`` and ``reextract`` do: read, hand over, say where each article stands, and wait if asked to."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from cli.batch import Batch, open_batch
from cli.looking_up import look_up
from cli.output import Format, Writer, build_writer
from cli.reading.ahead import chunks_as_they_come
from cli.reading.inputs import Input, Read, Refused
from cli.screen import Screen
from producer import Client, Submission
from schemas.article import Article
from schemas.errors import DepescheError
from schemas.failure import Failure

QueueName = Literal["live", "backfill"]


@dataclass(frozen=True)
class Waiting:
    """An article that was handed over, and the article itself where its text will be shown."""

    article_id: str
    article: Article | None


def run_submit(
    files: Sequence[str],
    *,
    redis_url: str | None,
    published: str | None,
    language: str | None,
    queue: QueueName,
    timeout_s: float | None,
    output_format: Format | None,
    again: bool = False,
) -> int:
    """Submit every article of the files.

    Args:
        files: Names as typed.
        redis_url: The queue; None takes the one of the settings.
        published: Default date as typed.
        language: Default language as typed.
        queue: Fresh news, or a corpus.
        timeout_s: How long to wait for the results; None does not wait.
        output_format: Of the results.
        again: Work on articles once more although the same content is done or failed.

    Returns:
        The exit status.

    Raises:
        Transient: Redis does not answer or is full; submitting all again is harmless.
    """
    with open_batch(files, label="Submitting", published=published, language=language) as batch:
        with Client(redis_url) as client:
            submissions = _submit(batch, client, queue, again=again)
            if timeout_s is None:
                for _, submission in submissions:
                    batch.screen.out(json.dumps(asdict(submission), ensure_ascii=False) + "\n")
            else:
                keeps_article = output_format == "table"
                waiting = [_waiting(read, submission, keeps_article=keeps_article) for read, submission in submissions]
                _await_all(waiting, batch, client, timeout_s, output_format)
        return batch.status()


def _waiting(read: Read, submission: Submission, *, keeps_article: bool) -> Waiting:
    return Waiting(submission.article_id, read.article if keeps_article else None)


def _submit(batch: Batch, client: Client, queue: QueueName, *, again: bool) -> Iterator[tuple[Read, Submission]]:
    """Hand the articles over and give those that were taken; report the others."""
    try:
        for chunk in chunks_as_they_come(batch.read()):
            yield from _submit_chunk(chunk, batch, client, queue, again=again)
    except DepescheError as error:
        error.add_note(f"Accepted before that: {batch.outcome.done}; submitting all again is harmless.")
        raise


def _submit_chunk(
    chunk: Sequence[Input], batch: Batch, client: Client, queue: QueueName, *, again: bool
) -> Iterator[tuple[Read, Submission]]:
    articles = [each.article for each in chunk if isinstance(each, Read)]
    outcomes = client.submit_many(articles, queue=queue, again=again)
    for each in chunk:
        if isinstance(each, Refused):
            batch.reporter.refuse(each)
        elif isinstance(outcome := next(outcomes), Failure):
            batch.reporter.forward(outcome)
        else:
            batch.outcome.done += 1
            yield each, outcome
        batch.screen.advance(each.size)


def _await_all(
    waiting: Sequence[Waiting], batch: Batch, client: Client, timeout_s: float, output_format: Format | None
) -> None:
    deadline = time.monotonic() + timeout_s
    batch.outcome.done = 0
    batch.screen.close()
    with Screen(label="Waiting", total=len(waiting)) as screen:
        writer = build_writer(output_format, screen, is_batch=batch.is_batch)
        for each in waiting:
            _await(each, batch, client, writer, timeout_s=max(0.0, deadline - time.monotonic()))
            screen.advance(1)
        writer.close()


def _await(each: Waiting, batch: Batch, client: Client, writer: Writer, *, timeout_s: float) -> None:
    found = look_up(client, each.article_id, timeout_s=timeout_s)
    if isinstance(found, DepescheError):
        batch.reporter.miss(found, each.article_id)
    elif isinstance(found, Failure):
        batch.reporter.forward(found)
    else:
        batch.outcome.done += 1
        writer.write(found, each.article)
