"""Redis: is it there, is it fit to keep a queue, and does any worker listen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from cli.doctor.check import Check
from schemas.names import KEY_WORKER

_TIMEOUT_S: Final = 3
_LEAST_VERSION: Final = (6, 2)


def check_queue(url: str) -> Iterator[Check]:
    """Look at the Redis server behind a URL."""
    import redis  # noqa: PLC0415 - of the extra producer

    from ledger.connection import client_of  # noqa: PLC0415

    shown = hide_password(url)
    try:
        client = client_of(url, socket_timeout=_TIMEOUT_S, socket_connect_timeout=_TIMEOUT_S, decode_responses=True)
        with client:
            info: Mapping[str, Any] = client.info()
            workers = sorted(key.removeprefix(KEY_WORKER) for key in client.scan_iter(f"{KEY_WORKER}*", count=1000))
    except ValueError as error:
        yield Check("redis", "fault", f"{shown}: {error}", "Write it as redis://host:6379/0.", "settings_invalid")
    except redis.RedisError as error:
        remedy = "Check DEPESCHE_REDIS_URL and that the server runs; without a URL, depesche up starts one."
        yield Check("redis", "fault", f"{shown}: {_reason(error)}", remedy, "redis_unreachable")
    else:
        yield Check("redis", "ok", shown)
        yield from _fitness(info)
        yield _workers(workers)


def hide_password(url: str) -> str:
    """Give the URL without user and password."""
    try:
        parts = urlsplit(url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()
    except ValueError:
        return "the given URL"


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"


def _fitness(info: Mapping[str, Any]) -> Iterator[Check]:
    version = str(info.get("redis_version", "0"))
    shown = f"{info.get('server_name', 'redis')} {info.get('valkey_version', version)}"
    is_new = tuple(int(part) for part in version.split(".")[:2]) >= _LEAST_VERSION
    yield _judge("redis version", shown, "Use Redis 6.2 or later.", is_fit=is_new)
    policy = str(info.get("maxmemory_policy", "unknown"))
    remedy = "Set maxmemory-policy noeviction: Redis may not drop articles when memory is full."
    yield _judge("redis memory", _memory(info, policy), remedy, is_fit=policy == "noeviction")
    if info.get("aof_enabled"):
        yield Check("redis append-only", "ok", "on")
    else:
        yield Check("redis append-only", "note", "off: a crash loses articles", "Set appendonly yes.")


def _memory(info: Mapping[str, Any], policy: str) -> str:
    limit = info.get("maxmemory_human") if info.get("maxmemory") else "no limit"
    return f"{info.get('used_memory_human', 'unknown')} used, {limit}, {policy}"


def _judge(name: str, found: str, remedy: str, *, is_fit: bool) -> Check:
    return Check(name, "ok", found) if is_fit else Check(name, "fault", found, remedy, "redis_unfit")


def _workers(names: list[str]) -> Check:
    if not names:
        return Check("workers", "note", "none alive", "Start one: depesche worker, or depesche up.")
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return Check("workers", "ok", f"{len(names)} alive: {', '.join(names[:5])}{more}")
