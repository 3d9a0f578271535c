"""From a query to SQL: only the conditions that are asked for, every value bound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from gateway.index.query import EventQuery, name_words

Condition: TypeAlias = "tuple[str, tuple[Any, ...]]"


def build_statement(query: EventQuery) -> tuple[str, tuple[Any, ...]]:
    """Write the SELECT of a query, and the values for it; it asks for one row more than a page has."""
    conditions = list(_conditions(query))
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    values = tuple(value for _, bound in conditions for value in bound)
    # The page is found in the narrow tables first, and only its bodies are read.
    statement = (
        f"SELECT seq, body FROM bodies WHERE seq IN (SELECT e.seq FROM events AS e WHERE {where}"  # noqa: S608 - no values
        " ORDER BY e.seq DESC LIMIT ?) ORDER BY seq DESC"
    )
    return statement, (*values, query.limit + 1)


def _conditions(query: EventQuery) -> Iterator[Condition]:
    if query.before is not None:
        yield "e.seq < ?", (query.before,)
    if query.types:
        yield _one_of("e.type", query.types)
    if query.factualities:
        yield _one_of("e.factuality", query.factualities)
    if query.article_id is not None:
        yield "e.article_id = ?", (query.article_id,)
    if query.since is not None:
        # Announced in nearly the order of seq: without the plus SQLite would sort what the index finds.
        yield "+e.announced >= ?", (query.since,)
    if query.start is not None:
        yield "e.ends > ?", (query.start,)
    if query.end is not None:
        yield "e.starts < ?", (query.end,)
    if query.country is not None:
        yield "e.seq IN (SELECT seq FROM countries WHERE country = ?)", (query.country,)
    if query.participant is not None:
        yield _participant(query.participant)


def _one_of(column: str, values: tuple[str, ...]) -> Condition:
    return f"{column} IN ({', '.join('?' * len(values))})", values


def _participant(name: str) -> Condition:
    """All words must stand in the name of one participant."""
    words = name_words(name)[:8]
    if not words:
        return "0", ()
    joins = "".join(
        f" JOIN words AS w{number} ON w{number}.seq = w0.seq AND w{number}.number = w0.number AND w{number}.word = ?"
        for number in range(1, len(words))
    )
    return f"e.seq IN (SELECT w0.seq FROM words AS w0{joins} WHERE w0.word = ?)", (*words[1:], words[0])  # noqa: S608 - no values
