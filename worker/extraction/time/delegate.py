"""dateparser as the normaliser of the phrases it reads well, with a check of what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

# A text of many thousand dates would spend a second here; beyond this our own arithmetic, which gives the same, does.
MOST_PHRASES = 240
NOON = 12
_PREFERENCE = {"past": "past", "future": "future", "dct": "current_period", "none": "current_period"}


@dataclass(slots=True)
class Delegate:
    """Asks dateparser for the phrases of one document, within a limit.

    Attributes:
        asked: Distinct phrases so far.
    """

    language: str
    published: datetime | None
    asked: set[tuple[str, str]] = field(default_factory=set)

    def ask(self, phrase: str, *, toward: str) -> datetime | None:
        """Give what dateparser reads in a phrase, or None.

        Args:
            phrase: Cut from the text, without its preposition.
            toward: past, future, dct or none: where the clause points.
        """
        if self.published is None:
            return None
        key = (phrase, toward)
        if key not in self.asked:
            if len(self.asked) >= MOST_PHRASES:
                return None
            self.asked.add(key)
        base = self.published.replace(hour=NOON, minute=0, second=0, microsecond=0)
        return _parse(phrase, base, self.language, _PREFERENCE[toward])


@lru_cache(maxsize=4096)
def _parse(phrase: str, base: datetime, language: str, preference: str) -> datetime | None:
    data = _parser(base, language, preference).get_date_data(phrase)
    found: datetime | None = data.date_obj
    return found.replace(tzinfo=None) if found else None


@lru_cache(maxsize=256)
def _parser(base: datetime, language: str, preference: str) -> DateDataParser:
    from dateparser.date import DateDataParser  # noqa: PLC0415 - its import takes as long as an article; most need none

    return DateDataParser(
        languages=[language],
        settings={
            "RELATIVE_BASE": base,
            "PREFER_DATES_FROM": preference,
            "PREFER_DAY_OF_MONTH": "first",
            "DATE_ORDER": "DMY",
            "RETURN_TIME_AS_PERIOD": True,
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
