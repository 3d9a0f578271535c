"""What ``depesche result`` does: look up what came of articles."""

from __future__ import annotations

from collections.abc import Sequence

from cli.engine.done import Extracted
from cli.outcome import Outcome
from cli.output import Format, build_writer
from cli.reporter import Reporter
from cli.screen import Screen
from producer import Client
from schemas.errors import DepescheError
from schemas.failure import Failure

NOT_THERE = frozenset({"wait_timeout", "not_found"})


def run_result(
    article_ids: Sequence[str], *, redis_url: str | None, timeout_s: float, output_format: Format | None
) -> int:
    """Print the result of each article; tell of those that have none.

    Returns:
        The exit status.

    Raises:
        Transient: Redis does not answer.
    """
    outcome = Outcome(is_batch=len(article_ids) > 1)
    with Screen(label="Waiting", total=len(article_ids)) as screen, Client(redis_url) as client:
        reporter = Reporter(screen, outcome, reads_jsonl=False)
        writer = build_writer(output_format, screen, is_batch=outcome.is_batch)
        for article_id in article_ids:
            found = look_up(client, article_id, timeout_s=timeout_s)
            if isinstance(found, DepescheError):
                reporter.miss(found, article_id)
            elif isinstance(found, Failure):
                reporter.forward(found)
            else:
                outcome.done += 1
                writer.write(found, None)
            screen.advance(1)
        writer.close()
    return outcome.status(files=len(article_ids))


def look_up(client: Client, article_id: str, *, timeout_s: float) -> Extracted | Failure | DepescheError:
    """Give what came of an article, or why that cannot be said (yet)."""
    try:
        found = client.wait(article_id, timeout_s=timeout_s)
    except DepescheError as error:
        if error.code not in NOT_THERE:
            raise
        return error
    return found if isinstance(found, Failure) else Extracted(found)
