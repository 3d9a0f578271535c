"""The Celery settings of a worker; each line stands against a way to lose or repeat work.

docs/decisions/0002-ledger.md has the faults they were measured with.
"""

from __future__ import annotations

from typing import Any, Final

from kombu import Queue

from ledger.broker import Broker, Kind, find_broker
from ledger.message import PUBLISH_RETRY_POLICY
from schemas.names import KEY_BROKER, QUEUE_LIVE, QUEUES
from worker.service.settings import WorkerSettings

TRANSPORTS: Final[dict[Kind, str]] = {
    "redis": "worker.service.transport:GuardedTransport",
    "sentinel": "worker.service.transport:GuardedSentinelTransport",
    "amqp": "pyamqp",
}


def celery_settings(settings: WorkerSettings, *, url: str) -> dict[str, Any]:
    """Give the Celery configuration of a worker.

    Args:
        settings: The worker's settings.
        url: The ledger's Redis, which is the broker too unless the settings name another one.
    """
    broker = find_broker(settings, url=url)
    return {
        "broker_url": broker.url,
        "broker_transport": TRANSPORTS[broker.kind],
        "broker_use_ssl": broker.tls,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # for ever: a broker that comes back finds its workers
        # A Redis that is full, read-only or breaks off a blocking read because it fails over: to be tried again, too.
        "broker_channel_error_retry": True,
        "broker_connection_timeout": settings.redis_connect_timeout_s,
        "broker_transport_options": _transport_options(settings, broker),
        # In this order, so that news goes before corpora. In Redis, the list is all there is to a queue.
        "task_queues": [Queue(name, routing_key=name, no_declare=broker.kind != "amqp") for name in QUEUES.values()],
        "task_default_queue": QUEUE_LIVE,
        "task_create_missing_queues": False,
        # A message stays on the broker until its articles are done, whatever happens to the process.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        # The ledger decides on another attempt; Celery would repeat for ever.
        "task_acks_on_failure": True,
        "task_acks_on_timeout": True,
        "worker_prefetch_multiplier": 1,
        "task_ignore_result": True,
        "result_backend": None,
        "task_serializer": "json",
        "accept_content": ["json"],
        "result_accept_content": ["json"],
        "event_serializer": "json",
        "task_publish_retry": True,
        "task_publish_retry_policy": PUBLISH_RETRY_POLICY,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_concurrency": settings.concurrency,
        "worker_max_tasks_per_child": settings.max_messages_per_child,
        "worker_max_memory_per_child": settings.max_memory_mib_per_child * 1024,  # KiB
        "worker_soft_shutdown_timeout": settings.stop_patience_s,
        "worker_send_task_events": True,
        "event_queue_prefix": KEY_BROKER + "events",  # what Flower reads them from stays under our prefix
        "task_send_sent_event": False,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "enable_utc": True,
    }


def _transport_options(settings: WorkerSettings, broker: Broker) -> dict[str, Any]:
    if broker.kind == "amqp":
        return dict(broker.options)
    return {
        **broker.options,
        "visibility_timeout": settings.broker_visibility_timeout_s,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "queue_order_strategy": "priority",  # live first
        "priority_steps": [0],
        "unacked_key": f"{KEY_BROKER}unacked",
        "unacked_index_key": f"{KEY_BROKER}unacked-index",
        "unacked_mutex_key": f"{KEY_BROKER}unacked-mutex",
    }
