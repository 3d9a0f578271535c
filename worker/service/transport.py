"""Celery's Redis transport, with a look at each entry first, and with all its keys under our prefix."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from kombu.transport import TRANSPORT_ALIASES
from kombu.transport.redis import Channel, SentinelChannel, SentinelTransport, Transport
from redis.exceptions import ConnectionError  # noqa: A004 - kombu knows this one, not the built-in

from ledger.redis_ledger import RedisLedger
from ledger.settings import LedgerSettings, read_settings
from schemas.errors import DepescheError
from schemas.failure import Failure
from schemas.names import KEY_BROKER, QUEUES
from worker.service.entry_check import fault_of

MAX_RAW_BYTES: Final = 65_536
"""Of a broken entry so much is kept; it is no article, and may be of any size."""

_OURS: Final = frozenset(name.encode() for name in QUEUES.values())

log = structlog.get_logger(__name__)


class _Guarded(Channel):
    """Sets entries aside that Celery could not read.

    Without this, one such entry ends every worker, and again after each restart: Celery takes it from the list, fails
    outside of any task, and stops.
    """

    keyprefix_queue = f"{KEY_BROKER}binding.%s"
    keyprefix_binding_deadlines = f"{KEY_BROKER}binding-deadlines"
    keyprefix_binding_permanent = f"{KEY_BROKER}binding-permanent.%s"

    def _create_client(self, asynchronous: bool = False) -> Any:  # noqa: FBT001, FBT002 - kombu's signature
        if getattr(self.connection, "client", None) is None:
            # Something still wants to use the channel of a connection that was lost meanwhile. kombu fails with an
            # AttributeError, which Celery does not take for a lost connection: it ended the worker.
            raise ConnectionError("the connection of this channel was closed")
        client = super()._create_client(asynchronous=asynchronous)  # type: ignore[misc] # missing in the stubs
        client.parse_response = _checked(client.parse_response)
        return client


class GuardedChannel(_Guarded):
    """The guard before a Redis server."""


class GuardedTransport(Transport):
    """The Redis transport with the guarded channel."""

    Channel = GuardedChannel


class GuardedSentinelChannel(_Guarded, SentinelChannel):
    """The guard before the server that the Sentinels name."""


class GuardedSentinelTransport(SentinelTransport):
    """The transport by Sentinels with the guarded channel."""

    Channel = GuardedSentinelChannel


# At a reconnect kombu turns to the next Sentinel and then goes by the scheme of its URL: that must not lead past the
# guard.
TRANSPORT_ALIASES["sentinel"] = f"{__name__}:{GuardedSentinelTransport.__name__}"


def _checked(parse: Callable[..., Any]) -> Callable[..., Any]:
    """Let a broken entry look like an empty list; what is under way is not touched."""

    def parse_response(connection: Any, command_name: Any, **options: Any) -> Any:
        reply = parse(connection, command_name, **options)
        if command_name != "BRPOP" or not reply:
            return reply
        queue, raw = reply
        # Flower reads Celery's own messages by the same way, from queues that are not ours.
        fault = fault_of(raw) if queue in _OURS else None
        if fault is None:
            return reply
        set_aside(queue.decode(), raw, fault)
        return None

    return parse_response


def set_aside(queue: str, raw: bytes, fault: str) -> None:
    """Keep a broken entry among the failures; where that fails, say so and go on."""
    failure_id = f"entry-{hashlib.sha256(raw).hexdigest()[:32]}"
    failure = Failure(
        code="json_invalid",
        family="invalid",
        message=f"{queue}: {fault}",
        attempts=0,
        failed_at=datetime.now(UTC),
        raw=base64.b64encode(raw[:MAX_RAW_BYTES]).decode("ascii") or None,
    )
    log.error("queue entry set aside", queue=queue, failure_id=failure_id, fault=fault, size=len(raw))
    try:
        ledger = RedisLedger.open(read_settings(LedgerSettings))
        try:
            ledger.record_failure(failure, failure_id=failure_id)
        finally:
            ledger.close()
    except DepescheError as error:
        log.error("queue entry not kept", failure_id=failure_id, code=error.code)  # noqa: TRY400 - no traceback needed
