"""The truth about each article: accepted, started, finished or failed, kept in Redis beside the Celery queue.

The Celery message carries article ids only. Whatever happens to a message (lost, delivered twice, broken), the
ledger knows what is still to be done, and each article ends in exactly one result or one failure.
"""

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
