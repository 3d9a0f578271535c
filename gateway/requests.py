"""What the routes ask of a request: the parts, and whether it may."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable
from typing import Annotated

import anyio.to_thread
from fastapi import Depends, Path, Query, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from gateway.access.tokens import Scope
from gateway.bootstrap import Parts
from gateway.errors import RequestInvalid
from ledger.record import QueueName
from schemas.article import MAX_ID_CHARS

bearer = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token made by `depesche token create NAME --scope submit --scope read`. "
    "Scopes: submit hands articles in, read reads results and events, admin may do everything.",
)


def get_parts(request: Request) -> Parts:
    """Give the parts of this gateway."""
    parts: Parts = request.app.state.parts
    return parts


PartsDependency = Annotated[Parts, Depends(get_parts)]


def requires(scope: Scope) -> Callable[..., Awaitable[str]]:
    """Make a dependency that lets requests through which have a scope, and gives the token's name."""

    async def check(
        request: Request,
        parts: PartsDependency,
        _shown_in_the_document: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
    ) -> str:
        return await anyio.to_thread.run_sync(
            lambda: parts.gatekeeper.check(
                scope, authorization=request.headers.get("authorization"), host=request.headers.get("host")
            )
        )

    return check


Submitter = Annotated[str, Depends(requires("submit"))]
Reader = Annotated[str, Depends(requires("read"))]
Admin = Annotated[str, Depends(requires("admin"))]


def check_id(identity: str) -> str:
    """Make sure that an id out of a path could be one.

    Raises:
        RequestInvalid: With code ``id_invalid``: it is too long, blank or holds control characters.
    """
    is_clean = not any(unicodedata.category(each) in {"Cc", "Zl", "Zp", "Cs"} for each in identity)
    if not 1 <= len(identity) <= MAX_ID_CHARS or not identity.strip() or not is_clean:
        raise RequestInvalid(
            f"id: expected 1 to {MAX_ID_CHARS} visible characters without control characters, found another form",
            code="id_invalid",
        )
    return identity


ArticleIdPath = Annotated[
    str,
    Path(
        description="The article's id, percent-encoded where it holds other than letters, digits, hyphens, dots and "
        "underscores.",
        examples=["bote-2025-11-05-17"],
    ),
]
QueueParameter = Annotated[QueueName, Query(description="backfill is for corpora: workers take live first.")]
FailureIdPath = Annotated[
    str, Path(description="As listed: the article's id, or that of the entry.", examples=["bote-2025-11-05-17"])
]
