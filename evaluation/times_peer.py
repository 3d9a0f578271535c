"""``dateparser.search`` as a peer of the time layer: sentence by sentence, the period of each find as its unit."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise
from typing import Any

from dateparser.date import DateDataParser
from dateparser.search import search_dates

from worker.extraction.time.calendar_units import start_of, value_of
from worker.extraction.time.extents import extent_of

# Never behind digit and full stop: "8. Mai" must stay whole.
_SENTENCE = re.compile(r"(?<![0-9]\.)(?<=[.!?])\s+(?=[A-ZÄÖÜ„\"0-9])|\n+")
_UNITS = {"time": "minute", "day": "day", "week": "week", "month": "month", "year": "year"}


def search_times(article: dict[str, Any]) -> list[dict[str, Any]]:
    """Find dates in an article as ``dateparser.search`` does, in the form that the scorers read."""
    text: str = article["text"]
    base = datetime.fromisoformat(article["published"][:10]).replace(hour=12)
    settings: dict[str, Any] = {
        "RELATIVE_BASE": base,
        "PREFER_DATES_FROM": "current_period",
        "RETURN_TIME_AS_PERIOD": True,
    }
    parser = DateDataParser(languages=[article["language"]], settings=settings)
    found: list[dict[str, Any]] = []
    cuts = [0, *(border.end() for border in _SENTENCE.finditer(text)), len(text)]
    for begin, end in pairwise(cuts):
        sentence = text[begin:end]
        done = 0
        for words, at in search_dates(sentence, languages=[article["language"]], settings=settings) or []:
            start = sentence.find(words, done)
            if start < 0:
                continue
            done = start + len(words)
            found.append(_timex(begin + start, words, at.replace(tzinfo=None), parser))
    return found


def _timex(start: int, words: str, at: datetime, parser: DateDataParser) -> dict[str, Any]:
    period = parser.get_date_data(words).period or "day"
    unit = _UNITS.get(period, "day")
    value = value_of(at if unit == "minute" else start_of(at, unit), unit)
    extent = extent_of(value)
    return {
        "start": start,
        "end": start + len(words),
        "text": words,
        "type": "TIME" if unit == "minute" else "DATE",
        "value": value,
        "interval": list(extent.as_interval()) if extent else None,
    }
