"""Remembers what was submitted under an Idempotency-Key.

Submitting is idempotent by itself: the same id with the same content is the same work. The key adds that another
body under the same key is refused, which is a slip of the client.

Source: draft-ietf-httpapi-idempotency-key-header-07
"""

from __future__ import annotations

import hashlib
from typing import Protocol

from gateway.errors import IdempotencyConflict, RequestInvalid
from ledger.connection import Client, translated
from schemas.names import KEY_IDEMPOTENCY


class IdempotencyKeys(Protocol):
    """Keeps fingerprints of bodies by key."""

    def remember(self, key: str, fingerprint: str) -> str:
        """Keep the fingerprint if there is none yet; give the one that is kept."""
        ...


class RedisIdempotencyKeys:
    """Keys in Redis, each with a lifetime.

    Args:
        client: The server.
        lifetime_s: In seconds.
        where: The server as messages name it.
    """

    def __init__(self, client: Client, *, lifetime_s: float, where: str) -> None:
        self._client = client
        self._lifetime_ms = int(lifetime_s * 1000)
        self._where = where

    def remember(self, key: str, fingerprint: str) -> str:
        """Keep the fingerprint if there is none yet; give the one that is kept."""
        with translated(self._where):
            pipe = self._client.pipeline(transaction=True)
            pipe.set(KEY_IDEMPOTENCY + key, fingerprint, px=self._lifetime_ms, nx=True)
            pipe.get(KEY_IDEMPOTENCY + key)
            _, kept = pipe.execute()
        return str(kept)


class MemoryIdempotencyKeys:
    """Keys in memory, for tests."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def remember(self, key: str, fingerprint: str) -> str:
        """Keep the fingerprint if there is none yet; give the one that is kept."""
        return self._kept.setdefault(key, fingerprint)


def check_key(keys: IdempotencyKeys, key: str, *, client: str, body: bytes) -> None:
    """Make sure that a key stands for one body only.

    Args:
        keys: Those known.
        key: As it came.
        client: Name of the token; two clients may use the same key.
        body: Of the request.

    Raises:
        RequestInvalid: The key is empty, too long or not printable.
        IdempotencyConflict: It was used with another body.
    """
    if not 1 <= len(key) <= 255 or not key.isascii() or not key.isprintable():
        raise RequestInvalid("Idempotency-Key: expected 1 to 255 printable ASCII characters, found another form")
    # The key may be a secret of the client: only a digest of it is kept.
    digest = hashlib.sha256(f"{client}\0{key}".encode()).hexdigest()
    fingerprint = hashlib.sha256(body).hexdigest()
    if keys.remember(digest, fingerprint) != fingerprint:
        raise IdempotencyConflict("Idempotency-Key: expected the body it was first used with, found another")
