"""What a queue can do: take a message with article ids."""

from __future__ import annotations

from typing import Protocol

from ledger.message import Message


class Queue(Protocol):
    """Carries article ids to the workers; the articles themselves are in the ledger."""

    def send(self, message: Message) -> None:
        """Put a message on its queue.

        Raises:
            RedisUnreachable: The broker does not answer; the ledger has the articles, and a sweeper sends them later.
        """
        ...

    def close(self) -> None:
        """Close the connections."""
        ...
