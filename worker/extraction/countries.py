"""Countries by name, adjective and capital, as ISO 3166-1 alpha-3 codes; names come from CLDR through Babel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.core import get_global

from .languages.pack import LanguagePack, load_pack
from .words import lower

_WITHDRAWN = frozenset({"ANT", "BUR", "CSK", "DDR", "FXX", "ROM", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR", "XKK"})
"""Codes withdrawn from ISO 3166-1 (ISO 3166-3), and CLDR's own for Kosovo."""


@dataclass(frozen=True, slots=True)
class CountryNames:
    """What a language calls countries.

    Attributes:
        names: Name as written to alpha-3.
        lengths: First word of a name to the numbers of words that names with it have, the most first.
        adjectives: Adjective in each of its forms (``russischen``) to alpha-3.
    """

    names: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]
    adjectives: Mapping[str, str]
    pack: LanguagePack

    def of_name(self, name: str) -> str | None:
        """Give the code of a country's name, or None."""
        return self.names.get(name)

    def nominative(self, name: str) -> str:
        """Give the form of a name that a list would show: ``Vereinigten Staaten`` is ``Vereinigte Staaten``.

        The dative plural of the last word goes too, where a country is called so without it: ``den Niederlanden``.
        """
        code = self.names.get(name)
        words = name.split()
        ending = self.pack.grammar.dative_plural_ending
        last = words[-1].removesuffix(ending)
        adjectives = [word.removesuffix(ending) for word in words[:-1]]
        forms = [[*adjectives, last], [*adjectives, words[-1]], [*words[:-1], last]]
        bases = (" ".join(form) for form in forms)
        return next((base for base in bases if base != name and self.names.get(base) == code), name)

    def of_adjective(self, word: str) -> tuple[str, ...]:
        """Give the codes that an adjective names: two for ``russisch-amerikanische``."""
        whole = self.adjectives.get(lower(word))
        if whole:
            return (whole,)
        parts = lower(word).split("-")
        codes = [self.adjectives.get(part) for part in parts]
        found = tuple(code for code in codes if code)
        return found if len(parts) > 1 and len(found) == len(parts) else ()

    def of_prefix(self, word: str) -> str | None:
        """Give the code that opens a compound: ``US-Präsident``, ``Russland-Gespräche``."""
        first, dash, _ = word.partition("-")
        return self.names.get(first) if dash else None

    def of_capital(self, name: str) -> str | None:
        """Give the code of the country whose government a capital's name may stand for."""
        return self.pack.countries.capitals.get(name)


@cache
def country_names(language: str) -> CountryNames:
    """Build the country names of a language, once."""
    pack = load_pack(language)
    names = _with_dative(_cldr_names(language) | pack.countries.names, pack) | pack.countries.people
    # The longer stem has the last word where two make the same form.
    stems = sorted(pack.countries.demonyms.items(), key=lambda item: len(item[0]))
    adjectives = {stem + ending: code for stem, code in stems for ending in pack.countries.demonym_endings}
    return CountryNames(names, _lengths(names), adjectives, pack)


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for words in map(str.split, names):
        found[words[0]].add(len(words))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


def _with_dative(names: Mapping[str, str], pack: LanguagePack) -> dict[str, str]:
    """Add what *den* makes of a plural: ``Niederlanden``, ``Vereinigten Arabischen Emiraten``."""
    plurals = {name: code for name, code in names.items() if name.endswith(pack.countries.plural_endings)}
    return {_in_dative(name.split(), pack): code for name, code in plurals.items()} | dict(names)


def _in_dative(words: Sequence[str], pack: LanguagePack) -> str:
    ending, adjective = pack.grammar.dative_plural_ending, pack.countries.adjective_ending
    changed = (word + ending if word.endswith(adjective) else word for word in words[:-1])
    return " ".join((*changed, words[-1] + ending))


def _cldr_names(language: str) -> dict[str, str]:
    codes = _alpha3()
    territories = Locale(language).territories
    return {name: codes[code] for code, name in territories.items() if code in codes}


@cache
def _alpha3() -> Mapping[str, str]:
    """Map alpha-2 to alpha-3 by CLDR's territory aliases, where each alpha-3 code points to its alpha-2."""
    aliases = get_global("territory_aliases")
    current = {code: two for code, two in aliases.items() if len(code) == 3 and code.isalpha() and two}
    return {two[0]: code for code, two in current.items() if code not in _WITHDRAWN}
