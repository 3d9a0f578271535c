"""``depesche token``: who may use the gateway."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.guard import guarded
from cli.options import RedisUrl

if TYPE_CHECKING:
    from gateway.access.store import RedisTokens
    from ledger.redis_ledger import RedisLedger

token = typer.Typer(help="Make, list and revoke tokens for the gateway.", no_args_is_help=True)


class ScopeOption(StrEnum):
    """What a token may be for; typer takes no list of literals."""

    SUBMIT = "submit"
    READ = "read"
    ADMIN = "admin"


Name = Annotated[str, typer.Argument(metavar="NAME", help="Whose it is, for instance the name of a service.")]


@token.command("create")
@guarded
def create_token(
    name: Name,
    *,
    scope: Annotated[
        list[ScopeOption],
        typer.Option(help="submit: hand articles in. read: results and events. admin: everything. May be repeated."),
    ],
    redis_url: RedisUrl = None,
) -> None:
    """Make a token and print it, once: only a digest is kept."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from cli.ledger_access import open_ledger  # noqa: PLC0415
    from gateway.access.tokens import make_token  # noqa: PLC0415 - of the extra gateway
    from schemas.errors import Invalid  # noqa: PLC0415

    made, kept = make_token(name, [each.value for each in scope], now=datetime.now(UTC))
    with open_ledger(redis_url) as ledger:
        if not _tokens(ledger).add(kept):
            raise Invalid(f"NAME: expected one that is free, found that {name} has a token", code="request_invalid")
    print(made)


@token.command("list")
@guarded
def list_tokens(*, redis_url: RedisUrl = None) -> None:
    """List the tokens by name, with their scopes."""
    import json  # noqa: PLC0415

    from cli.ledger_access import open_ledger  # noqa: PLC0415

    with open_ledger(redis_url) as ledger:
        for each in _tokens(ledger).all():
            print(json.dumps(each.model_dump(mode="json", exclude={"digest"})))


@token.command("revoke")
@guarded
def revoke_token(name: Name, *, redis_url: RedisUrl = None) -> None:
    """Revoke a token: within seconds it opens nothing any more."""
    from cli.ledger_access import open_ledger  # noqa: PLC0415
    from schemas.errors import Invalid  # noqa: PLC0415

    with open_ledger(redis_url) as ledger:
        if not _tokens(ledger).revoke(name):
            raise Invalid("NAME: expected the name of a token, found none of that name", code="not_found")


def _tokens(ledger: RedisLedger) -> RedisTokens:
    from gateway.access.store import RedisTokens  # noqa: PLC0415 - of the extra gateway

    return RedisTokens(ledger.client, where=ledger.where)
