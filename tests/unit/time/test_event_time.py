"""From an expression to the time of the event it dates."""

from datetime import date

import pytest

from worker.extraction.time import find_times, to_event_time

PUBLISHED = date(2025, 8, 7)

# Sentence, value, granularity, relation, interval, approx.
DATED = {
    "since": ("Die Gespräche laufen seit März.", "2025-03", "month", "since", ("2025-03-01", "2025-08-08"), False),
    "until": ("Bis 2030 wird verhandelt.", "2030", "year", "until", (None, "2031-01-01"), False),
    "ago": ("Vor zwei Wochen trafen sie sich.", "2025-W30", "week", "on", ("2025-07-21", "2025-07-28"), True),
    "days ago": ("Vor 14 Tagen trafen sie sich.", "2025-07-24", "day", "on", ("2025-07-24", "2025-07-25"), True),
    "going on for weeks": (
        "Sie verhandeln seit drei Wochen.",
        "2025-W29",
        "week",
        "since",
        ("2025-07-14", "2025-08-08"),
        True,
    ),
    "going on for a year": (
        "Seit einem Jahr wird verhandelt.",
        "2024-08",
        "month",
        "since",
        ("2024-08-01", "2025-08-08"),
        True,
    ),
    "going on for ten years": (
        "Seit zehn Jahren wird verhandelt.",
        "2015",
        "year",
        "since",
        ("2015-01-01", "2025-08-08"),
        True,
    ),
    "tomorrow's weekday": (
        "Das Treffen am morgigen Freitag findet statt.",
        "2025-08-08",
        "day",
        "on",
        ("2025-08-08", "2025-08-09"),
        False,
    ),
    "yesterday's part of day": (
        "Am gestrigen Mittwochabend trafen sie sich.",
        "2025-08-06TEV",
        "part_of_day",
        "on",
        ("2025-08-06T18:00", "2025-08-06T22:00"),
        False,
    ),
    "planned for a day": (
        "Das Treffen ist für den 9. August geplant.",
        "2025-08-09",
        "day",
        "on",
        ("2025-08-09", "2025-08-10"),
        False,
    ),
    "end of month": ("Ende August treffen sie sich.", "2025-08", "month", "on", ("2025-08-21", "2025-09-01"), True),
    "start of year": ("Anfang 2026 beginnt es.", "2026", "year", "on", ("2026-01-01", "2026-05-01"), True),
    "before the end": ("Sie wollen sich vor Ende 2025 treffen.", "2025", "year", "before", (None, "2026-01-01"), True),
    "after the start": ("Sie reden nach Anfang 2026.", "2026", "year", "after", ("2026-01-01", None), True),
    "end of week": (
        "Ende kommender Woche soll er reisen.",
        "2025-W33",
        "week",
        "on",
        ("2025-08-15", "2025-08-18"),
        True,
    ),
    "range": (
        "Sie tagen vom 3. bis 5. September.",
        "2025-09-03/2025-09-05",
        "day",
        "on",
        ("2025-09-03", "2025-09-06"),
        False,
    ),
    "range of months": (
        "Sie tagten von Januar bis März.",
        "2025-01-01/2025-03-31",
        "month",
        "on",
        ("2025-01-01", "2025-04-01"),
        False,
    ),
    "span of clock times": (
        "Sie tagen heute, 10 bis 12 Uhr.",
        "2025-08-07T10:00",
        "minute",
        "on",
        ("2025-08-07T10:00", "2025-08-07T12:01"),
        False,
    ),
    "part of day": (
        "Am Mittwochabend trafen sie sich.",
        "2025-08-06TEV",
        "part_of_day",
        "on",
        ("2025-08-06T18:00", "2025-08-06T22:00"),
        False,
    ),
    "clock": (
        "Am Dienstag um 9 Uhr begann die Sitzung.",
        "2025-08-05T09:00",
        "minute",
        "on",
        ("2025-08-05T09:00", "2025-08-05T09:01"),
        False,
    ),
    "weekend": ("Am Wochenende trafen sie sich.", "2025-W31-WE", "weekend", "on", ("2025-08-02", "2025-08-04"), False),
    "future pointer": ("Sie treffen sich demnächst.", "FUTURE_REF", "unknown", "after", (None, None), False),
    "past pointer": ("Kürzlich trafen sie sich.", "PAST_REF", "unknown", "before", (None, None), False),
    "coming days": (
        "In den kommenden Tagen treffen sie sich.",
        "FUTURE_REF",
        "unknown",
        "after",
        ("2025-08-08", "2025-08-15"),
        True,
    ),
}


@pytest.mark.parametrize(("text", "value", "granularity", "relation", "interval", "approx"), DATED.values(), ids=DATED)
def test_event_gets_its_own_interval(text, value, granularity, relation, interval, approx):  # noqa: PLR0917
    """The event's interval is not that of the expression: 'since' reaches to the publication, 'end of' is a third."""
    first = next(time for time in find_times(text, published=PUBLISHED, language="de") if time.text != "heute")
    time = to_event_time(first, text=text, published=PUBLISHED)
    ends = tuple(end and (end if "T" in end else f"{end}T00:00") for end in interval)
    assert (time.value, time.granularity, time.relation, time.approx) == (value, granularity, relation, approx)
    assert (time.interval_start and time.interval_start[:16], time.interval_end and time.interval_end[:16]) == ends


@pytest.mark.parametrize("text", ["Die Sitzung dauerte drei Stunden.", "Sie treffen sich jeden Montag."])
def test_duration_and_repetition_date_no_event(text):
    """How long and how often do not say when."""
    (found,) = find_times(text, published=PUBLISHED, language="de")
    assert to_event_time(found, text=text, published=PUBLISHED) is None


def test_event_time_quotes_the_whole_range():
    """The words of a range reach from its first day to its last."""
    text = "Sie tagen vom 3. bis 5. September in Genf."
    first = find_times(text, published=PUBLISHED, language="de")[0]
    time = to_event_time(first, text=text, published=PUBLISHED)
    assert time.text == text[time.start : time.end] == "3. bis 5. September"


def test_without_publication_date_a_relative_time_has_no_value():
    """What only a publication date could tell is absent, not invented."""
    text = "Am Freitag treffen sie sich."
    (found,) = find_times(text, published=None, language="de")
    time = to_event_time(found, text=text, published=None)
    assert found.value is None
    assert (time.value, time.interval_start, time.resolved_against) == (None, None, None)


def test_resolved_against_is_named_for_relative_times_only():
    """A full date owes nothing to the publication date."""
    text = "Am Freitag und am 3. Mai 2024 trafen sie sich."
    friday, full = find_times(text, published=PUBLISHED, language="de")
    assert to_event_time(friday, text=text, published=PUBLISHED).resolved_against == "2025-08-07"
    assert to_event_time(full, text=text, published=PUBLISHED).resolved_against is None


def test_a_year_to_come_holds_for_no_month_that_is_past():
    """'Erst Ende Oktober hatte ...' is over, whatever later year the sentence before named."""
    text = "Das Programm läuft bis Ende 2026. Erst Ende Oktober hatte die Regierung Hilfe zugesagt."
    found = find_times(text, published=PUBLISHED, language="de")
    assert [timex.value for timex in found] == ["2026", "2024-10"]
