"""What holds for every text."""

import os
import time as clock
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.extraction.time import find_times, to_event_time
from worker.extraction.time.extents import extent_of
from worker.extraction.time.pack import load_time_words

PUBLISHED = date(2025, 8, 7)
SIZES = {
    "minute": timedelta(minutes=1),
    "day": timedelta(days=1),
    "weekend": timedelta(days=2),
    "week": timedelta(days=7),
}


def _words(language):
    pack = load_time_words(language)
    tables = [form for table in pack.words.values() for forms in table.values() for form in forms]
    return tables + list(pack.numbers.words) + ["3.", "31.", "2024", "12", "18.30", "Uhr", "p.m.", "-", ",", ".", "\n"]


def texts(language):
    words = st.sampled_from(_words(language))
    shaped = st.builds(lambda word, shape: shape(word), words, st.sampled_from([str.lower, str.capitalize, str.upper]))
    filler = st.sampled_from(["der", "am", "im", "vor", "seit", "bis", "the", "on", "in", "war", "wird", "will", "was"])
    return st.lists(st.one_of(shaped, filler, st.text(max_size=6)), max_size=14).map(" ".join)


dates = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
languages = st.sampled_from(["de", "en"])
cases = languages.flatmap(lambda language: st.tuples(st.just(language), texts(language)))


@given(cases, dates)
def test_every_expression_keeps_its_promises(case, published):
    """Offsets are true, expressions do not overlap, values parse and intervals are ordered and of their granularity."""
    language, text = case
    done = 0
    for found in find_times(text, published=published, language=language):
        assert text[found.start : found.end] == found.text != ""
        assert found.start >= done
        done = found.end
        _check_interval(found)
        assert 0 <= found.confidence <= 1


def _check_interval(found):
    extent = extent_of(found.value) if found.value and found.type in {"DATE", "TIME"} else None
    if extent is not None and found.interval is not None:
        assert extent.as_interval() == found.interval
    if found.interval is not None:
        start, end = map(datetime.fromisoformat, found.interval)
        assert start < end
        if found.value and not found.value.endswith("_REF") and "/" not in found.value:
            size = SIZES.get(found.granularity)
            assert size is None or found.type == "DURATION" or end - start == size


@given(cases, st.one_of(st.none(), dates))
def test_every_event_time_is_ordered(case, published):
    """Where both ends of an event's interval are known, the first is before the second."""
    language, text = case
    for found in find_times(text, published=published, language=language):
        time = to_event_time(found, text=text, published=published)
        if time is not None and time.interval_start and time.interval_end and time.relation != "since":
            assert time.interval_start < time.interval_end


@given(cases)
def test_without_publication_date_no_relative_value_is_invented(case):
    """The values found without a publication date are found with any, too."""
    language, text = case
    without = find_times(text, published=None, language=language)
    assert all(found.interval is None or found.value is not None for found in without)


@given(st.integers(min_value=1951, max_value=2100))
def test_easter_agrees_with_the_holiday_package(year):
    """Our computus and the package's tables name the same Sunday."""
    from holidays import country_holidays  # noqa: PLC0415 - slow to import

    from worker.extraction.time.resolving.holiday import easter_sunday  # noqa: PLC0415

    named = country_holidays("PL", years=year, language="en_US").get_named("Easter Sunday", lookup="exact")
    assert named == [easter_sunday(year).date()]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Adak", "UTC"])
def test_nothing_depends_on_the_machine(zone, monkeypatch):
    """The same text gives the same times whatever zone the machine is in and whatever its clock says."""
    text = "Am Freitag um 9 Uhr, gestern Abend, vor zwei Wochen und im März war es so."
    expected = find_times(text, published=PUBLISHED, language="de")
    monkeypatch.setenv("TZ", zone)
    clock.tzset()
    try:
        assert find_times(text, published=PUBLISHED, language="de") == expected
    finally:
        monkeypatch.delenv("TZ")
        clock.tzset()
    assert "TZ" not in os.environ


def test_many_threads_get_the_same():
    """The layer keeps no state between calls."""
    texts_of_both = [
        ("de", "Am Freitag trifft er sie, nachdem sie im März 2024 und vor drei Tagen verhandelt hatten."),
        ("en", "He will meet her on Friday after talks in March 2024 and three days ago."),
    ] * 40

    def times(case):
        return find_times(case[1], published=PUBLISHED, language=case[0])

    expected = [times(case) for case in texts_of_both]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(times, texts_of_both)) == expected


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (datetime(2025, 8, 6, 22, 30, tzinfo=UTC), "2025-08-07"),  # half past midnight in Berlin, summer time
        (datetime(2025, 12, 31, 22, 30, tzinfo=UTC), "2025-12-31"),  # half past eleven in the evening, winter time
        (datetime(2025, 3, 30, 1, 30, tzinfo=UTC), "2025-03-30"),  # the hour that is left out in spring
        (datetime(2025, 10, 26, 0, 30, tzinfo=UTC), "2025-10-26"),  # the hour that comes twice in autumn
        (datetime(2025, 10, 25, 22, 30, tzinfo=UTC), "2025-10-26"),  # still summer time: half past midnight
    ],
)
def test_today_is_the_day_in_the_articles_zone(published, day):
    """A publication time is read in the article's zone, on the days of the clock change too."""
    (today,) = find_times("Heute tagt der Rat.", published=published, language="de", zone="Europe/Berlin")
    assert today.value == day


def test_unknown_zone_is_refused_by_name():
    """A zone that is none is said so."""
    with pytest.raises(ValueError, match="Europe/Atlantis"):
        find_times("Heute.", published=datetime(2025, 8, 6, tzinfo=UTC), language="de", zone="Europe/Atlantis")


def test_offsets_are_code_points_of_the_text_as_given():
    """Letters whose small form is longer, and emojis, move no offset."""
    text = "İSTANBUL 🏛️ – am Freitag tagte der Rat."
    (friday,) = find_times(text, published=PUBLISHED, language="de")
    assert text[friday.start : friday.end] == "Freitag"
