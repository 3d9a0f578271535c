"""Messages that wait for another try, kept in Redis, article by article so that their order stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic import BaseModel, ConfigDict

from ledger.connection import Client, translated
from schemas.names import KEY_WEBHOOK

KEEP_FAILED: Final = 10_000
"""Messages given up that are kept; older ones go."""

_SOON_MS: Final = 5_000

_CLAIM: Final = """
-- Takes the articles whose next try is due, and puts them off, so that no other sender takes them at the same time.
-- KEYS: due; ARGV: how long (ms), how many
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[2])
for _, subject in ipairs(found) do redis.call('ZADD', KEYS[1], now + ARGV[1], subject) end
return found
"""

_PUT_OFF: Final = """
-- Says when an article's messages are tried next.
-- KEYS: due; ARGV: subject, in how long (ms)
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
return 1
"""


class Message(BaseModel):
    """A message and how often it was tried."""

    model_config = ConfigDict(frozen=True)

    id: str
    subject: str
    body: str
    tries: int = 0
    last_fault: str | None = None


@dataclass(frozen=True)
class Waiting:
    """What a webhook has still to send.

    Args:
        client: The server.
        name: Of the webhook.
        where: The server as messages name it.
    """

    client: Client
    name: str
    where: str = "redis"

    @property
    def _due(self) -> str:
        return f"{KEY_WEBHOOK}{self.name}:due"

    @property
    def failed_key(self) -> str:
        """Stream of the messages that were given up."""
        return f"{KEY_WEBHOOK}{self.name}:failed"

    def _list(self, subject: str) -> str:
        return f"{KEY_WEBHOOK}{self.name}:article:{subject}"

    def has(self, subject: str) -> bool:
        """Tell whether messages about an article wait already: a later one must wait behind them."""
        with translated(self.where):
            return bool(self.client.exists(self._list(subject)))

    def append(self, message: Message, *, in_s: float | None = None) -> None:
        """Put a message behind the others about its article.

        Args:
            message: The message.
            in_s: When the article is tried next, in seconds; None leaves it as it is.
        """
        with translated(self.where):
            self.client.rpush(self._list(message.subject), message.model_dump_json())
            if in_s is None:
                # Where a crash left a message without a time, this gives it one.
                self.client.zadd(self._due, {message.subject: self._now_ms() + _SOON_MS}, nx=True)
        if in_s is not None:
            self.put_off(message.subject, in_s=in_s)

    def _now_ms(self) -> int:
        seconds, microseconds = self.client.time()
        return int(seconds) * 1000 + int(microseconds) // 1000

    def claim_due(self, *, lease_s: float, limit: int = 100) -> list[str]:
        """Give the articles whose next try is due; nobody else gets them while the lease runs."""
        with translated(self.where):
            return cast("list[str]", self.client.eval(_CLAIM, 1, self._due, int(lease_s * 1000), limit))

    def first(self, subject: str) -> Message | None:
        """Give the message about an article that is to be sent first."""
        with translated(self.where):
            stored: Any = self.client.lindex(self._list(subject), 0)
        return None if stored is None else Message.model_validate_json(stored)

    def replace_first(self, message: Message, *, in_s: float) -> None:
        """Note a failed try."""
        with translated(self.where):
            self.client.lset(self._list(message.subject), 0, message.model_dump_json())
        self.put_off(message.subject, in_s=in_s)

    def drop_first(self, subject: str) -> None:
        """Take away a message that was sent."""
        with translated(self.where):
            self.client.lpop(self._list(subject))

    def give_up(self, message: Message) -> None:
        """Keep a message that no try helped among those given up."""
        fields: dict[Any, Any] = {
            "id": message.id,
            "event": message.body,
            "tries": message.tries,
            "fault": message.last_fault or "",
        }
        with translated(self.where):
            self.client.xadd(self.failed_key, fields, maxlen=KEEP_FAILED, approximate=True)

    def put_off(self, subject: str, *, in_s: float) -> None:
        """Say when an article is tried next."""
        with translated(self.where):
            self.client.eval(_PUT_OFF, 1, self._due, subject, int(in_s * 1000))

    def forget_due(self, subject: str) -> None:
        """Note that nothing about an article waits any more."""
        with translated(self.where):
            self.client.zrem(self._due, subject)
