"""``depesche delete``: the traces of articles."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.guard import guarded
from cli.options import RedisUrl


@guarded
def delete(
    article_ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of articles.")],
    *,
    redis_url: RedisUrl = None,
) -> None:
    """Remove the text, result, failure and record of articles, and retract their events."""
    from cli.ledger_access import open_ledger  # noqa: PLC0415
    from schemas.errors import Invalid  # noqa: PLC0415

    with open_ledger(redis_url) as ledger:
        unknown = [each for each in article_ids if not ledger.delete(each)]
    if unknown:
        found = f"{len(unknown)} of {len(article_ids)} unknown; the others are deleted"
        raise Invalid(f"ID: expected ids of articles that are kept, found {found}", code="not_found")
