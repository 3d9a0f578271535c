"""The queue on Celery: messages by task name, so that no code of the worker is needed to send them."""

from __future__ import annotations

import time
from typing import Any, Final

from celery import Celery
from kombu import Queue
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from ledger.broker import Broker, find_broker
from ledger.connection import resolve_url, translate
from ledger.errors import RedisUnreachable
from ledger.message import PUBLISH_RETRY_POLICY, Message
from ledger.settings import LedgerSettings
from ledger.tracing import span
from schemas.errors import DepescheError
from schemas.names import QUEUES

DEADLINE_S: Final = 5.0
"""Longest wait for one message; whoever waits for `submit` wants to know, and the sweeper sends it anyway."""


class CeleryQueue:
    """Sends messages to the queues that the workers read.

    Args:
        url: The ledger's Redis server.
        settings: Timeouts, and another broker where there is one.
        deadline_s: Longest wait for one message, in seconds.

    Note:
        Safe among threads, not across a fork.
    """

    def __init__(self, url: str, settings: LedgerSettings, *, deadline_s: float = DEADLINE_S) -> None:
        broker = find_broker(settings, url=url)
        self._where = broker.where
        self._deadline_s = deadline_s
        self._app = build_sender(broker, settings)

    @classmethod
    def open(cls, settings: LedgerSettings, *, url: str | None = None) -> CeleryQueue:
        """Open the queue on the server of the settings, or on ``url``."""
        return cls(url or resolve_url(settings), settings)

    def send(self, message: Message) -> None:
        """Put a message on its queue, trying again for a few seconds.

        Raises:
            RedisUnreachable: The broker does not answer; the ledger has the articles, and a sweeper sends them later.
            RedisRefused: The broker takes no write.
        """
        give_up_at = time.monotonic() + self._deadline_s

        def check_deadline(error: Exception, _interval: float) -> None:
            if time.monotonic() >= give_up_at:
                raise RedisUnreachable(f"{self._where}: the message could not be sent: {type(error).__name__}")

        policy = {**PUBLISH_RETRY_POLICY, "errback": check_deadline}
        queue = QUEUES[message.queue]
        about = {
            "messaging.system": "celery",
            "messaging.destination.name": queue,
            "messaging.batch.message_count": len(message.article_ids),
        }
        try:
            with span(f"send {queue}", kind="producer", attributes=about):
                self._app.send_task(**message.as_task(), retry_policy=policy)
        except (KombuError, RedisError, OSError) as error:
            raise self._translate(error) from error

    def _translate(self, error: Exception) -> DepescheError:
        cause = error.__cause__ or error  # kombu wraps what the Redis client raised
        if isinstance(cause, RedisError | OSError):
            return translate(cause, self._where)
        return RedisUnreachable(f"{self._where}: the message could not be sent: {type(cause).__name__}")

    def close(self) -> None:
        """Close the connections."""
        self._app.close()


def build_sender(broker: Broker, settings: LedgerSettings) -> Celery:
    """Build the Celery app that only sends."""
    app = Celery("depesche-producer", broker=broker.url, set_as_current=False, fixups=[])
    app.conf.update(_configuration(settings, broker), broker_use_ssl=broker.tls)
    return app


def _configuration(settings: LedgerSettings, broker: Broker) -> dict[str, Any]:
    patience = {} if broker.kind == "amqp" else {"socket_timeout": settings.redis_timeout_s}
    return {
        # In Redis, the list is all there is to a queue: a declaration would only write bindings outside our names.
        "task_queues": [Queue(name, routing_key=name, no_declare=broker.kind != "amqp") for name in QUEUES.values()],
        "task_default_queue": QUEUES["live"],
        "task_create_missing_queues": False,
        "task_ignore_result": True,
        "result_backend": None,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_publish_retry": True,
        "task_publish_retry_policy": PUBLISH_RETRY_POLICY,
        "broker_connection_timeout": settings.redis_connect_timeout_s,
        "broker_transport_options": {**broker.options, **patience},
    }
