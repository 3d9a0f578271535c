"""Numbers in words and digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .pack import Numbers


@dataclass(frozen=True, slots=True)
class Numerals:
    """Reads the numbers of a language.

    Attributes:
        values: Every number word with its value.
        pattern: Matches one number, in words or digits.
    """

    values: Mapping[str, float]
    pattern: str
    thousands: str
    decimal: str

    def read(self, text: str) -> float | None:
        """Give the value of a number as written; None where it is none."""
        word = " ".join(text.split())
        if word in self.values:
            return self.values[word]
        digits, half, _ = word.partition(" 1/2")
        for mark in self.thousands:
            digits = digits.replace(mark, "")
        try:
            return float(digits.replace(self.decimal, ".")) + (0.5 if half else 0)
        except ValueError:
            return None

    def read_year(self, text: str) -> int | None:
        """Give a year in words: "nineteen ninety-six", "two thousand ten"."""
        words = text.split()
        thousands = self.values.get(" ".join(words[:2]), 0)
        if thousands >= 1000:
            return int(thousands + self.values.get(" ".join(words[2:]), 0))
        century = self.values.get(words[0])
        return None if century is None else int(century * 100 + self.values.get(" ".join(words[1:]), 0))


def build_numerals(numbers: Numbers) -> Numerals:
    """Spell out the number words of a language up to 99 and the pattern that finds them."""
    values: dict[str, float] = dict(numbers.words)
    values |= dict(numbers.tens)
    for ten, ten_value in numbers.tens.items():
        for unit, unit_value in numbers.units.items():
            for join in numbers.join:
                word = unit + join + ten if numbers.units_first else ten + join + unit
                values[word] = ten_value + unit_value
    return Numerals(MappingProxyType(values), _pattern(numbers), numbers.thousands, numbers.decimal)


def _pattern(numbers: Numbers) -> str:
    units, tens, joins = (_any_of(words) for words in (numbers.units, numbers.tens, numbers.join))
    compound = f"{units}{joins}{tens}|{tens}" if numbers.units_first else f"{tens}(?:{joins}{units})?"
    return f"(?:{compound}|{_any_of(numbers.words)}|{numbers.digits})"


def _any_of(words: Iterable[str]) -> str:
    # Longest first, so that an alternation never stops at "zwei" in "zweieinhalb".
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace("\\ ", " ") for word in longest_first) + ")"


def write_count(value: float) -> str:
    """Write a count as TIMEX3 does: no decimals where there are none."""
    return str(int(value)) if value == int(value) else f"{value:g}"
