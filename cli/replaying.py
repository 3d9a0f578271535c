"""What ``depesche failures replay`` does: hand in again what failed, and say of each what came of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from cli.failures_table import ReplayLines, ReplayTable
from cli.outcome import Outcome
from cli.reporter import Reporter
from cli.screen import Screen
from ledger.record import QueueName, StoredFailure
from producer import Client
from schemas.errors import DepescheError, Invalid


@dataclass(frozen=True)
class Chosen:
    """Which failures to replay.

    Attributes:
        ids: These; each that is not kept is reported.
        code: Where no ids are given: all with this code; None takes all.
    """

    ids: tuple[str, ...] = ()
    code: str | None = None


def run_replay(
    chosen: Chosen, *, redis_url: str | None, queue: QueueName, output_format: Literal["jsonl", "table"]
) -> int:
    """Replay failures, the oldest first, and report those that cannot be.

    Returns:
        The exit status.

    Raises:
        Transient: Redis does not answer or is full; replaying all again is harmless.
    """
    with Client(redis_url) as client:
        # Those there are now: one that fails again meanwhile is not replayed without end.
        ids = list(dict.fromkeys(chosen.ids)) or client.failure_ids()
        outcome = Outcome(is_batch=len(chosen.ids) != 1)
        with Screen(label="Replaying", total=len(ids)) as screen:
            reporter = Reporter(screen, outcome, reads_jsonl=False)
            with closing(ReplayTable(outcome) if output_format == "table" else ReplayLines(screen)) as writer:
                for each in _find(ids, chosen, client, reporter, screen):
                    _replay(each, client, queue, outcome=outcome, reporter=reporter, writer=writer)
    return outcome.status(files=len(chosen.ids))


def _find(
    ids: Sequence[str], chosen: Chosen, client: Client, reporter: Reporter, screen: Screen
) -> Iterator[StoredFailure]:
    for failure_id in ids:
        found = client.failure(failure_id)
        if found is not None and chosen.code in {None, found.failure.code}:
            yield found
        elif found is None and chosen.ids:
            message = f"failure {failure_id}: expected the id of a failure that is kept, found none"
            reporter.miss(Invalid(message, code="not_found"), failure_id)
        screen.advance(1)


def _replay(
    each: StoredFailure,
    client: Client,
    queue: QueueName,
    *,
    outcome: Outcome,
    reporter: Reporter,
    writer: ReplayTable | ReplayLines,
) -> None:
    try:
        submission = client.replay(each, queue=queue)
    except Invalid as error:  # of this one alone: it stays among the failures
        reporter.miss(error, each.failure.article_id or "")
    except DepescheError as error:
        error.add_note(f"Replayed before that: {outcome.done}; replaying all again is harmless.")
        raise
    else:
        outcome.done += 1
        writer.write(each, submission)
