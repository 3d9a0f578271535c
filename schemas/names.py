"""Every name that other processes know: queues, streams, keys, tasks."""

from __future__ import annotations

from typing import Final

TASK_EXTRACT: Final = "depesche.extract.v1"
"""Celery task: extract the articles with the given ids; explicit, so that modules can move."""

QUEUE_PREFIX: Final = "depesche:queue:"
"""Before the name that a producer gives."""

QUEUE_LIVE: Final = "depesche:queue:live"
"""Celery queue of fresh news; workers take it first."""

QUEUE_BACKFILL: Final = "depesche:queue:backfill"
"""Celery queue of corpora, so that they never starve the news."""

QUEUES: Final = {"live": QUEUE_LIVE, "backfill": QUEUE_BACKFILL}
"""What a producer may name, and the Celery queue behind it."""

STREAM_ARTICLES: Final = "depesche:articles"
"""Plain intake: field ``article`` holds an Article as JSON."""

STREAM_EVENTS: Final = "depesche:events"
"""CloudEvents in the field ``event``, ``id`` and ``type`` beside it."""

STREAM_RESULTS: Final = "depesche:results"
"""One CloudEvent per article and revision, also where there is no event."""

STREAM_FAILURES: Final = "depesche:failures"
"""One Failure per article that could not be processed."""

KEY_ARTICLE: Final = "depesche:article:"
"""Prefix, then the article id: the ledger's record (hash)."""

KEY_PAYLOAD: Final = "depesche:payload:"
"""Prefix, then the article id: the article as JSON, only until it is done or failed."""

KEY_RESULT: Final = "depesche:result:"
"""Prefix, then the article id: the latest result as JSON."""

KEY_FAILURE: Final = "depesche:failure:"
"""Prefix, then the failure id (the article id, where there is one): the Failure as JSON, for replay."""

INDEX_FAILURES: Final = "depesche:failure-index"
"""Sorted set of failure ids by the time they failed."""

KEY_LEASES: Final = "depesche:leases"
"""Sorted set of article ids by the time their lease ends; what the sweeper reads."""

KEY_OUTCOMES: Final = "depesche:outcomes:"
"""Prefix, then the minute since 1970: how many articles ended well, and how many in each family of failures (hash)."""

KEY_WORKER: Final = "depesche:worker:"
"""Prefix, then the worker's name: heartbeat with a lifetime."""

KEY_TOKENS: Final = "depesche:tokens"
"""Hash of the gateway's access tokens by name: scopes and a digest, never a token."""

KEY_IDEMPOTENCY: Final = "depesche:idempotency:"
"""Prefix, then a digest of an Idempotency-Key: what was first submitted under it."""

KEY_WEBHOOK: Final = "depesche:webhook:"
"""Prefix, then a webhook's name: its messages that wait for another try, and those given up."""

GROUP_INTAKE: Final = "depesche-intake"
"""Consumer group of the stream of articles: the bridge into the queue."""

KEY_BROKER: Final = "depesche:broker:"
"""Prefix of what Celery keeps beside the queues: unacknowledged messages, bindings."""

CE_EVENT: Final = "depesche.event.v1"
"""CloudEvents type: an event was found."""

CE_RETRACTED: Final = "depesche.event.retracted.v1"
"""CloudEvents type: an event of an earlier revision no longer holds."""

CE_RESULT: Final = "depesche.result.v1"
"""CloudEvents type: an article is done."""

CE_FAILURE: Final = "depesche.failure.v1"
"""CloudEvents type: an article could not be processed."""

CE_SOURCE: Final = "/depesche"
"""CloudEvents source."""
