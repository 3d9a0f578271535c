"""A text and what it says of time: recognised once, then resolved where it is asked, and again under another parse."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, cached_property
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from worker.extraction.errors import PackBroken

from .calendar_units import moment
from .clauses import TextClauses
from .delegate import Delegate
from .grammar import Grammar, Hit, load_grammar
from .nowadays import is_essay
from .resolving import RESOLVERS
from .verb_signs import TextSigns

# Country domains whose papers write the day before the month.
_DAY_FIRST_DOMAINS = frozenset({"uk", "ie", "au", "nz", "in", "za", "sg", "my", "hk", "eu", "de", "at", "ch"})


class TimedText:
    """What is the same however often a text is read for its times.

    Args:
        text: The article's text, or its title.
        published: When it was published.
        language: ISO 639-1 code of a language with time words.
        zone: IANA name of the article's zone; an aware publication time is read there.
        source_url: Address of the article.
        asks_dateparser: Whether dateparser is asked. Its answer stands only where it is our own, so that no value
            depends on it; but each day of publication costs it a parser, and each new phrase as much as a whole text.

    Raises:
        LanguageUnsupported: There are no time words for this language.
        PackBroken: A data file does not keep its form.

    Note:
        For one thread: what has been found is kept.
    """

    def __init__(
        self,
        text: str,
        *,
        published: date | datetime | None,
        language: str,
        zone: str | None = None,
        source_url: str | None = None,
        asks_dateparser: bool = True,
    ) -> None:
        self.text = text
        self.lowered = lower_in_place(text)
        self.grammar = _checked_grammar(language)
        self.published = _local(published, zone)
        self.month_first = language == "en" and not _day_first(source_url)
        self.delegate = Delegate(language, self.published if asks_dateparser else None)
        self.signs = TextSigns(text, language)
        self.clauses = TextClauses(text, language)

    @property
    def language(self) -> str:
        """ISO 639-1 code."""
        return self.grammar.words.language

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """Where the rules match, in text order, before anything is resolved."""
        return tuple(self.grammar.find_hits(self.text, self.lowered))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where the hits begin."""
        return tuple(hit.start for hit in self.hits)

    @cached_property
    def is_essay(self) -> bool:
        """Whether it speaks of no single days, so that "today" means nowadays."""
        return is_essay(self.lowered, language=self.language)


@cache
def _checked_grammar(language: str) -> Grammar:
    grammar = load_grammar(language)
    for rule in grammar.rules:
        if rule.entry.resolve not in RESOLVERS:
            known = ", ".join(RESOLVERS)
            where = f"languages/{language}/time_rules.toml: rule {rule.entry.name}: resolve"
            raise PackBroken(f"{where}: expected one of {known}, found {rule.entry.resolve!r}")
    return grammar


def lower_in_place(text: str) -> str:
    """Lower-case a text without moving any offset."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _local(published: date | datetime | None, zone: str | None) -> datetime | None:
    if published is None:
        return None
    if not isinstance(published, datetime):
        return moment(published.year, published.month, published.day)
    if published.tzinfo is not None and zone is not None:
        published = published.astimezone(_zone(zone))
    return published.replace(tzinfo=None)


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"zone: expected an IANA name such as Europe/Berlin, found {name!r}") from error


def _day_first(source_url: str | None) -> bool:
    host = urlsplit(source_url).hostname if source_url else None
    return bool(host) and str(host).rsplit(".", 1)[-1] in _DAY_FIRST_DOMAINS
