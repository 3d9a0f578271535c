"""The truth about each article: accepted, started, finished or failed, kept in Redis beside the Celery queue.

The Celery message carries article ids only. Whatever happens to a message (lost, delivered twice, broken), the
ledger knows what is still to be done, and each article ends in exactly one result or one failure.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ledger.connection import check_fitness, open_redis, resolve_url
    from ledger.embedded import EmbeddedServer
    from ledger.errors import (
        EmbeddedServerBroken,
        RedisRefused,
        RedisUnfit,
        RedisUnreachable,
        ServerBinaryMissing,
        SettingsInvalid,
    )
    from ledger.memory_ledger import MemoryLedger
    from ledger.message import Message, plan_messages
    from ledger.protocol import Ledger
    from ledger.record import Acceptance, ArticleStatus, Lease, Outcomes, Pending, Start, StoredFailure, Work
    from ledger.redis_ledger import RedisLedger
    from ledger.server_state import running_url
    from ledger.settings import LedgerSettings, read_settings

__all__ = [
    "Acceptance",
    "ArticleStatus",
    "EmbeddedServer",
    "EmbeddedServerBroken",
    "Lease",
    "Ledger",
    "LedgerSettings",
    "MemoryLedger",
    "Message",
    "Outcomes",
    "Pending",
    "RedisLedger",
    "RedisRefused",
    "RedisUnfit",
    "RedisUnreachable",
    "ServerBinaryMissing",
    "SettingsInvalid",
    "Start",
    "StoredFailure",
    "Work",
    "check_fitness",
    "open_redis",
    "plan_messages",
    "read_settings",
    "resolve_url",
    "running_url",
]

_WHERE: Final = {
    "Acceptance": "ledger.record",
    "ArticleStatus": "ledger.record",
    "EmbeddedServer": "ledger.embedded",
    "EmbeddedServerBroken": "ledger.errors",
    "Lease": "ledger.record",
    "Ledger": "ledger.protocol",
    "LedgerSettings": "ledger.settings",
    "MemoryLedger": "ledger.memory_ledger",
    "Message": "ledger.message",
    "Outcomes": "ledger.record",
    "Pending": "ledger.record",
    "RedisLedger": "ledger.redis_ledger",
    "RedisRefused": "ledger.errors",
    "RedisUnfit": "ledger.errors",
    "RedisUnreachable": "ledger.errors",
    "ServerBinaryMissing": "ledger.errors",
    "SettingsInvalid": "ledger.errors",
    "Start": "ledger.record",
    "StoredFailure": "ledger.record",
    "Work": "ledger.record",
    "check_fitness": "ledger.connection",
    "open_redis": "ledger.connection",
    "plan_messages": "ledger.message",
    "read_settings": "ledger.settings",
    "resolve_url": "ledger.connection",
    "running_url": "ledger.server_state",
}


def __getattr__(name: str) -> Any:
    """Import on first use: the client of Redis takes a sixth of a second, which settings alone do not need."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
