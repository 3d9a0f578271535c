"""``depesche failures``: the articles that could not be processed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.guard import guarded
from cli.options import Queue, RedisUrl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.record import StoredFailure

ListFormat = Annotated[
    Literal["jsonl", "table"] | None,
    typer.Option("--format", help="table on a terminal and jsonl elsewhere, unless given."),
]

failures = typer.Typer(help="List, show and replay the articles that could not be processed.", no_args_is_help=True)


@failures.command("list")
@guarded
def list_failures(
    *,
    redis_url: RedisUrl = None,
    limit: Annotated[int, typer.Option(min=1, help="So many at most.")] = 100,
    output_format: ListFormat = None,
) -> None:
    """List the failures that are kept, the latest first, without what came in."""
    from cli.ledger_access import open_ledger  # noqa: PLC0415

    with open_ledger(redis_url) as ledger:
        found = ledger.failures(limit=limit)
    if _format(output_format) == "table":
        _print_table(found)
    else:
        _print_lines(found)


@failures.command("show")
@guarded
def show_failure(
    failure_id: Annotated[str, typer.Argument(metavar="ID", help="As listed.")], *, redis_url: RedisUrl = None
) -> None:
    """Print one failure as JSON, with what came in as long as that is kept."""
    from cli.ledger_access import open_ledger  # noqa: PLC0415
    from schemas.errors import Invalid  # noqa: PLC0415

    with open_ledger(redis_url) as ledger:
        found = ledger.failure(failure_id)
    if found is None:
        raise Invalid("ID: expected the id of a failure that is kept, found none", code="not_found")
    print(found.failure.model_dump_json(indent=2))


@failures.command("replay")
@guarded
def replay_failures(
    failure_ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help="As listed.")] = None,
    *,
    code: Annotated[str | None, typer.Option(metavar="CODE", help="All failures with this code.")] = None,
    replay_all: Annotated[bool, typer.Option("--all", help="All failures.")] = False,
    queue: Queue = "live",
    redis_url: RedisUrl = None,
    output_format: ListFormat = None,
) -> None:
    """Send what failed to the queue again, for instance after an update; one that cannot be sent stays and is named."""
    from schemas.failure_codes import FAILURE_CODES  # noqa: PLC0415

    if bool(failure_ids) + (code is not None) + replay_all != 1:
        raise typer.BadParameter("expected either ids, or --code, or --all")
    if code is not None and code not in FAILURE_CODES:
        raise typer.BadParameter("expected a failure code, for instance extraction_failed", param_hint="--code")
    from cli.replaying import Chosen, run_replay  # noqa: PLC0415 - loads what only this command needs

    chosen = Chosen(tuple(failure_ids or ()), code)
    raise typer.Exit(run_replay(chosen, redis_url=redis_url, queue=queue, output_format=_format(output_format)))


def _format(given: Literal["jsonl", "table"] | None) -> Literal["jsonl", "table"]:
    import sys  # noqa: PLC0415

    return given or ("table" if sys.stdout.isatty() else "jsonl")


def _print_lines(found: Sequence[StoredFailure]) -> None:
    import json  # noqa: PLC0415

    for each in found:
        bare = each.failure.model_dump(mode="json", exclude={"article", "raw"})
        print(json.dumps({"failure_id": each.failure_id, **bare}, ensure_ascii=False))


def _print_table(found: Sequence[StoredFailure]) -> None:
    from cli.failures_table import print_failures  # noqa: PLC0415

    print_failures(found)
