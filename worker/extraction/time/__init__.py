"""The time layer: from text, publication date and language to normalised temporal expressions.

Usable alone::

    from worker.extraction.time import find_times

    find_times("Am Freitag treffen sich die Minister.", published=date(2025, 8, 7), language="de")
"""

from __future__ import annotations

from .event_time import EventTime, to_event_time
from .finder import find_times
from .resolved import ResolvedTimes
from .timed_text import TimedText
from .timex import Timex

__all__ = ["EventTime", "ResolvedTimes", "TimedText", "Timex", "find_times", "to_event_time"]
