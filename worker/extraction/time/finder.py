"""Finds the temporal expressions of a text: recognise, resolve, join."""

from __future__ import annotations

from datetime import date, datetime

from .parsed import ParsedText
from .resolved import ResolvedTimes
from .timed_text import TimedText
from .timex import Timex


def find_times(
    text: str,
    *,
    published: date | datetime | None,
    language: str,
    doc: ParsedText | None = None,
    zone: str | None = None,
    source_url: str | None = None,
) -> tuple[Timex, ...]:
    """Find the temporal expressions of a text and say what they mean.

    Args:
        text: The article's text, or its title.
        published: When it was published; relative expressions stay without a value where it is None.
        language: ISO 639-1 code of a language with time words.
        doc: The text as parsed by spaCy (Universal Dependencies); makes the direction of weekdays and
            months surer. Ignored where it is of another text.
        zone: IANA name of the article's zone; an aware publication time is read there.
        source_url: Address of the article; its country decides between D/M and M/D in English.

    Returns:
        In text order, without overlaps.

    Raises:
        LanguageUnsupported: There are no time words for this language.
        PackBroken: A data file does not keep its form.

    Note:
        Linear in the length of the text; keeps no state between calls and may be called from many threads.

    Example:
        >>> [time.value for time in find_times("Am 3. Mai 2024.", published=None, language="de")]
        ['2024-05-03']
    """
    source = TimedText(text, published=published, language=language, zone=zone, source_url=source_url)
    parsed = doc if doc is not None and doc.text == text else None
    return tuple(ResolvedTimes(source, doc=parsed).between(0, len(text)))
