"""What is published: results, events, retractions and failures, wrapped as CloudEvents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ledger.record import Lease, PublishedEvent
from schemas.envelope import CloudEvent, Retraction
from schemas.event import Event
from schemas.failure import Failure
from schemas.names import CE_EVENT, CE_FAILURE, CE_RESULT, CE_RETRACTED
from schemas.result import Result


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a stream.

    Args:
        id: The CloudEvent's id.
        type: Its type.
        event: The CloudEvent as JSON.
    """

    id: str
    type: str
    event: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """An entry of the stream of events, and whether its event holds from now on."""

    event_id: str
    holds: bool
    entry: Entry


def announce(lease: Lease, result: Result) -> tuple[Announcement, ...]:
    """Say what changed for an article: first the events that no longer hold, then the new ones.

    An event that was published before and still holds is not published again.
    """
    found = {event.id for event in result.events}
    known = {event.event_id for event in lease.previous_events}
    gone = [_retraction(lease, result, event) for event in lease.previous_events if event.event_id not in found]
    new = [_event(lease, result, event) for event in result.events if event.id not in known]
    return (*gone, *new)


def withdraw(article_id: str, events: Iterable[PublishedEvent], *, publication: int, at: datetime) -> tuple[Entry, ...]:
    """Say that the events of a deleted article no longer hold, and that nothing takes their place."""
    return tuple(
        _entry(
            CloudEvent[Retraction](
                id=f"{event.event_id}:{publication}:retracted",
                type=CE_RETRACTED,
                subject=article_id,
                time=at,
                data=Retraction(event_id=event.event_id, article_id=article_id, revision=event.revision),
            )
        )
        for event in events
    )


def _event(lease: Lease, result: Result, event: Event) -> Announcement:
    # The number of the publication is part of the id: an article that returns to an earlier wording has its
    # earlier events again, and a reader that skips ids it has seen must not skip those.
    message = CloudEvent[Event](
        id=f"{event.id}:{lease.publication}",
        type=CE_EVENT,
        subject=lease.article_id,
        time=result.extracted_at,
        data=event,
    )
    return Announcement(event.id, holds=True, entry=_entry(message))


def _retraction(lease: Lease, result: Result, event: PublishedEvent) -> Announcement:
    message = CloudEvent[Retraction](
        id=f"{event.event_id}:{lease.publication}:retracted",
        type=CE_RETRACTED,
        subject=lease.article_id,
        time=result.extracted_at,
        data=Retraction(
            event_id=event.event_id,
            article_id=lease.article_id,
            revision=event.revision,
            replaced_by=lease.revision,
        ),
    )
    return Announcement(event.event_id, holds=False, entry=_entry(message))


def result_entry(lease: Lease, result: Result) -> Entry:
    """Wrap a result."""
    message = CloudEvent[Result](
        id=f"{lease.article_id}:{lease.publication}",
        type=CE_RESULT,
        subject=lease.article_id,
        time=result.extracted_at,
        data=result,
    )
    return _entry(message)


def failure_entry(failure_id: str, failure: Failure) -> Entry:
    """Wrap a failure, without what came in: that is kept for replay in one place only."""
    bare = failure.model_copy(update={"article": None, "raw": None})
    message = CloudEvent[Failure](
        id=f"{failure_id}:{_stamp(failure.failed_at)}",
        type=CE_FAILURE,
        subject=failure.article_id or failure_id,
        time=failure.failed_at,
        data=bare,
    )
    return _entry(message)


def _stamp(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _entry(message: CloudEvent[Event] | CloudEvent[Retraction] | CloudEvent[Result] | CloudEvent[Failure]) -> Entry:
    return Entry(id=message.id, type=message.type, event=message.model_dump_json())
