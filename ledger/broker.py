"""How Celery reaches the queue: Redis, Redis by its Sentinels, or RabbitMQ; by URL alone."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import parse_qs, urlsplit

from ledger.connection import shown
from ledger.errors import RedisUnfit
from ledger.sentinel import is_sentinel, read_sentinel_url, sentinel_options
from ledger.settings import LedgerSettings

Kind = Literal["redis", "sentinel", "amqp"]

AMQPS_PORT: Final = 5671
SOCKET_OPTIONS: Final = {"socket_keepalive": True, "health_check_interval": 10}


@dataclass(frozen=True)
class Broker:
    """What Celery needs to know of the queue's server.

    Args:
        kind: What it is.
        url: As Celery reads it.
        where: As messages name it, without password.
        tls: Celery's options of TLS; None without.
        options: Celery's transport options that are the same for whoever sends and whoever receives.
    """

    kind: Kind
    url: str
    where: str
    tls: Mapping[str, Any] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


def find_broker(settings: LedgerSettings, *, url: str) -> Broker:
    """Say where the queue is.

    Args:
        settings: ``broker_url``, where the queue is not on the ledger's Redis, and timeouts.
        url: The ledger's Redis.

    Raises:
        RedisUnfit: The URL cannot be read.
    """
    if settings.broker_url is not None:
        return _rabbitmq(settings.broker_url)
    options: dict[str, Any] = {**SOCKET_OPTIONS, "socket_connect_timeout": settings.redis_connect_timeout_s}
    if not is_sentinel(url):
        return Broker("redis", url, shown(url), tls_options(url), options)
    try:
        address = read_sentinel_url(url)
    except ValueError as error:
        raise RedisUnfit(f"expected sentinel://host:port,host:port/SERVICE, found {shown(url)}") from error
    tls = tls_options(url)
    patience = {"socket_timeout": settings.redis_timeout_s, "socket_connect_timeout": settings.redis_connect_timeout_s}
    asking = sentinel_options(address, {**patience, **({"ssl": True, **tls} if tls is not None else {})})
    options |= {"master_name": address.service, "sentinel_kwargs": asking}
    return Broker("sentinel", address.broker_url(), shown(url), tls, options)


def tls_options(url: str) -> dict[str, Any] | None:
    """Give the TLS options of a URL for Celery; None for one without TLS.

    Celery by itself would not check the server's certificate. Here it is checked unless the URL says
    ``ssl_cert_reqs=none``; ``ssl_ca_certs``, ``ssl_certfile`` and ``ssl_keyfile`` are taken from the URL too.

    Example:
        >>> tls_options("rediss://queue.example:6379/0?ssl_ca_certs=/etc/ca.pem")["ssl_ca_certs"]
        '/etc/ca.pem'
    """
    parts = urlsplit(url)
    if parts.scheme not in {"rediss", "sentinels", "amqps"}:
        return None
    given = {name: values[-1] for name, values in parse_qs(parts.query).items() if name.startswith("ssl_")}
    required = given.pop("ssl_cert_reqs", "required").lower().removeprefix("cert_")
    modes = {"none": ssl.CERT_NONE, "optional": ssl.CERT_OPTIONAL}
    return {"ssl_cert_reqs": modes.get(required, ssl.CERT_REQUIRED), **given}


def _rabbitmq(url: str) -> Broker:
    """Let RabbitMQ confirm each message, and check its certificate: by itself the client does neither."""
    parts = urlsplit(url)
    netloc, tls = parts.netloc, tls_options(url)
    if tls is not None:
        # The client of RabbitMQ has the same options under names without the prefix.
        tls = {name.removeprefix("ssl_"): value for name, value in tls.items()} | {"server_hostname": parts.hostname}
        netloc += "" if parts.port else f":{AMQPS_PORT}"
    plain = parts._replace(scheme="amqp", netloc=netloc, query="").geturl()
    return Broker("amqp", plain, shown(url), tls, {"confirm_publish": True})
