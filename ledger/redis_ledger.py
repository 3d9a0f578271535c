"""The ledger on Redis: every change is one Lua script, timed by the server."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from pydantic import ValidationError
from redis.commands.core import Script

from ledger.cloudevents import announce, failure_entry, result_entry, withdraw
from ledger.connection import Client, translated
from ledger.headroom import Headroom
from ledger.record import (
    Acceptance,
    FailVerdict,
    FinishVerdict,
    Lease,
    Pending,
    PublishedEvent,
    QueueName,
    Start,
    StartVerdict,
    Work,
)
from ledger.redis_reader import RedisReader
from ledger.scripts import read_script
from ledger.settings import LedgerSettings
from schemas.article import Article
from schemas.failure import Failure
from schemas.names import (
    INDEX_FAILURES,
    KEY_ARTICLE,
    KEY_FAILURE,
    KEY_LEASES,
    KEY_OUTCOMES,
    KEY_PAYLOAD,
    KEY_RESULT,
    QUEUE_PREFIX,
    STREAM_EVENTS,
    STREAM_FAILURES,
    STREAM_RESULTS,
)
from schemas.result import Result


class RedisLedger(RedisReader):
    """The ledger on a Redis server.

    Args:
        client: An open client that decodes to strings.
        settings: Limits and lifetimes.
        where: The server as messages name it, without password.

    Note:
        Safe among threads, not across a fork.
    """

    def __init__(self, client: Client, settings: LedgerSettings, *, where: str = "redis") -> None:
        super().__init__(client, settings, where=where)
        self._headroom = Headroom(client, share=settings.redis_headroom, where=where)
        self._accept, self._sent, self._start, self._finish, self._fail, self._record_failure, self._sweep = (
            client.register_script(read_script(name))
            for name in ("accept", "sent", "start", "finish", "fail", "record_failure", "sweep")
        )
        self._delete = client.register_script(read_script("delete"))

    def accept(self, works: Sequence[Work], *, again: bool = False) -> list[Acceptance]:
        """Take articles in, in one round trip; nothing is stored when the server refuses."""
        if not works:
            return []
        self._headroom.check()
        with translated(self._where):
            pipe = self._client.pipeline(transaction=False)
            for work in works:
                self._queue_accept(work, again=again, pipe=pipe)
            replies = pipe.execute(raise_on_error=False)
            for reply in replies:
                if isinstance(reply, Exception):
                    raise reply  # as it is: raised by the pipeline it would quote the article
        return [
            Acceptance(
                work.article_id,
                revision=int(reply[1]),
                status=reply[2],
                is_new=reply[0] == "accepted",
                is_to_send=bool(reply[3]),
            )
            for work, reply in zip(works, replies, strict=True)
        ]

    def _queue_accept(self, work: Work, *, again: bool, pipe: Any) -> None:
        article = work.article_id
        self._accept(
            keys=[
                KEY_ARTICLE + article,
                KEY_PAYLOAD + article,
                KEY_LEASES,
                KEY_FAILURE + article,
                INDEX_FAILURES,
            ],
            args=[
                article,
                work.content_hash,
                work.article.model_dump_json(exclude_defaults=True),
                work.queue,
                work.limit_s,
                work.size,
                _ms(self._settings.resend_after_s),
                int(again),
            ],
            client=pipe,
        )

    def mark_sent(self, article_ids: Iterable[str]) -> None:
        """Note that the messages with these articles are on their queue."""
        ids = list(article_ids)
        if ids:
            patience = [_ms(self._settings.resend_after_s), self._queue_prefix, _ms(self._settings.queue_patience_s)]
            self._run(self._sent, [KEY_LEASES], [KEY_ARTICLE, *patience, *ids])

    def start(self, article_id: str, *, holder: str) -> Start:
        """Ask to work on an article; counts the attempt."""
        reply = self._run(
            self._start,
            [KEY_ARTICLE + article_id, KEY_PAYLOAD + article_id, KEY_LEASES],
            [article_id, holder, self._settings.max_attempts, _ms(self._settings.lease_margin_s)],
        )
        verdict = cast("StartVerdict", reply[0])
        if verdict not in {"started", "exhausted"}:
            return Start(verdict)
        try:
            return Start(verdict, _lease(article_id, reply[1:]))
        except ValidationError:
            self._set_aside_unreadable(article_id, reply[1:])
            return Start("failed")

    def _set_aside_unreadable(self, article_id: str, reply: Sequence[str]) -> None:
        """Fail an article that a version of other rules stored, or that somebody else changed; no retry helps."""
        revision, attempt, payload, *_ = reply
        failure = Failure(
            article_id=article_id,
            revision=int(revision),
            code="internal_error",
            family="defect",
            message="expected an article in the ledger, found something that this version cannot read",
            attempts=int(attempt),
            failed_at=datetime.now(UTC),
            raw=base64.b64encode(payload.encode()).decode("ascii") or None,
        )
        self._run_fail(article_id, revision=int(revision), attempt=int(attempt), failure=failure, retry=False)

    def finish(self, lease: Lease, result: Result) -> FinishVerdict:
        """Publish an article's result, once."""
        article = lease.article_id
        announcements = announce(lease, result)
        summary = result_entry(lease, result)
        flat = [
            part
            for each in announcements
            for part in (each.event_id, int(each.holds), each.entry.id, each.entry.type, each.entry.event)
        ]
        verdict = self._run(
            self._finish,
            [
                KEY_ARTICLE + article,
                KEY_PAYLOAD + article,
                KEY_LEASES,
                KEY_RESULT + article,
                STREAM_EVENTS,
                STREAM_RESULTS,
                KEY_OUTCOMES,
            ],
            [
                article,
                lease.revision,
                result.extractor.version,
                _ms(self._settings.result_lifetime_s),
                _ms(self._settings.record_lifetime_s),
                result.model_dump_json(),
                summary.id,
                summary.type,
                summary.event,
                len(announcements),
                _ms(self._settings.text_lifetime_s),
                *flat,
            ],
        )
        return cast("FinishVerdict", verdict)

    def fail(self, lease: Lease, failure: Failure, *, retry: bool = False) -> FailVerdict:
        """Set an article aside, once; or send it back where ``retry`` and attempts are left."""
        return self._run_fail(
            lease.article_id, revision=lease.revision, attempt=lease.attempt, failure=failure, retry=retry
        )

    def _run_fail(self, article: str, *, revision: int, attempt: int, failure: Failure, retry: bool) -> FailVerdict:
        entry = failure_entry(article, failure)
        verdict = self._run(
            self._fail,
            [
                KEY_ARTICLE + article,
                KEY_PAYLOAD + article,
                KEY_LEASES,
                KEY_FAILURE + article,
                INDEX_FAILURES,
                STREAM_FAILURES,
                KEY_OUTCOMES,
            ],
            [
                article,
                revision,
                attempt,
                failure.code,
                int(retry),
                self._settings.max_attempts,
                _ms(self._settings.retry_delay_s * attempt),
                _ms(self._settings.failure_lifetime_s),
                _ms(self._settings.record_lifetime_s),
                failure.model_dump_json(),
                entry.id,
                entry.type,
                entry.event,
                failure.family,
            ],
        )
        return cast("FailVerdict", verdict)

    def record_failure(self, failure: Failure, *, failure_id: str) -> bool:
        """Keep the failure of something that never became an article; False when it is known already."""
        entry = failure_entry(failure_id, failure)
        is_new = self._run(
            self._record_failure,
            [KEY_FAILURE + failure_id, INDEX_FAILURES, STREAM_FAILURES],
            [
                failure_id,
                _ms(self._settings.failure_lifetime_s),
                failure.model_dump_json(),
                entry.id,
                entry.type,
                entry.event,
            ],
        )
        return bool(is_new)

    def sweep(self, *, limit: int = 500) -> list[Pending]:
        """Claim the articles whose lease has run out; the caller sends them again."""
        settings = self._settings
        reply = self._run(
            self._sweep,
            [KEY_LEASES],
            [KEY_ARTICLE, self._queue_prefix, limit, _ms(settings.resend_after_s), _ms(settings.queue_patience_s)],
        )
        fields = iter(reply)
        return [
            Pending(article_id=article, queue=cast("QueueName", queue), limit_s=int(limit_s), size=int(size))
            for article, queue, limit_s, size in zip(fields, fields, fields, fields, strict=True)
        ]

    def delete(self, article_id: str) -> bool:
        """Remove what is kept of an article (or a failure), and retract its events; False when nothing was kept."""
        while (verdict := self._try_delete(article_id)) == "changed":
            pass  # it was published at the same moment
        return bool(verdict == "deleted")

    def _try_delete(self, article_id: str) -> str:
        with translated(self._where):
            record = cast("dict[str, str]", self._client.hgetall(KEY_ARTICLE + article_id))
            seconds, _ = self._client.time()
        publications = int(record.get("publications", 0))
        entries = withdraw(
            article_id,
            [PublishedEvent(field[2:], int(value)) for field, value in record.items() if field.startswith("e:")],
            publication=publications + 1,
            at=datetime.fromtimestamp(seconds, UTC),
        )
        keys = [prefix + article_id for prefix in (KEY_ARTICLE, KEY_PAYLOAD, KEY_RESULT, KEY_FAILURE)]
        messages = [part for each in entries for part in (each.id, each.type, each.event)]
        reply = self._run(
            self._delete,
            [*keys[:2], KEY_LEASES, *keys[2:], INDEX_FAILURES, STREAM_EVENTS],
            [article_id, publications, _ms(self._settings.record_lifetime_s), len(entries), *messages],
        )
        return str(reply)

    @property
    def _queue_prefix(self) -> str:
        """Give where the lists of the queues are; empty where another broker has them."""
        return QUEUE_PREFIX if self._settings.broker_url is None else ""

    def _run(self, script: Script, keys: list[str], args: list[Any]) -> Any:
        with translated(self._where):
            return script(keys=keys, args=args)


def _lease(article_id: str, reply: Sequence[str]) -> Lease:
    revision, attempt, payload, limit_s, publications, content, cause, *events = reply
    pairs = iter(events)
    return Lease(
        article_id=article_id,
        revision=int(revision),
        attempt=int(attempt),
        limit_s=int(limit_s),
        article=Article.model_validate_json(payload, context={"max_text_chars": len(payload)}),
        content_hash=content,
        publication=int(publications) + 1,
        previous_events=tuple(PublishedEvent(event, int(number)) for event, number in zip(pairs, pairs, strict=True)),
        cause=cause or None,
    )


def _ms(seconds: float) -> int:
    return int(seconds * 1000)
