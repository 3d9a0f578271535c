"""``depesche failures``: the articles that could not be processed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.guard import guarded
from cli.options import RedisUrl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.record import StoredFailure

failures = typer.Typer(help="List and show the articles that could not be processed.", no_args_is_help=True)


@failures.command("list")
@guarded
def list_failures(
    *,
    redis_url: RedisUrl = None,
    limit: Annotated[int, typer.Option(min=1, help="So many at most.")] = 100,
    output_format: Annotated[
        Literal["jsonl", "table"] | None,
        typer.Option("--format", help="table on a terminal and jsonl elsewhere, unless given."),
    ] = None,
) -> None:
    """List the failures that are kept, the latest first, without what came in."""
    import sys  # noqa: PLC0415

    from cli.ledger_access import open_ledger  # noqa: PLC0415

    with open_ledger(redis_url) as ledger:
        found = ledger.failures(limit=limit)
    if (output_format or ("table" if sys.stdout.isatty() else "jsonl")) == "table":
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


def _print_lines(found: Sequence[StoredFailure]) -> None:
    import json  # noqa: PLC0415

    for each in found:
        bare = each.failure.model_dump(mode="json", exclude={"article", "raw"})
        print(json.dumps({"failure_id": each.failure_id, **bare}, ensure_ascii=False))


def _print_table(found: Sequence[StoredFailure]) -> None:
    from cli.failures_table import print_failures  # noqa: PLC0415

    print_failures(found)
