"""Celery messages: which articles travel together, and how long the whole message may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from ledger.record import Pending, QueueName, Work
from ledger.tracing import carried
from schemas.names import QUEUES, TASK_EXTRACT

MESSAGE_MARGIN_S: Final = 30
"""Half of what lies between the sum of the articles' limits and Celery's hard limit."""

PUBLISH_RETRY_POLICY: Final = {"max_retries": 20, "interval_start": 0.1, "interval_step": 0.1, "interval_max": 1.0}
"""A broker that restarts takes some seconds; about fifteen seconds in all."""


@dataclass(frozen=True, slots=True)
class Message:
    """Several article ids that travel in one Celery message.

    Args:
        queue: Where to.
        article_ids: In the order they came.
        limit_s: Sum of the articles' time limits, in seconds.
    """

    queue: QueueName
    article_ids: tuple[str, ...]
    limit_s: int

    def as_task(self) -> dict[str, Any]:
        """Give the arguments of Celery's ``send_task``; its time limit stands above the articles' own.

        There is no soft limit: a worker that finds its broker again after some time lets the soft limits of long
        finished messages run out, and the signal, in a process that writes its next answer, garbles all that follows.

        The trace in which it is sent travels along.
        """
        headers = carried()
        return {
            "name": TASK_EXTRACT,
            "args": [list(self.article_ids)],
            "queue": QUEUES[self.queue],
            "time_limit": self.limit_s + 2 * MESSAGE_MARGIN_S,
            "ignore_result": True,
            **({"headers": headers} if headers else {}),
        }


def limit_of(text: str, *, base_s: float, words_per_s: float) -> int:
    """Give the time limit of an article by its length, in whole seconds.

    Example:
        >>> limit_of("Sie trafen sich in Bern.", base_s=30, words_per_s=500)
        31
    """
    return int(base_s + len(text.split()) / words_per_s) + 1


def longest_limit_s(*, max_text_chars: int, base_s: float, words_per_s: float) -> int:
    """Give the time limit of the longest article there can be: every second character begins a word."""
    return int(base_s + max_text_chars / 2 / words_per_s) + 1


def pending(work: Work) -> Pending:
    """Say of a newly accepted article what its message needs to know."""
    return Pending(article_id=work.article_id, queue=work.queue, limit_s=work.limit_s, size=work.size)


def plan_messages(
    articles: Iterable[Pending], *, max_ids: int, max_limit_s: float, alone_chars: int
) -> Iterator[Message]:
    """Put articles into messages, in order, queue by queue.

    Args:
        articles: What is to be sent.
        max_ids: Articles per message at most.
        max_limit_s: Sum of time limits per message at most, in seconds; a single article may exceed it.
        alone_chars: A longer article travels alone.
    """
    open_messages: dict[QueueName, list[Pending]] = {}
    for article in articles:
        if article.size > alone_chars:
            yield _message([article])
            continue
        waiting = open_messages.setdefault(article.queue, [])
        is_full = len(waiting) >= max_ids or sum(each.limit_s for each in waiting) + article.limit_s > max_limit_s
        if waiting and is_full:
            yield _message(waiting)
            waiting = open_messages[article.queue] = []
        waiting.append(article)
    for waiting in open_messages.values():
        yield _message(waiting)


def _message(articles: list[Pending]) -> Message:
    return Message(
        queue=articles[0].queue,
        article_ids=tuple(article.article_id for article in articles),
        limit_s=sum(article.limit_s for article in articles),
    )
