"""What a reader gets: one entry of a stream, to be acknowledged when it is done with."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from consumer.errors import EntryUnreadable
from schemas.envelope import CloudEvent, Retraction
from schemas.event import Event
from schemas.failure import Failure
from schemas.model import Open
from schemas.names import CE_EVENT, CE_FAILURE, CE_RESULT, CE_RETRACTED
from schemas.result import Result

T = TypeVar("T", bound=Open)

_TIME: Final = TypeAdapter(datetime)


def _not_in_a_group() -> None:
    """Do nothing: whoever reads without a group has nothing to acknowledge."""


@dataclass(frozen=True, slots=True)
class Received:
    """One message of a stream.

    It is delivered at least once: after a crash it may come again, with the same ``id``.

    Args:
        id: The CloudEvent's id; equal ids are the same message.
        type: The CloudEvent's type, for instance ``depesche.event.v1`` or ``depesche.event.retracted.v1``.
        article_id: The article it is about.
        time: When it was made.
        raw: The CloudEvent as JSON, as it was published.
        entry_id: Of the entry in the stream; later entries have greater ids.
        deliveries: How often it was handed out, with this time; above 1 after a reader died with it.
    """

    id: str
    type: str
    article_id: str
    time: datetime
    raw: str = field(repr=False)
    entry_id: str
    deliveries: int = 1
    acknowledge: Callable[[], None] = field(default=_not_in_a_group, repr=False, compare=False)

    def ack(self) -> None:
        """Say that this message is done with; without it, it is delivered again.

        Raises:
            RedisUnreachable: Redis does not answer; acknowledging again later is right.
        """
        self.acknowledge()

    @property
    def is_retraction(self) -> bool:
        """True when it says that an earlier event no longer holds."""
        return self.type == CE_RETRACTED

    @property
    def event(self) -> Event | None:
        """The event; None when this is something else.

        Raises:
            EntryUnreadable: A later version wrote it in a way that this one does not know.
        """
        return _data_of(self, CE_EVENT, CloudEvent[Event])

    @property
    def retraction(self) -> Retraction | None:
        """Which event no longer holds; None when this is something else."""
        return _data_of(self, CE_RETRACTED, CloudEvent[Retraction])

    @property
    def result(self) -> Result | None:
        """The result of the article; None when this is something else."""
        return _data_of(self, CE_RESULT, CloudEvent[Result])

    @property
    def failure(self) -> Failure | None:
        """Why the article failed; None when this is something else."""
        return _data_of(self, CE_FAILURE, CloudEvent[Failure])


def _data_of(received: Received, expected: str, model: type[CloudEvent[T]]) -> T | None:
    if received.type != expected:
        return None
    try:
        return model.model_validate_json(received.raw).data
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "message"
        raise EntryUnreadable(f"entry {received.entry_id}: {place}: {first['msg']}") from None


def read_entry(
    entry_id: str,
    fields: Mapping[str, str],
    *,
    deliveries: int = 1,
    acknowledge: Callable[[], None] = _not_in_a_group,
) -> Received:
    """Read an entry's envelope; what is inside is read when it is asked for.

    Raises:
        EntryUnreadable: It is no CloudEvent.
    """
    raw = fields.get("event", "")
    try:
        envelope = _object(raw)
        return Received(
            id=envelope["id"],
            type=envelope["type"],
            article_id=envelope["subject"],
            time=_TIME.validate_python(envelope["time"]),
            raw=raw,
            entry_id=entry_id,
            deliveries=deliveries,
            acknowledge=acknowledge,
        )
    except (ValueError, KeyError, RecursionError):
        raise EntryUnreadable(
            f"entry {entry_id}: expected a CloudEvent in the field event, found none", code="json_invalid"
        ) from None


def _object(raw: str) -> dict[str, Any]:
    found = json.loads(raw)
    if not isinstance(found, dict) or not all(isinstance(found.get(key), str) for key in ("id", "type", "subject")):
        raise ValueError
    return found
