"""What events can be asked for by, and the place where a page ends."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from gateway.errors import RequestInvalid
from schemas.article import parse_published

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class EventQuery:
    """Which events are wanted; what is None or empty does not matter.

    Args:
        types: Event types; one of them.
        factualities: One of them.
        participant: Words of a participant's name, in any order, upper or lower case, with or without accents.
        country: ISO 3166-1 alpha-3, of a participant or of the place.
        article_id: The article it is from.
        start: The event may end no earlier, as seconds since 1970.
        end: The event begins before, as seconds since 1970.
        since: Announced at this moment or later, as seconds since 1970.
        before: The place where the last page ended.
        limit: So many at most.
    """

    types: tuple[str, ...] = ()
    factualities: tuple[str, ...] = ()
    participant: str | None = None
    country: str | None = None
    article_id: str | None = None
    start: float | None = None
    end: float | None = None
    since: float | None = None
    before: int | None = None
    limit: int = 50


def name_words(name: str) -> tuple[str, ...]:
    """Give the words of a name as they are compared: lower case, without accents, each once.

    Example:
        >>> name_words("Žofia Müller-Großmann")
        ('zofia', 'muller', 'grossmann')
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
    return tuple(dict.fromkeys(_WORD.findall(plain)))


def write_cursor(sequence: int) -> str:
    """Write the place where a page ends, as a word that means nothing to others.

    Example:
        >>> read_cursor(write_cursor(17))
        17
    """
    return base64.urlsafe_b64encode(f"s{sequence}".encode()).decode("ascii").rstrip("=")


def read_cursor(written: str) -> int:
    """Read the place where the last page ended.

    Raises:
        RequestInvalid: It is none that was given out.
    """
    try:
        text = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode("ascii")
        if re.fullmatch(r"s[0-9]{1,18}", text):
            return int(text[1:])
    except (ValueError, binascii.Error):
        pass
    raise RequestInvalid("cursor: expected the next_cursor of an earlier page, found another value")


def read_moment(written: str, *, where: str, is_end: bool = False) -> float:
    """Read an ISO date or date-time as seconds since 1970; without an offset it counts as UTC.

    Args:
        written: The value.
        where: The parameter's name.
        is_end: A date means its whole day: take the moment when it is over.

    Raises:
        RequestInvalid: It is no ISO date or date-time.
    """
    try:
        value = parse_published(written)
    except ValueError:
        raise RequestInvalid(
            f"{where}: expected an ISO 8601 date or date-time such as 2025-08-07, found another form"
        ) from None
    return to_seconds(value, is_end=is_end)


def to_seconds(value: date, *, is_end: bool = False) -> float:
    """Give a date or date-time as seconds since 1970, so that all can be compared."""
    try:
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
        day = datetime(value.year, value.month, value.day, tzinfo=UTC)
        return (day + timedelta(days=1) if is_end else day).timestamp()
    except OverflowError:
        return float("inf") if value.year > 5_000 else float("-inf")
