"""A text may be read for its times in parts and in any order, and pays for what is asked alone."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.extraction.time import ResolvedTimes, TimedText, find_times, resolved
from worker.extraction.time import delegate as delegate_module

PUBLISHED = date(2031, 5, 14)
_PIECES = {
    "de": [
        "am 3. Mai 2029", "am Tag darauf", "am Freitag", "bis Sonntag", "um 9 Uhr", "im Herbst", "Ende des Jahres",
        "tags zuvor", "3. bis 5. September", "im März", "zwei Tage später", "heute", "am Abend", "und er kam.", "\n\n",
    ],
    "en": [
        "on May 3, 2029", "the next day", "on Friday", "through Sunday", "at 9 a.m.", "last fall", "a year earlier",
        "the following year", "September 3 to 5", "in March", "two days later", "today", "the quarter", "he came.",
    ],
}  # fmt: skip
texts = st.sampled_from(["de", "en"]).flatmap(
    lambda language: st.tuples(
        st.just(language), st.lists(st.sampled_from(_PIECES[language]), max_size=60).map(" ".join)
    )
)


@given(texts, st.randoms(use_true_random=False))
def test_parts_in_any_order_say_what_the_whole_says(case, random):
    """Whatever part is asked for first, each expression is what it is when the text is read from the beginning."""
    language, text = case
    whole = find_times(text, published=PUBLISHED, language=language)
    borders = [0, *sorted(random.choices(range(len(text) + 1), k=6)), len(text)]
    parts = list(pairwise(borders))
    random.shuffle(parts)
    times = ResolvedTimes(TimedText(text, published=PUBLISHED, language=language))
    found = [time for start, end in parts for time in times.between(start, end)]
    assert tuple(sorted(found, key=lambda time: time.start)) == whole


def test_a_long_chain_is_followed_to_its_begin():
    """The last of thousands that each refer to the one before is what it is when all are read in order."""
    text = "Am 3. Mai 2024 kam er. " + "Am Tag darauf ging er. " * 3000
    times = ResolvedTimes(TimedText(text, published=PUBLISHED, language="de"))
    (last,) = times.between(len(text) - 23, len(text))
    assert last == find_times(text, published=PUBLISHED, language="de")[-1]
    assert last.value == "2032-07-20"


@pytest.fixture
def resolutions(monkeypatch):
    """Count what is resolved."""
    done = []
    resolve = resolved._resolve
    monkeypatch.setattr(resolved, "_resolve", lambda scene: done.append(scene.hit.start) or resolve(scene))
    return done


def test_what_is_not_asked_for_is_not_resolved(resolutions):
    """A sentence costs its own expressions and what they refer to, once."""
    text = "Am Montag kam er. " * 50 + "Am 3. Mai ging sie. Tags darauf kam er." + " Im Juni blieb er." * 50
    times = ResolvedTimes(TimedText(text, published=PUBLISHED, language="de"))
    start = text.index("Tags darauf")
    assert [time.value for time in times.between(start, start + 20)] == ["2031-05-04"]
    assert [time.value for time in times.between(start, start + 20)] == ["2031-05-04"]
    assert len(resolutions) == len(set(resolutions)) <= 4


@pytest.mark.parametrize("asks", [True, False])
def test_dateparser_changes_no_value(asks, monkeypatch):
    """Who does not ask dateparser finds the same, but for who answered."""
    asked = []
    parse = delegate_module._parse
    monkeypatch.setattr(delegate_module, "_parse", lambda *args: asked.append(args) or parse(*args))
    text = "Am 3. Mai 2029, im März und gestern sprachen sie, letzte Woche auch."
    source = TimedText(text, published=PUBLISHED, language="de", asks_dateparser=asks)
    found = [time.as_json() for time in ResolvedTimes(source).between(0, len(text))]
    assert found == [time.as_json() for time in find_times(text, published=PUBLISHED, language="de")]
    assert {time.engine for time in ResolvedTimes(source).between(0, len(text))} <= {"grammar", "dateparser"}
    assert asks == any(time.engine == "dateparser" for time in ResolvedTimes(source).between(0, len(text)))
