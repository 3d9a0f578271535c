"""The one place where the concrete parts of the gateway meet."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import anyio.to_thread

from gateway.access.gatekeeper import Gatekeeper
from gateway.access.store import RedisTokens
from gateway.feed import EventFeed, RedisFeed
from gateway.index.indexer import Indexer
from gateway.index.store import EventIndex
from gateway.intake.batch import BatchIntake
from gateway.intake.idempotency import IdempotencyKeys, RedisIdempotencyKeys
from gateway.intake.pressure import Pressure
from gateway.metrics import GatewayMetrics
from gateway.metrics_queue import QueueLook
from gateway.monitor import Monitor, RedisMonitor
from gateway.settings import GatewaySettings
from ledger.connection import open_redis, resolve_url, shown
from ledger.prometheus import serve
from ledger.protocol import Ledger
from ledger.redis_ledger import RedisLedger
from producer.client import Client
from producer.intake import Intake
from schemas.errors import Transient


@dataclass
class Background:
    """What goes on beside the requests.

    Args:
        start: Called when the gateway starts.
        stop: Called when it stops.
    """

    start: Callable[[], None] = lambda: None
    stop: Callable[[], None] = lambda: None


@dataclass
class Parts:
    """What a gateway is made of.

    Args:
        settings: As read when it started.
        ledger: Knows the articles.
        client: Hands articles in.
        index: The events that hold.
        feed: The stream of events.
        monitor: Looks at the queue.
        gatekeeper: Decides who may do what.
        idempotency: Remembers keys.
        background: What goes on beside the requests.
        metrics: What is measured.
    """

    settings: GatewaySettings
    ledger: Ledger
    client: Client
    index: EventIndex
    feed: EventFeed
    monitor: Monitor
    gatekeeper: Gatekeeper
    idempotency: IdempotencyKeys
    background: tuple[Background, ...] = ()
    metrics: GatewayMetrics = field(default_factory=GatewayMetrics)
    waiters: threading.Semaphore = field(init=False)
    readers: threading.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.waiters = threading.Semaphore(self.settings.gateway_max_waiters)
        self.readers = threading.Semaphore(self.settings.gateway_max_streams)

    @property
    def pressure(self) -> Pressure:
        """Holds submitters back."""
        return Pressure(self.monitor, self.settings.gateway_max_waiting)

    @property
    def batches(self) -> BatchIntake:
        """Takes bodies with many articles."""
        return BatchIntake(self.client, self.pressure, self.settings)

    def start(self) -> None:
        """Start what goes on beside the requests."""
        for each in self.background:
            each.start()

    async def stop(self) -> None:
        """Stop it, and close the connections."""
        await asyncio.gather(*(anyio.to_thread.run_sync(each.stop) for each in self.background))
        await self.feed.close()
        self.client.close()
        self.index.close()


def build_parts(settings: GatewaySettings) -> Parts:
    """Build the parts on the Redis of the settings.

    Raises:
        RedisUnreachable: No server is named or running.
        RedisUnfit: The server may lose articles. One that does not answer now is waited for.
    """
    url = resolve_url(settings)
    where = shown(url)
    ledger = RedisLedger.open(settings, url=url)
    with suppress(Transient):
        ledger.check_fitness()
    index = EventIndex(settings.index_path)
    monitor = RedisMonitor(ledger.client, where=where)
    metrics = GatewayMetrics(QueueLook(ledger.client, monitor, settings, where=where))
    return Parts(
        settings=settings,
        ledger=ledger,
        client=Client(url, settings=settings, ledger=ledger),
        index=index,
        feed=RedisFeed(url, settings, max_readers=settings.gateway_max_streams),
        monitor=monitor,
        gatekeeper=Gatekeeper(
            RedisTokens(ledger.client, where=where),
            access=settings.gateway_access,
            is_on_loopback=settings.is_on_loopback,
        ),
        idempotency=RedisIdempotencyKeys(
            ledger.client, lifetime_s=settings.gateway_idempotency_lifetime_s, where=where
        ),
        background=(*_background(settings, index, url), *_served(settings, metrics)),
        metrics=metrics,
    )


def _background(settings: GatewaySettings, index: EventIndex, url: str) -> list[Background]:
    indexer = Indexer(index, open_redis(settings, url=url), lifetime_s=settings.index_lifetime_s, where=shown(url))
    found = [Background(indexer.start, indexer.stop)]
    if settings.gateway_intake:
        found.append(_intake(settings, url))
    return found


def _served(settings: GatewaySettings, metrics: GatewayMetrics) -> list[Background]:
    """Serve the metrics on a port of their own, where the settings name one."""
    if settings.metrics_port is None:
        return []
    host, port = settings.metrics_host, settings.metrics_port
    stops: list[Callable[[], None]] = []

    def start() -> None:
        stops.append(serve(metrics.registry, host=host, port=port))

    def stop() -> None:
        while stops:
            stops.pop()()

    return [Background(start, stop)]


def _intake(settings: GatewaySettings, url: str) -> Background:
    intake = Intake.open(settings, url=url)
    thread = threading.Thread(target=intake.run, name="intake", daemon=True)

    def stop() -> None:
        intake.stop()
        if thread.is_alive():
            thread.join(5.0)
        intake.close()

    return Background(thread.start, stop)
