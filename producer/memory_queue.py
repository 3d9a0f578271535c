"""A queue in memory, for tests and for trying things out; nothing leaves the process."""

from __future__ import annotations

from collections import deque

from ledger.message import Message
from ledger.record import QueueName


class MemoryQueue:
    """Keeps messages in order, each queue apart."""

    def __init__(self) -> None:
        self._messages: dict[QueueName, deque[Message]] = {"live": deque(), "backfill": deque()}

    def send(self, message: Message) -> None:
        """Put a message on its queue."""
        self._messages[message.queue].append(message)

    def take(self, queue: QueueName = "live") -> Message | None:
        """Take the message that waits longest, if there is one."""
        waiting = self._messages[queue]
        return waiting.popleft() if waiting else None

    def close(self) -> None:
        """Do nothing; there is no connection."""
