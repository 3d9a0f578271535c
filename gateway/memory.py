"""A gateway whose parts are all in memory: for tests, and for trying the API out without a Redis."""

from __future__ import annotations

from gateway.access.gatekeeper import Gatekeeper
from gateway.access.store import MemoryTokens
from gateway.bootstrap import Parts
from gateway.feed import MemoryFeed
from gateway.index.store import EventIndex
from gateway.intake.idempotency import MemoryIdempotencyKeys
from gateway.monitor import MemoryMonitor
from gateway.settings import GatewaySettings
from ledger.memory_ledger import MemoryLedger
from producer.client import Client
from producer.memory_queue import MemoryQueue
from schemas.names import STREAM_EVENTS


def build_memory_parts(
    settings: GatewaySettings,
    *,
    ledger: MemoryLedger | None = None,
    queue: MemoryQueue | None = None,
    monitor: MemoryMonitor | None = None,
    tokens: MemoryTokens | None = None,
) -> Parts:
    """Build the parts; what is not given is made."""
    chosen = ledger or MemoryLedger(settings)
    return Parts(
        settings=settings,
        ledger=chosen,
        client=Client(settings=settings, ledger=chosen, queue=queue or MemoryQueue()),
        index=EventIndex(None),
        feed=MemoryFeed(lambda: chosen.streams[STREAM_EVENTS]),
        monitor=monitor or MemoryMonitor(),
        gatekeeper=Gatekeeper(
            tokens or MemoryTokens(), access=settings.gateway_access, is_on_loopback=settings.is_on_loopback
        ),
        idempotency=MemoryIdempotencyKeys(),
    )
