"""Where tokens are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from pydantic import ValidationError

from gateway.access.tokens import KeptToken
from ledger.connection import Client, translated
from schemas.names import KEY_TOKENS


class TokenStore(Protocol):
    """Keeps tokens by their names."""

    def all(self) -> Sequence[KeptToken]:
        """Give every token, by name."""
        ...

    def add(self, token: KeptToken) -> bool:
        """Keep a token; False when there is one of that name."""
        ...

    def revoke(self, name: str) -> bool:
        """Forget a token; False when there is none of that name."""
        ...


class RedisTokens:
    """Tokens in Redis, so that all gateways and the command line share them.

    Args:
        client: The server.
        where: The server as messages name it.
    """

    def __init__(self, client: Client, *, where: str = "redis") -> None:
        self._client = client
        self._where = where

    def all(self) -> Sequence[KeptToken]:
        """Give every token, by name."""
        with translated(self._where):
            stored: Any = self._client.hgetall(KEY_TOKENS)
        found = (_read(each) for _, each in sorted(stored.items()))
        return [each for each in found if each is not None]

    def add(self, token: KeptToken) -> bool:
        """Keep a token; False when there is one of that name."""
        with translated(self._where):
            return bool(self._client.hsetnx(KEY_TOKENS, token.name, token.model_dump_json()))

    def revoke(self, name: str) -> bool:
        """Forget a token; False when there is none of that name."""
        with translated(self._where):
            return bool(self._client.hdel(KEY_TOKENS, name))


class MemoryTokens:
    """Tokens in memory, for tests."""

    def __init__(self) -> None:
        self._kept: dict[str, KeptToken] = {}

    def all(self) -> Sequence[KeptToken]:
        """Give every token, by name."""
        return [self._kept[name] for name in sorted(self._kept)]

    def add(self, token: KeptToken) -> bool:
        """Keep a token; False when there is one of that name."""
        return self._kept.setdefault(token.name, token) is token

    def revoke(self, name: str) -> bool:
        """Forget a token; False when there is none of that name."""
        return self._kept.pop(name, None) is not None


def _read(stored: str) -> KeptToken | None:
    """Read what is kept; what a stranger put there opens nothing."""
    try:
        return KeptToken.model_validate_json(stored)
    except ValidationError:
        return None
