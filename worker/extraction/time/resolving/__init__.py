"""Resolvers: from the words of a hit to its value, one function for each kind of expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from worker.extraction.time.scene import Reading, Scene

from .business import (
    resolve_anchored_unit,
    resolve_earlier,
    resolve_fiscal_year,
    resolve_latest_quarter,
    resolve_spoken_quarter,
    resolve_year_end_day,
)
from .clock import resolve_clock, resolve_daypart, resolve_daypart_today, resolve_night, resolve_part_of_date
from .counted import (
    resolve_adjective_duration,
    resolve_duration,
    resolve_last_units,
    resolve_near_span,
    resolve_vague_duration,
    resolve_whole_unit,
)
from .days import (
    resolve_anchored_day,
    resolve_anchored_weekday,
    resolve_date,
    resolve_deictic,
    resolve_iso_moment,
    resolve_numeric,
    resolve_weekday,
)
from .holiday import resolve_holiday
from .periods import (
    resolve_century,
    resolve_decade,
    resolve_month,
    resolve_narrated_year,
    resolve_part_of_year,
    resolve_relative_unit,
    resolve_season,
    resolve_week_number,
    resolve_weekend,
    resolve_year,
    resolve_year_pair,
)
from .repeated import resolve_constant, resolve_pointer, resolve_pointer_of, resolve_set

Resolver = Callable[[Scene], Reading | None]

RESOLVERS: Mapping[str, Resolver] = MappingProxyType(
    {
        "adjective_duration": resolve_adjective_duration,
        "anchored_day": resolve_anchored_day,
        "anchored_unit": resolve_anchored_unit,
        "anchored_weekday": resolve_anchored_weekday,
        "century": resolve_century,
        "clock": resolve_clock,
        "constant": resolve_constant,
        "date": resolve_date,
        "daypart": resolve_daypart,
        "daypart_today": resolve_daypart_today,
        "decade": resolve_decade,
        "deictic": resolve_deictic,
        "duration": resolve_duration,
        "earlier": resolve_earlier,
        "fiscal_year": resolve_fiscal_year,
        "holiday": resolve_holiday,
        "iso_moment": resolve_iso_moment,
        "last_units": resolve_last_units,
        "latest_quarter": resolve_latest_quarter,
        "month": resolve_month,
        "narrated_year": resolve_narrated_year,
        "near_span": resolve_near_span,
        "night": resolve_night,
        "numeric": resolve_numeric,
        "part_of_date": resolve_part_of_date,
        "part_of_year": resolve_part_of_year,
        "pointer": resolve_pointer,
        "pointer_of": resolve_pointer_of,
        "relative_unit": resolve_relative_unit,
        "season": resolve_season,
        "set": resolve_set,
        "spoken_quarter": resolve_spoken_quarter,
        "year_end_day": resolve_year_end_day,
        "vague_duration": resolve_vague_duration,
        "week_number": resolve_week_number,
        "weekday": resolve_weekday,
        "weekend": resolve_weekend,
        "whole_unit": resolve_whole_unit,
        "year": resolve_year,
        "year_pair": resolve_year_pair,
    }
)
