"""A Redis that fails over, named by its Sentinels: one URL for the ledger, the gateway and Celery alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

import redis
import redis.asyncio
from redis.asyncio.retry import Retry as AsyncRetry
from redis.asyncio.sentinel import Sentinel as AsyncSentinel
from redis.backoff import NoBackoff
from redis.retry import Retry
from redis.sentinel import Sentinel

DEFAULT_PORT: Final = 26_379
SCHEMES: Final = ("sentinel", "sentinels")
TLS_OPTIONS: Final = frozenset(
    f"ssl_{name}"
    for name in ("ca_certs", "ca_path", "ca_data", "certfile", "keyfile", "password", "cert_reqs", "check_hostname")
)


@dataclass(frozen=True)
class SentinelAddress:
    """What a ``sentinel://`` URL says.

    Args:
        sentinels: Host and port of each.
        service: Name under which they watch the servers.
        db: Number of the database.
        account: Username and password of the servers, as far as given.
        sentinel_account: The same of the Sentinels themselves.
        tls: Options of TLS, for both; None without TLS.
    """

    sentinels: tuple[tuple[str, int], ...]
    service: str
    db: int
    account: Mapping[str, str]
    sentinel_account: Mapping[str, str]
    tls: Mapping[str, Any] | None

    def broker_url(self) -> str:
        """Give the URL as Celery's transport reads it: one for each Sentinel, each with the account."""
        user, password = (quote(self.account.get(key, ""), safe="") for key in ("username", "password"))
        account = f"{user}:{password}@" if self.account else ""
        return ";".join(f"sentinel://{account}{_host(host)}:{port}/{self.db}" for host, port in self.sentinels)


def is_sentinel(url: str) -> bool:
    """Tell whether a URL names Sentinels instead of a server."""
    return urlsplit(url).scheme in SCHEMES


def read_sentinel_url(url: str) -> SentinelAddress:
    """Read ``sentinel://[user:password@]host[:port],host[:port]/SERVICE[/DB]``, ``sentinels://`` with TLS.

    ``?sentinel_username=…&sentinel_password=…`` is the account of the Sentinels, where they ask for one, and
    ``ssl_ca_certs``, ``ssl_certfile``, ``ssl_keyfile`` are as for ``rediss://``.

    Raises:
        ValueError: It has another form.

    Example:
        >>> read_sentinel_url("sentinel://a.example,b.example:26380/news/1").sentinels
        (('a.example', 26379), ('b.example', 26380))
    """
    parts = urlsplit(url)
    account, _, hosts = parts.netloc.rpartition("@")
    service, _, db = parts.path.strip("/").partition("/")
    if not service or not hosts:
        msg = "expected sentinel://host:port,host:port/SERVICE/DB"
        raise ValueError(msg)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    user, _, password = account.partition(":")
    return SentinelAddress(
        sentinels=tuple(_host_and_port(each) for each in hosts.split(",")),
        service=unquote(service),
        db=int(db or 0),
        account=_given(username=unquote(user), password=unquote(password)),
        sentinel_account=_given(
            username=query.get("sentinel_username", ""), password=query.get("sentinel_password", "")
        ),
        tls=_tls(query) if parts.scheme == "sentinels" else None,
    )


def _tls(query: Mapping[str, str]) -> dict[str, str]:
    """Take the options of TLS; one with a slip of the pen must not be left out silently."""
    found = {name: value for name, value in query.items() if name.startswith("ssl_")}
    if unknown := sorted(found.keys() - TLS_OPTIONS):
        msg = f"expected options of TLS ({', '.join(sorted(TLS_OPTIONS))}), found {len(unknown)} of another name"
        raise ValueError(msg)
    return found


def client_of(url: str, **options: Any) -> redis.Redis:
    """Open a client for the server that is the primary at each moment; nothing is sent before its first command.

    Args:
        url: As ``read_sentinel_url`` reads it.
        options: Of the redis client.
    """
    address = read_sentinel_url(url)
    options |= _server_options(address)
    sentinel: Any = Sentinel(list(address.sentinels), sentinel_kwargs=sentinel_options(address, options), **options)  # type: ignore[no-untyped-call]
    client: redis.Redis = sentinel.master_for(address.service)
    return client


def async_client_of(url: str, **options: Any) -> Any:
    """Do the same for a client that is awaited."""
    address = read_sentinel_url(url)
    options |= _server_options(address)
    asking = sentinel_options(address, options) | {"retry": AsyncRetry(NoBackoff(), 0)}
    sentinel: Any = AsyncSentinel(list(address.sentinels), sentinel_kwargs=asking, **options)  # type: ignore[no-untyped-call]
    return sentinel.master_for(address.service)


def _server_options(address: SentinelAddress) -> dict[str, Any]:
    tls = {"ssl": True, **address.tls} if address.tls is not None else {}
    return {"db": address.db, **address.account, **tls}


def sentinel_options(address: SentinelAddress, options: Mapping[str, Any]) -> dict[str, Any]:
    """Give the options of the clients that ask the Sentinels: each is asked once, since the next one knows as well.

    With the client's own ten tries, a dead Sentinel held up each new connection for seven seconds.
    """
    same = {name: value for name, value in options.items() if name.startswith(("socket_", "ssl"))}
    return {**same, "retry": Retry(NoBackoff(), 0), **address.sentinel_account}


def _given(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _host_and_port(text: str) -> tuple[str, int]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        msg = "expected the host of a Sentinel"
        raise ValueError(msg)
    return parts.hostname, parts.port or DEFAULT_PORT


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
