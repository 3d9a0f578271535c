"""English times as news say them; published on Thursday, 7 August 2025."""

from datetime import date

import pytest

from worker.extraction.time import find_times

PUBLISHED = date(2025, 8, 7)

# Sentence, the words that must be found, their value.
SAID = [
    # weekdays
    ("The chancellor received the president on Tuesday.", "Tuesday", "2025-08-05"),
    ("The chancellor will receive the president on Tuesday.", "Tuesday", "2025-08-12"),
    ("The envoy is scheduled to arrive Saturday.", "Saturday", "2025-08-09"),
    ("She said on Monday that the talks would resume on Friday.", "Monday", "2025-08-04"),
    ("She said on Monday that the talks would resume on Friday.", "Friday", "2025-08-08"),
    ("Since Monday, drivers have been on strike.", "Monday", "2025-08-04"),
    ("They met last Tuesday.", "last Tuesday", "2025-08-05"),
    ("They meet next Tuesday.", "next Tuesday", "2025-08-12"),
    # days by name
    ("The fair opens the day after tomorrow.", "the day after tomorrow", "2025-08-09"),
    ("He was in Bern yesterday evening.", "yesterday evening", "2025-08-06TEV"),
    ("The delegation landed this morning.", "this morning", "2025-08-07TMO"),
    ("Talks went on overnight.", "overnight", "2025-08-06TNI"),
    # dates
    ("The war began on 1 August 1914.", "1 August 1914", "1914-08-01"),
    ("The war began on August 1, 1914.", "August 1, 1914", "1914-08-01"),
    ("The concert is on January 12th, 2026.", "January 12th, 2026", "2026-01-12"),
    ("The truce ended on the 3rd of March.", "the 3rd of March", "2025-03-03"),
    ("It was released on Nov. 5.", "Nov. 5", "2024-11-05"),
    ("The feast on July 20 was well attended.", "July 20", "2025-07-20"),
    ("As of 2025-06-30.", "2025-06-30", "2025-06-30"),
    # months
    ("He resigned in March.", "March", "2025-03"),
    ("The court is expected to rule in October.", "October", "2025-10"),
    ("He resigned last March.", "last March", "2025-03"),
    ("By late October the coalition wants to decide.", "late October", "2025-10"),
    ("In mid-December 2023 it was over.", "mid-December 2023", "2023-12"),
    # weeks, months, years
    ("A decision is due at the end of next week.", "the end of next week", "2025-W33"),
    ("Fewer guests came last year.", "last year", "2024"),
    ("Sales rose in the first quarter of 2024.", "the first quarter of 2024", "2024-Q1"),
    ("The second half of the year should be better.", "The second half of the year", "2025-H2"),
    ("That was different in the 1960s.", "the 1960s", "196"),
    ("The town flourished in the 19th century.", "the 19th century", "18"),
    ("Many refugees came in the summer of 2015.", "the summer of 2015", "2015-SU"),
    ("Voters went to the polls last weekend.", "last weekend", "2025-W31-WE"),
    ("It was signed in the early 1980s.", "the early 1980s", "198"),
    # clock times
    ("The session starts at 8:30 p.m.", "8:30 p.m.", "2025-08-07T20:30"),
    ("The power failed at 07:45 on the dot.", "07:45", "2025-08-07T07:45"),
    ("The session began at noon.", "noon", "2025-08-07T12:00"),
    ("The session began at 9 a.m. on Tuesday.", "9 a.m. on Tuesday", "2025-08-05T09:00"),
    # counted from elsewhere
    ("He met her on March 3, 2020. The following day he left.", "The following day", "2020-03-04"),
    ("The bridge was closed three days ago.", "three days ago", "2025-08-04"),
    ("Parliament was dissolved two months ago.", "two months ago", "2025-06"),
    ("He met her on March 3, 2020. That same year he left.", "That same year", "2020"),
    ("On the evening of May 3 he met her.", "the evening of May 3", "2025-05-03TEV"),
    ("He was there from April 2 to June 20, 1943.", "April 2", "1943-04-02"),
    ("The session starts at 09:00 GMT on Monday.", "09:00 GMT on Monday", "2025-08-11T09:00"),
    ("Updated 2025-08-06T10:15Z.", "2025-08-06T10:15Z", "2025-08-06T10:15"),
    ("It opens in a fortnight.", "a fortnight", "2025-W34"),
    # durations
    ("The session lasted two and a half hours.", "two and a half hours", "PT2H30M"),
    ("The ship lay at anchor for 23 days.", "23 days", "P23D"),
    ("He sat in parliament for twenty-five years.", "twenty-five years", "P25Y"),
    ("They talked for more than three months.", "more than three months", "P3M"),
    ("A three-day conference was held.", "three-day", "P3D"),
    ("Over the past ten years the town has grown.", "the past ten years", "P10Y"),
    # repetitions
    ("The committee meets every Tuesday.", "every Tuesday", "XXXX-WXX-2"),
    ("They meet every two weeks.", "every two weeks", "P2W"),
    ("The feast is held each year.", "each year", "P1Y"),
    ("They meet twice a week.", "twice a week", "P1W"),
    ("They meet every other day.", "every other day", "P2D"),
    # pointers
    ("Talks are currently under way.", "currently", "PRESENT_REF"),
    ("The minister recently resigned.", "recently", "PAST_REF"),
    ("A decision will be made soon.", "soon", "FUTURE_REF"),
    # holidays
    ("Protesters gathered on Good Friday.", "Good Friday", "2025-04-18"),
    ("The truce is to begin on New Year's Eve.", "New Year's Eve", "2025-12-31"),
    ("Markets were closed on Thanksgiving.", "Thanksgiving", "2024-11-28"),
]
NOT_SAID = [
    "Theresa May and June Carter never met.",
    "About 1800 workers went on strike.",
    "The device costs 1999 dollars.",
    "They may march on, she said.",
    "The 26-year-old won 2-1.",
    "She is 34 years old.",
    "He came second.",
    "A second official agreed.",
    "About a quarter of the reactors are offline.",
]


@pytest.mark.parametrize(("text", "words", "value"), SAID, ids=[f"{words}={value}" for _, words, value in SAID])
def test_english_time_is_found_and_read(text, words, value):
    """Exactly these words are one expression, of this value."""
    found = {time.text: time.value for time in find_times(text, published=PUBLISHED, language="en")}
    assert found.get(words) == value, found


@pytest.mark.parametrize("text", NOT_SAID)
def test_english_sentence_without_a_time_has_none(text):
    """Names, counts, ages, scores and prices are no times."""
    assert not find_times(text, published=PUBLISHED, language="en")


@pytest.mark.parametrize(
    ("source_url", "value"),
    [
        ("https://news.example.co.uk/a", "2025-04-03"),
        ("https://news.example.com/a", "2025-03-04"),
        (None, "2025-03-04"),
    ],
    ids=["british", "american", "unknown"],
)
def test_digits_are_read_as_the_source_writes_them(source_url, value):
    """British papers write the day first, American ones the month."""
    (time,) = find_times("Signed on 3/4/2025.", published=PUBLISHED, language="en", source_url=source_url)
    assert time.value == value
