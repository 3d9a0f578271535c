"""What the time layer makes of short sentences of our own."""

from datetime import date

import pytest

from worker.extraction.time import find_times

THURSDAY = date(2025, 8, 7)

GERMAN = [
    ("Am Mittwoch fand das Treffen statt.", "Mittwoch", "2025-08-06"),
    ("Der Minister reist am Freitag nach Graz.", "Freitag", "2025-08-08"),
    ("Am Donnerstag teilte das Amt mit, es sei alles gut.", "Donnerstag", "2025-08-07"),
    ("Im November gewann sie die Wahl.", "November", "2024-11"),
    ("Die Messe soll im Oktober eröffnet werden.", "Oktober", "2025-10"),
    ("Vor zwei Wochen war davon keine Rede.", "zwei Wochen", "P2W"),
    ("Er kommt am 3. Oktober zurück.", "3. Oktober", "2025-10-03"),
    ("Das war 1989.", "1989", "1989"),
    ("Heuer fällt der Markt aus.", "Heuer", "2025"),
    ("Die Sitzung beginnt um 18.30 Uhr.", "18.30 Uhr", "2025-08-07T18:30"),
]
ENGLISH = [
    ("The minister will fly to Oslo on Friday.", "Friday", "2025-08-08"),
    ("She met the envoy on Tuesday.", "Tuesday", "2025-08-05"),
    ("It was agreed two years ago.", "two years ago", "2023"),
    ("Sales fell in the second quarter.", "the second quarter", "2025-Q2"),
]


@pytest.mark.parametrize(("text", "words", "value"), GERMAN, ids=[words for _, words, _ in GERMAN])
def test_german_expression_gets_its_value(text, words, value):
    """The expression is found with exactly these words and gets this value."""
    found = {time.text: time.value for time in find_times(text, published=THURSDAY, language="de")}
    assert found.get(words) == value


@pytest.mark.parametrize(("text", "words", "value"), ENGLISH, ids=[words for _, words, _ in ENGLISH])
def test_english_expression_gets_its_value(text, words, value):
    """The expression is found with exactly these words and gets this value."""
    found = {time.text: time.value for time in find_times(text, published=THURSDAY, language="en")}
    assert found.get(words) == value
