"""The formats that a log may have; apart from the logging, since settings are read where nothing is logged."""

from __future__ import annotations

from typing import Final, Literal

LogFormat = Literal["auto", "json", "console"]
FORMAT_DESCRIPTION: Final = (
    "json: one object per line. console: lines for people, in colours on a terminal. auto: console on a terminal, else "
    "json."
)
