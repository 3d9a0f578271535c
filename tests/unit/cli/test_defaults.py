"""The options fill in what an article lacks, and only that."""

from datetime import date

import pytest

from cli.reading.defaults import read_defaults
from schemas.article import Article
from schemas.errors import Invalid


def test_defaults_fill_what_is_absent():
    filled = read_defaults(published="2025-08-07", language="de").fill(Article(text="a"))
    assert (filled.published, filled.language) == (date(2025, 8, 7), "de")


def test_defaults_leave_what_is_given():
    article = Article(text="a", published="2024-01-01", language="en")
    assert read_defaults(published="2025-08-07", language="de").fill(article) == article


def test_no_options_change_nothing():
    article = Article(text="a")
    assert read_defaults(published=None, language=None).fill(article) is article


@pytest.mark.parametrize("value", ["gestern", "20250807", "2025-02-31", "07.08.2025", ""])
def test_a_date_that_is_none_is_refused_with_the_option(value):
    with pytest.raises(Invalid, match=r"^--published: ") as caught:
        read_defaults(published=value, language=None)
    assert caught.value.code == "date_invalid"


@pytest.mark.parametrize("value", ["fr", "DE", "german", ""])
def test_another_language_is_refused_with_the_option(value):
    with pytest.raises(Invalid, match=r"^--language: ") as caught:
        read_defaults(published=None, language=value)
    assert caught.value.code == "language_unsupported"
