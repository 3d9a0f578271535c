"""A sign, a colour and a word for each factuality: the sign and the word tell it without the colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schemas.event import Factuality


@dataclass(frozen=True)
class Sign:
    """How one value looks."""

    sign: str
    plain: str
    """For terminals that cannot show the sign."""
    colour: str


FACTUALITY_SIGNS: Mapping[Factuality, Sign] = MappingProxyType(
    {
        "asserted": Sign("●", "*", "green"),
        "reported": Sign("◌", "o", "cyan"),
        "planned": Sign("▷", ">", "blue"),
        "possible": Sign("?", "?", "yellow"),
        "requested": Sign("!", "!", "magenta"),
        "denied": Sign("✗", "x", "red"),
        "cancelled": Sign("⊘", "/", "bright_red"),
    }
)
