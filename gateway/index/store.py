"""The index on SQLite: one writer, many readers, answers in milliseconds."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import structlog

from consumer.errors import EntryUnreadable
from consumer.received import Received
from gateway.index.query import EventQuery, name_words, to_seconds, write_cursor
from gateway.index.statement import build_statement
from ledger.errors import SettingsInvalid
from ledger.streams import entry_order
from schemas.event import Event

VERSION: Final = 1
"""Of the tables; a file of another version is filled anew from the stream."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, the one announced last first.

    Args:
        bodies: CloudEvents as JSON, as they were published.
        next_cursor: Where the next page begins; None when there is none.
    """

    bodies: tuple[str, ...]
    next_cursor: str | None


class EventIndex:
    """Keeps the events that hold: announced adds one, retracted takes it away.

    Args:
        path: The file, made when it is not there; None keeps it in memory, for tests.

    Raises:
        SettingsInvalid: The file cannot be written, or is no index.

    Note:
        Safe among threads. Several processes may read one file, but each gateway should have its own.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._writing = threading.Lock()
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = self._open()
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise SettingsInvalid(
                f"DEPESCHE_INDEX_PATH: expected a file that can be written, or none yet, found: {error}; "
                "a broken one may be removed, it is filled again from the stream"
            ) from error
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path or ":memory:", isolation_level=None, check_same_thread=False, timeout=10.0
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        # The stream can be read again: a power cut may cost the last second.
        connection.execute("PRAGMA synchronous = NORMAL")
        # Every thread that reads has a connection: the pages are shared through the mapped file, not kept by each.
        connection.execute("PRAGMA cache_size = -4096")
        connection.execute("PRAGMA mmap_size = 268435456")
        return connection

    def _prepare(self) -> None:
        (version,) = self._writer.execute("PRAGMA user_version").fetchone()
        if version not in {0, VERSION}:
            log.warning("index of another version is filled anew", found=version, expected=VERSION)
            for table in ("words", "countries", "bodies", "events", "progress"):
                self._writer.execute(f"DROP TABLE IF EXISTS {table}")
        self._writer.executescript((files(__package__) / "schema.sql").read_text(encoding="utf-8"))
        self._writer.execute(f"PRAGMA user_version = {VERSION}")

    @property
    def position(self) -> str:
        """The entry of the stream that was read last; ``0`` when none was."""
        row = self._read("SELECT position FROM progress", ()).fetchone()
        return row[0] if row else "0"

    def apply(self, messages: Sequence[Received], *, position: str) -> None:
        """Take in what the stream said, and note how far it was read, in one step."""
        with self._change() as cursor:
            for each in messages:
                self._apply_one(cursor, each)
            cursor.execute("INSERT OR REPLACE INTO progress VALUES (1, ?)", (position,))

    def _apply_one(self, cursor: sqlite3.Cursor, message: Received) -> None:
        try:
            if message.retraction is not None:
                cursor.execute("DELETE FROM events WHERE event_id = ?", (message.retraction.event_id,))
            elif message.event is not None:
                _insert(cursor, message, message.event)
        except EntryUnreadable as error:
            log.error("event not indexed", code=error.code, message=error.message)  # noqa: TRY400 - no traceback

    def forget(self, *, before: float, limit: int = 1_000) -> int:
        """Drop events announced before a moment (seconds since 1970), so many at a time; gives how many."""
        with self._change() as cursor:
            cursor.execute(
                "DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE announced < ? LIMIT ?)", (before, limit)
            )
            return cursor.rowcount

    def find(self, query: EventQuery) -> Page:
        """Give the events asked for, the one announced last first."""
        statement, values = build_statement(query)
        rows = self._read(statement, values).fetchall()
        shown = rows[: query.limit]
        more = write_cursor(shown[-1][0]) if len(rows) > query.limit else None
        return Page(tuple(body for _, body in shown), more)

    def count(self) -> int:
        """Give the number of events that hold."""
        return int(self._read("SELECT count(*) FROM events", ()).fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        for each in (*self._readers, self._writer):
            each.close()

    def _read(self, statement: str, values: Sequence[Any]) -> sqlite3.Cursor:
        return self._reader().execute(statement, values)

    def _reader(self) -> sqlite3.Connection:
        """Give this thread's own connection: readers then wait for nobody. In memory there is but one."""
        if self._path is None:
            return self._writer
        if not hasattr(self._local, "connection"):
            self._local.connection = self._open()
            self._readers.append(self._local.connection)
        connection: sqlite3.Connection = self._local.connection
        return connection

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Cursor]:
        with self._writing:
            cursor = self._writer.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
            except BaseException:
                self._writer.rollback()
                raise
            self._writer.commit()


def _insert(cursor: sqlite3.Cursor, message: Received, event: Event) -> None:
    cursor.execute("DELETE FROM events WHERE event_id = ?", (event.id,))
    starts, ends = _interval(event)
    cursor.execute(
        "INSERT INTO events (event_id, article_id, type, factuality, starts, ends, announced)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (event.id, message.article_id, event.type, event.factuality, starts, ends, _announced(message)),
    )
    seq = cursor.lastrowid
    cursor.execute("INSERT INTO bodies VALUES (?, ?)", (seq, message.raw))
    words = {(word, seq, number) for number, each in enumerate(event.participants) for word in name_words(each.name)}
    cursor.executemany("INSERT INTO words VALUES (?, ?, ?)", words)
    countries = {each.country for each in (*event.participants, event.place) if each is not None and each.country}
    cursor.executemany("INSERT INTO countries VALUES (?, ?)", [(country, seq) for country in countries])


def _announced(message: Received) -> float:
    """Give the time of the entry, by the server's clock; the message's own is a worker's."""
    milliseconds, _ = entry_order(message.entry_id)
    return milliseconds / 1000


def _interval(event: Event) -> tuple[float | None, float | None]:
    """Give the ends of an event's time; an open end is infinite, no time at all is None."""
    interval = event.time.interval if event.time else None
    if interval is None or (interval.start is None and interval.end is None):
        return None, None
    starts = to_seconds(interval.start) if interval.start else float("-inf")
    ends = to_seconds(interval.end) if interval.end else float("inf")
    return starts, ends
