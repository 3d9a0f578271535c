"""Passes the messages of a stream on to an endpoint; it is a sink like the others."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from consumer.errors import AddressRefused, DeliveryFailed
from consumer.received import Received
from consumer.webhook.transport import Endpoint
from consumer.webhook.waiting import Message, Waiting

LEASE_S: Final = 120.0
"""How long one round over an article's messages may take before another sender may try."""

log = structlog.get_logger(__name__)


class WebhookSender:
    """Sends each message; one that is not taken waits for its next try in Redis, and the others go on.

    Messages about one article keep their order: while one waits, later ones wait behind it. So an event is never
    announced after it was retracted.

    Args:
        endpoint: Where to.
        waiting: What waits for another try.
        retries_s: Waits between the tries, in seconds; after the last the message is given up.
        jitter: Factor for each wait, so that many messages do not come back at the same moment.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        waiting: Waiting,
        *,
        retries_s: Sequence[float],
        jitter: Callable[[], float] = lambda: random.uniform(0.8, 1.2),  # noqa: S311 - no secret
    ) -> None:
        self._endpoint = endpoint
        self._waiting = waiting
        self._retries_s = tuple(retries_s)
        self._jitter = jitter

    def take(self, batch: Sequence[Received]) -> None:
        """Send the messages, and those whose next try is due."""
        for received in batch:
            self._take_one(received)
        self.retry_due()

    def close(self) -> None:
        """Close the connections."""
        self._endpoint.close()

    def _take_one(self, received: Received) -> None:
        message = Message(id=received.id, subject=received.article_id, body=received.raw)
        if self._waiting.has(message.subject):
            self._waiting.append(message)
        else:
            fault = self._try(message)
            if fault is not None:
                self._append_failed(message, fault)
        received.ack()

    def _append_failed(self, message: Message, fault: DeliveryFailed | AddressRefused) -> None:
        failed = _counted(message, fault)
        wait_s = self._next_wait_s(failed, fault)
        if wait_s is None:
            self._give_up(failed)
        else:
            self._waiting.append(failed, in_s=wait_s)

    def retry_due(self) -> int:
        """Try what is due; gives the number of messages sent."""
        return sum(self._retry(subject) for subject in self._waiting.claim_due(lease_s=LEASE_S))

    def _retry(self, subject: str) -> int:
        sent = 0
        while (message := self._waiting.first(subject)) is not None:
            fault = self._try(message)
            if fault is not None:
                failed = _counted(message, fault)
                wait_s = self._next_wait_s(failed, fault)
                if wait_s is not None:
                    self._waiting.replace_first(failed, in_s=wait_s)
                    return sent
                self._give_up(failed)
            else:
                sent += 1
            self._waiting.drop_first(subject)
        self._waiting.forget_due(subject)
        return sent

    def _try(self, message: Message) -> DeliveryFailed | AddressRefused | None:
        try:
            self._endpoint.deliver(message.id, message.body.encode())
        except (DeliveryFailed, AddressRefused) as error:
            return error
        return None

    def _next_wait_s(self, message: Message, fault: DeliveryFailed | AddressRefused) -> float | None:
        """Give the wait before the next try; None when there is none."""
        if isinstance(fault, AddressRefused) or fault.is_final or message.tries > len(self._retries_s):
            return None
        wait_s = self._retries_s[message.tries - 1] * self._jitter()
        return max(wait_s, fault.retry_after_s or 0.0)

    def _give_up(self, message: Message) -> None:
        self._waiting.give_up(message)
        log.error("webhook message given up", message_id=message.id, tries=message.tries, fault=message.last_fault)


def _counted(message: Message, fault: DeliveryFailed | AddressRefused) -> Message:
    return message.model_copy(update={"tries": message.tries + 1, "last_fault": fault.message})
