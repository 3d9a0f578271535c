"""Decides on each request whether it may do what it asks for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final, Literal
from urllib.parse import urlsplit

import structlog

from gateway.access.store import TokenStore
from gateway.access.tokens import KeptToken, Scope, find_token
from gateway.errors import AccessDenied, TokenInvalid
from schemas.errors import Transient

REFRESH_S: Final = 2.0
"""A revoked token opens nothing after that."""

Access = Literal["auto", "open", "tokens"]

log = structlog.get_logger(__name__)


class Gatekeeper:
    """Knows the tokens and the rule for those who have none.

    Args:
        tokens: Where they are kept.
        access: See the setting ``gateway_access``.
        is_on_loopback: True when only this machine can reach the gateway.
        clock: Seconds that only grow.

    Note:
        Safe among threads.
    """

    def __init__(
        self,
        tokens: TokenStore,
        *,
        access: Access = "auto",
        is_on_loopback: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tokens = tokens
        self._access = access
        self._is_on_loopback = is_on_loopback
        self._clock = clock
        self._lock = threading.Lock()
        self._known: Sequence[KeptToken] | None = None
        self._read_at = float("-inf")

    def check(self, scope: Scope, *, authorization: str | None, host: str | None) -> str:
        """Let a request through, or not.

        Args:
            scope: What it needs.
            authorization: The header of that name.
            host: The header of that name.

        Returns:
            The name of the token; empty when none was needed.

        Raises:
            TokenInvalid: It needs a token, and has none or a wrong one.
            AccessDenied: The token's scopes do not suffice; or the gateway is open to this machine alone, and the
                request comes by another name.
            RedisUnreachable: The tokens cannot be read, and never could.
        """
        if self._access == "open":
            return ""
        known = self._read()
        if self._access == "auto" and self._is_on_loopback and not known:
            self._require_loopback_name(host)
            return ""
        token = find_token(known, _bearer(authorization))
        if token is None:
            raise TokenInvalid("Authorization: expected a valid token, found another")
        if scope not in token.scopes and "admin" not in token.scopes:
            raise AccessDenied(f"expected a token with the scope {scope}, found one with {', '.join(token.scopes)}")
        return token.name

    def _read(self) -> Sequence[KeptToken]:
        """Read the tokens every few seconds; with Redis away, those known last still hold."""
        with self._lock:
            if self._clock() - self._read_at >= REFRESH_S:
                try:
                    self._known = self._tokens.all()
                except Transient:
                    if self._known is None:
                        raise
                    log.warning("tokens not read again; those known last hold")
                self._read_at = self._clock()
            return self._known or ()

    def _require_loopback_name(self, host: str | None) -> None:
        """Refuse other names: a page in a browser, or a proxy, could else use what is open to this machine alone."""
        name = urlsplit(f"//{host or ''}").hostname if _is_readable(host) else None
        if name not in {"localhost", "127.0.0.1", "::1"}:
            raise AccessDenied(
                "expected the name of this machine (localhost) in the header Host, found another; "
                "create a token to be reached by another name"
            )


def _is_readable(host: str | None) -> bool:
    try:
        urlsplit(f"//{host or ''}")
    except ValueError:
        return False
    return True


def _bearer(authorization: str | None) -> str:
    if authorization is None:
        raise TokenInvalid("Authorization: expected Bearer and a token, found nothing")
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise TokenInvalid("Authorization: expected Bearer and a token, found another form")
    return token.strip()
