"""Any text: no exception, every offset true, time linear in length."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Article
from worker.extraction import Extractor

WORDS = [
    "Treffen",
    "traf",
    "mit",
    "Präsident",
    "Putin",
    "zwischen",
    "und",
    "Gespräche",
    "bot",
    "an",
    "USA",
    "sich",
    "talks",
]
ODD = [
    "🙂",
    "مرحبا",
    "<p>",
    "&nbsp;",
    "„",
    "“",
    '"',
    "(",
    ")",
    "–",
    "\u200b",
    "\u00ad",
    "…",
    "''",
    "\t",
    "\n",
    "1.",
    "XVI.",
]
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=120),
    st.lists(st.sampled_from(WORDS + ODD), min_size=1, max_size=30).map(" ".join),
    st.lists(st.sampled_from(WORDS + ODD), min_size=1, max_size=30).map("".join),
)
PAD = "Die Minister haben am Montag in Oslo mit den Vertretern der Union über Gas beraten. "


@pytest.fixture(scope="module")
def extractor():
    return Extractor(clock=lambda: datetime.now(UTC), model="small")


def offsets_are_true(article, result):
    for event in result.events:
        for mention in event.mentions:
            assert getattr(article, mention.field)[mention.start : mention.end] == mention.text
            assert mention.sentence.start <= mention.start < mention.end <= mention.sentence.end
        for topic in event.topics:
            assert getattr(article, topic.span.field)[topic.span.start : topic.span.end] == topic.text
        if event.time is not None:
            span = event.time.span
            assert getattr(article, span.field)[span.start : span.end] == event.time.text


@given(text=TEXTS, language=st.sampled_from(["de", "en"]), title=st.none() | TEXTS)
def test_any_text_goes_through(extractor, text, language, title):
    """Whatever comes in, a result comes out and its offsets are those of the text."""
    if not text.strip():
        return
    article = Article(text=text, title=title, language=language, published=date(2025, 8, 7))
    offsets_are_true(article, extractor.extract(article))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Treffen " * 4_000, id="one-word-again"),
        pytest.param("x" * 60_000, id="one-word"),
        pytest.param("Anna traf Jan und " * 2_500, id="no-full-stop"),
        pytest.param("„" * 5_000 + "Er traf sie" + "“" * 5_000, id="nested-quotes"),
        pytest.param("!?" * 20_000, id="punctuation"),
        pytest.param(", ".join(["Anna"] * 8_000), id="commas"),
        pytest.param("(" * 20_000, id="brackets"),
        pytest.param("A. " * 10_000, id="abbreviations"),
    ],
)
def test_long_odd_texts_go_through(extractor, text):
    """A text without sentences is no reason to stop or to take long."""
    article = Article(text=text, language="de")
    started = time.perf_counter()
    offsets_are_true(article, extractor.extract(article))
    assert time.perf_counter() - started < 60


def test_time_is_linear_in_length(extractor):
    """Four times the text takes about four times the time: no quadratic step."""
    extractor.extract(Article(text=PAD, language="de"))

    def seconds(times):
        article = Article(text=PAD * times, language="de", published=date(2025, 8, 7))
        started = time.perf_counter()
        extractor.extract(article)
        return time.perf_counter() - started

    short, long = seconds(100), seconds(400)
    assert long < 4 * short * 2.5
