"""A folder of Parquet files: one row a message, the columns that analyses ask for, and the whole as JSON."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from consumer.received import Received
from schemas.event import Event

SCHEMA: Final = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("announced_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("event_id", pa.string()),
        pa.field("type", pa.string()),
        pa.field("factuality", pa.string()),
        pa.field("stage", pa.string()),
        pa.field("start", pa.string()),
        pa.field("end", pa.string()),
        pa.field("granularity", pa.string()),
        pa.field("place", pa.string()),
        pa.field(
            "participants",
            pa.list_(
                pa.struct(
                    [("name", pa.string()), ("role", pa.string()), ("kind", pa.string()), ("country", pa.string())]
                )
            ),
        ),
        pa.field("confidence", pa.float64()),
        pa.field("json", pa.string(), nullable=False),
    ]
)


class ParquetSink:
    """Writes a file for each so many messages, or after a while, and acknowledges what is on the disk.

    A file is named after the first entry it holds and appears when it is complete. After a crash, messages may stand
    in two files: the column ``id`` tells.

    Args:
        folder: Where the files go; it is made.
        rows: Messages in a file.
        after_s: A smaller file is written when its first message has waited so long, in seconds; well below the time
            after which other readers take messages over.
        clock: Seconds that only grow.
    """

    def __init__(
        self, folder: Path, *, rows: int = 5_000, after_s: float = 20.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._rows = rows
        self._after_s = after_s
        self._clock = clock
        self._waiting: list[Received] = []
        self._since = 0.0

    def take(self, batch: Sequence[Received]) -> None:
        """Keep the messages until a file is worth it."""
        if batch and not self._waiting:
            self._since = self._clock()
        self._waiting.extend(batch)
        if len(self._waiting) >= self._rows or (self._waiting and self._clock() - self._since >= self._after_s):
            self._write()

    def close(self) -> None:
        """Write what waits."""
        if self._waiting:
            self._write()

    def _write(self) -> None:
        table = pa.Table.from_pylist([to_row(each) for each in self._waiting], schema=SCHEMA)
        path = self._folder / f"events-{self._waiting[0].entry_id}.parquet"
        unfinished = path.with_suffix(".unfinished")
        pq.write_table(table, unfinished, compression="zstd")
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
        for each in self._waiting:
            each.ack()
        self._waiting = []


def to_row(received: Received) -> dict[str, Any]:
    """Make the row of a message; what is no event has the first columns and the JSON only.

    Raises:
        EntryUnreadable: A later version wrote it in a way that this one does not know.
    """
    row: dict[str, Any] = {
        "id": received.id,
        "kind": received.type,
        "announced_at": received.time,
        "article_id": received.article_id,
        "json": received.raw,
    }
    if received.retraction is not None:
        row["event_id"] = received.retraction.event_id
    if received.event is not None:
        row |= _event_columns(received.event)
    return row


def _event_columns(event: Event) -> dict[str, Any]:
    interval = event.time.interval if event.time else None
    return {
        "event_id": event.id,
        "type": event.type,
        "factuality": event.factuality,
        "stage": event.stage,
        "start": interval.start.isoformat() if interval and interval.start else None,
        "end": interval.end.isoformat() if interval and interval.end else None,
        "granularity": event.time.granularity if event.time else None,
        "place": event.place.name if event.place else None,
        "participants": [each.model_dump(include={"name", "role", "kind", "country"}) for each in event.participants],
        "confidence": event.confidence,
    }
