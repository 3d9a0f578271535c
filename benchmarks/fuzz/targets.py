"""The parsers of what comes from outside, each with inputs to begin from."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import os
import sys
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import parse_qs

from cli.reading.limits import Limits
from cli.reading.sources import Source, read_source
from consumer.received import read_entry
from consumer.webhook.address import check_destination
from consumer.webhook.settings import WebhookSettings
from gateway.index.query import EventQuery, read_cursor, read_moment
from gateway.index.store import EventIndex
from gateway.intake.lines import read_lines
from gateway.requests import check_id
from gateway.settings import GatewaySettings
from ledger.connection import open_redis
from ledger.settings import LedgerSettings, read_settings
from producer.refusal import to_article, to_failure
from schemas.errors import DepescheError, InvalidArticle
from schemas.names import QUEUE_LIVE, TASK_EXTRACT
from schemas.reading import read_article
from worker.service.entry_check import fault_of
from worker.service.settings import WorkerSettings

EXAMPLES: Final = Path(__file__).parents[2] / "schemas" / "examples" / "v1"
NOW: Final = datetime(2025, 11, 5, tzinfo=UTC)
MAX_CHARS: Final = 2_000
"""A short limit, so that texts over it are cheap."""


@dataclass(frozen=True)
class Target:
    """A parser.

    Args:
        name: What it reads.
        samples: Inputs to begin from.
        read: Reads one input; it raises ``DepescheError`` where that is none.
    """

    name: str
    samples: Sequence[bytes]
    read: Callable[[bytes], object]

    def accepts(self, data: bytes) -> bool:
        """Read an input; False when it was refused as announced."""
        try:
            self.read(data)
        except DepescheError:
            return False
        return True


def targets() -> tuple[Target, ...]:
    """Give all of them."""
    articles = _examples("article.*")
    messages = _examples("*-message.*")
    lines = [b"\n".join(articles[place : place + 4]) + b"\n" for place in range(0, len(articles), 2)]
    index, settings = EventIndex(None), LedgerSettings()
    return (
        Target("article", articles, lambda data: read_article(data, max_text_chars=MAX_CHARS)),
        Target("entry of the intake", articles, _read_intake),
        Target("JSON Lines file", lines, _read_jsonl),
        Target("NDJSON body", lines, _read_body),
        Target("entry of the queue", [_entry()], fault_of),
        Target("CloudEvent", messages, _read_message),
        Target("settings", _SETTINGS, _read_settings),
        Target("address of Redis", _URLS, lambda data: open_redis(settings, url=_text(data))),
        Target("address of a webhook", _WEBHOOKS, _read_webhook),
        Target("query of the gateway", _QUERIES, lambda data: _read_query(index, data)),
    )


_SETTINGS: Final = tuple(
    f"{name}={value}".encode()
    for name, value in (
        ("MAX_ATTEMPTS", "3"),
        ("REDIS_URL", "redis://user:word@host:6379/0"),
        ("BROKER_URL", "amqps://user:word@host//"),
        ("RESULT_LIFETIME_S", "604800.5"),
        ("VISIBILITY_TIMEOUT_S", "99999"),
        ("ZONE_DE", "Europe/Berlin"),
        ("GATEWAY_PORT", "8080"),
        ("GATEWAY_ACCESS", "tokens"),
        ("GATEWAY_INTAKE", "true"),
        ("WEBHOOK_URL", "https://endpoint.example/"),
        ("MODEL", "small"),
    )
)
_URLS: Final = (
    b"redis://user:word@host:6379/0?socket_timeout=3",
    b"rediss://host/1?ssl_ca_certs=/etc/ca.pem&ssl_cert_reqs=none",
    b"unix:///run/redis.sock?db=2",
    b"sentinel://user:word@a.example,b.example:26380/news/1?sentinel_password=word",
    b"sentinels://[::1]:26379/news",
)
_WEBHOOKS: Final = (
    b"https://endpoint.example:8443/hook?x=1",
    b"https://[2001:db8::1]/",
    b"http://user:word@127.0.0.1/",
)
_QUERIES: Final = (
    b"participant=Nora+Feldt&country=CHE&from=2025-11-01&to=2025-11-30T12:00Z&limit=20",
    b"cursor=czE3&since=2025-11-05T10:00:00%2B01:00&article=bote-17",
    b"participant=%C5%BDofia%20%22M%C3%BCller%22*%20OR%20NEAR(a)",
)


def _examples(pattern: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(EXAMPLES.glob(f"*/{pattern}.json"))]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _entry() -> bytes:
    """Give a message as Celery writes it."""
    body = base64.b64encode(json.dumps([[["a-1", "a-2"]], {}, {"callbacks": None, "chain": None}]).encode()).decode()
    properties = {
        "delivery_tag": "t",
        "delivery_info": {"exchange": "", "routing_key": QUEUE_LIVE},
        "body_encoding": "base64",
    }
    headers = {"task": TASK_EXTRACT, "id": "m-1", "timelimit": [120, 90], "retries": 0}
    return json.dumps(
        {
            "body": body,
            "content-type": "application/json",
            "content-encoding": "utf-8",
            "headers": headers,
            "properties": properties,
        }
    ).encode()


def _read_intake(data: bytes) -> None:
    """Read it, and where it is no article make its failure."""
    try:
        to_article(data, where="entry", max_text_chars=MAX_CHARS)
    except InvalidArticle as error:
        to_failure(error, data, failed_at=NOW).model_dump_json()
        raise


def _read_jsonl(data: bytes) -> None:
    with patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(data))):
        for _ in read_source(Source("-", "jsonl"), limits=Limits(text_chars=MAX_CHARS)):
            pass


def _read_body(data: bytes) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(data), 700):
            yield data[start : start + 700]

    async def read() -> list[bytes | None]:
        return [line.content async for chunk in read_lines(pieces(), max_bytes=4_000) for line in chunk]

    for content in asyncio.run(read()):
        if content is not None:
            Target("", (), lambda raw: read_article(raw, max_text_chars=MAX_CHARS)).accepts(content)


def _read_message(data: bytes) -> None:
    received = read_entry("1-1", {"event": _text(data)})
    _ = received.event, received.retraction, received.result, received.failure


def _read_settings(data: bytes) -> None:
    name, _, value = _text(data.replace(b"\0", b"")).partition("=")
    # In turn: three readings would cost three times as much, and the three share most of their fields.
    kind = (WorkerSettings, GatewaySettings, WebhookSettings)[zlib.crc32(data) % 3]
    with _environment(f"DEPESCHE_{name.strip() or 'X'}".replace("=", ""), value):
        read_settings(kind)


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    needed = {"DEPESCHE_WEBHOOK_URL": "https://endpoint.example/", "DEPESCHE_WEBHOOK_SECRET": "whsec_" + "QUJD" * 12}
    with patch.dict(os.environ, needed | {name: value}):
        yield


def _read_webhook(data: bytes) -> None:
    check_destination(_text(data), allow_private=False, resolve=lambda _host, _port: ["93.184.215.14"])


def _read_query(index: EventIndex, data: bytes) -> None:
    given: dict[str, Any] = {name: values[-1] for name, values in parse_qs(data.decode("utf-8", "replace")).items()}
    if "article" in given:
        check_id(given["article"])
    index.find(
        EventQuery(
            participant=given.get("participant"),
            country=given.get("country"),
            article_id=given.get("article"),
            start=read_moment(given["from"], where="from") if "from" in given else None,
            end=read_moment(given["to"], where="to", is_end=True) if "to" in given else None,
            since=read_moment(given["since"], where="since") if "since" in given else None,
            before=read_cursor(given["cursor"]) if "cursor" in given else None,
        )
    )
