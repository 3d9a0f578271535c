"""Countries by name, adjective, compound and capital."""

import pytest

from worker.extraction.countries import country_names


@pytest.mark.parametrize(
    ("language", "name", "code"),
    [
        ("de", "Deutschland", "DEU"),
        ("de", "USA", "USA"),
        ("de", "Vereinigte Staaten", "USA"),
        ("de", "Türkei", "TUR"),
        ("de", "Kongo-Kinshasa", "COD"),
        ("en", "Germany", "DEU"),
        ("en", "United States", "USA"),
        ("en", "Russia", "RUS"),
        ("en", "Atlantis", None),
    ],
)
def test_names(language, name, code):
    """CLDR's names and the usual short ones give ISO codes in use today."""
    assert country_names(language).of_name(name) == code


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("russischen", ("RUS",)),
        ("russisch-amerikanische", ("RUS", "USA")),
        ("Deutsche", ("DEU",)),
        ("politische", ()),
        ("deutsch-kritische", ()),
    ],
)
def test_adjectives(word, codes):
    """An adjective names its country, a pair of them two; other adjectives name none."""
    assert country_names("de").of_adjective(word) == codes


def test_first_part_of_a_compound():
    """``US-Präsident`` belongs to the United States."""
    assert country_names("de").of_prefix("US-Präsident") == "USA"
    assert country_names("de").of_prefix("Präsident") is None
