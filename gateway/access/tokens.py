"""Access tokens: what is handed out once, and what is kept of it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from gateway.errors import RequestInvalid

Scope = Literal["submit", "read", "admin"]
SCOPES: Final[tuple[Scope, ...]] = ("submit", "read", "admin")

PREFIX: Final = "depesche_"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class KeptToken(BaseModel):
    """What is kept of a token; the token itself cannot be made from it.

    Args:
        name: Whose it is.
        scopes: submit: hand articles in. read: read results and events. admin: also failures, delete, replay.
        digest: SHA-256 of the token. No slow hash is needed: a token has 256 random bits, no word of a person.
        created_at: When it was made.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    scopes: tuple[Scope, ...]
    digest: str
    created_at: AwareDatetime


def make_token(name: str, scopes: Iterable[Scope], *, now: datetime) -> tuple[str, KeptToken]:
    """Make a token.

    Returns:
        The token, to be shown once, and what is kept of it.

    Raises:
        RequestInvalid: The name is not of 1 to 64 letters, digits, dots, hyphens and underscores, or there is no scope.
    """
    if not _NAME.fullmatch(name):
        raise RequestInvalid("name: expected 1 to 64 letters, digits, dots, hyphens or underscores, found another form")
    wanted = set(scopes)
    if not wanted:
        raise RequestInvalid(f"scopes: expected at least one of {', '.join(SCOPES)}, found none")
    token = PREFIX + secrets.token_urlsafe(32)
    kept = tuple(each for each in SCOPES if each in wanted)
    return token, KeptToken(name=name, scopes=kept, digest=digest(token), created_at=now)


def digest(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_token(kept: Iterable[KeptToken], token: str) -> KeptToken | None:
    """Give the token that was presented, if there is one like it.

    All are compared, each in constant time: how long it takes tells nothing.
    """
    presented = digest(token)
    found = None
    for each in kept:
        if hmac.compare_digest(each.digest, presented):
            found = each
    return found
