"""The one place that opens Redis, and the one border where its errors become ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

import redis
import redis.asyncio
from redis.backoff import ExponentialBackoff
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)
from redis.retry import Retry

from ledger import sentinel
from ledger.errors import RedisRefused, RedisUnfit, RedisUnreachable
from ledger.server_state import running_url
from ledger.settings import LedgerSettings
from schemas.errors import DepescheError

Client: TypeAlias = redis.Redis

MIN_VERSION: Final = (6, 2)
"""Celery's transport uses commands of 6.2."""

_REFUSALS: Final = (
    "OOM", "READONLY", "LOADING", "MISCONF", "MASTERDOWN", "NOREPLICAS", "CLUSTERDOWN", "TRYAGAIN",
    "UNBLOCKED",  # what waits in a blocking read is told so when the server becomes a replica
)  # fmt: skip


def resolve_url(settings: LedgerSettings) -> str:
    """Say which Redis is meant: the one given, else the one that ``depesche up`` runs in this folder.

    Raises:
        RedisUnreachable: Neither is there.
    """
    if settings.redis_url is not None:
        return settings.redis_url
    url = running_url(settings.data_dir)
    if url is None:
        raise RedisUnreachable(
            f"expected DEPESCHE_REDIS_URL, or a server started by `depesche up`; found none in {settings.data_dir}"
        )
    return url


def open_redis(settings: LedgerSettings, *, url: str | None = None, encoding_errors: str = "strict") -> Client:
    """Open a client; nothing is sent before its first command.

    Args:
        settings: Timeouts, and the URL where none is given.
        url: Another server than that of the settings.
        encoding_errors: ``surrogateescape`` for a client that reads what strangers wrote, in whatever encoding.

    Raises:
        RedisUnreachable: No server is named or running.
        RedisUnfit: The URL is none that Redis knows.

    Note:
        Safe among threads, not across a fork: a child opens its own.
    """
    address = url or resolve_url(settings)
    try:
        return client_of(
            address,
            decode_responses=True,
            encoding_errors=encoding_errors,
            socket_timeout=settings.redis_timeout_s,
            socket_connect_timeout=settings.redis_connect_timeout_s,
            socket_keepalive=True,
            health_check_interval=10,
            # Two more tries within a second: a dropped connection heals, a dead server is named soon. No other try
            # after a timeout: that was silence enough.
            retry=Retry(ExponentialBackoff(cap=0.5, base=0.1), 2, supported_errors=(redis.ConnectionError,)),
        )
    except ValueError as error:
        raise RedisUnfit(f"expected a Redis URL, found one that cannot be read: {shown(address)}") from error


def client_of(url: str, **options: Any) -> Client:
    """Make a client of a server named by its URL or by that of its Sentinels.

    Raises:
        ValueError: The URL has another form.
    """
    return sentinel.client_of(url, **options) if sentinel.is_sentinel(url) else redis.Redis.from_url(url, **options)


def async_client_of(url: str, **options: Any) -> Any:
    """Do the same for a client that is awaited."""
    if sentinel.is_sentinel(url):
        return sentinel.async_client_of(url, **options)
    return redis.asyncio.Redis.from_url(url, **options)


def shown(url: str) -> str:
    """Write a Redis URL without its password; of one that cannot be read, only the scheme.

    Example:
        >>> shown("redis://depesche:secret@queue.example:6379/1")
        'redis://queue.example:6379/1'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"{url.partition(':')[0]}:…"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn errors of the Redis client into errors with a stable code.

    Args:
        where: The server, without password.
    """
    try:
        yield
    except (RedisError, OSError) as error:
        raise translate(error, where) from error


def translate(error: Exception, where: str) -> DepescheError:
    """Give the error of ours that stands for one of the Redis client."""
    kind = type(error).__name__
    if isinstance(error, AuthenticationError | NoPermissionError):
        return RedisUnfit(f"{where}: expected access for reading and writing, found {kind}: {_first_words(error)}")
    if isinstance(error, OutOfMemoryError | ReadOnlyError | BusyLoadingError):
        return RedisRefused(f"{where}: the server takes no write: {_first_words(error)}")
    if isinstance(error, redis.ConnectionError | redis.TimeoutError | OSError):
        return RedisUnreachable(f"{where}: expected an answer, found {kind}: {_first_words(error)}")
    if isinstance(error, ResponseError) and any(word in str(error)[:200] for word in _REFUSALS):
        return RedisRefused(f"{where}: the server takes no write: {_first_words(error)}")
    return RedisUnfit(f"{where}: the server does not do what was asked: {_first_words(error)}")


def _first_words(error: Exception) -> str:
    """Quote the start of a message only: the rest may repeat arguments, and these hold text."""
    return " ".join(str(error).split())[:120]


def check_fitness(client: Client, *, where: str) -> None:
    """Make sure that a server can hold the queue.

    Raises:
        RedisUnfit: It is older than 6.2, or its eviction policy may drop articles; the message says what mends it.
        RedisUnreachable: It does not answer.
        RedisRefused: It is loading.
    """
    with translated(where):
        server = client.info("server")
        memory = client.info("memory")
    version = str(server["redis_version"])
    if tuple(int(part) for part in version.split(".")[:2]) < MIN_VERSION:
        raise RedisUnfit(f"{where}: expected Redis 6.2 or later, found {version}")
    policy = str(memory.get("maxmemory_policy", "noeviction"))
    if policy != "noeviction":
        raise RedisUnfit(
            f"{where}: expected maxmemory-policy noeviction, found {policy}, which drops articles when memory is full; "
            "run: redis-cli CONFIG SET maxmemory-policy noeviction, and set it in the server's configuration"
        )
