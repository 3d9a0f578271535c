"""Any text: no exception, every offset true, time linear in length.

The full size, 3,000 short texts and long ones of 100,000 characters, is that of ``make test-robustness``.
"""

import os
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
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
IS_FULL = bool(os.environ.get("DEPESCHE_FULL_SIZE"))
EXAMPLES = 3_000 if IS_FULL else 100
LONG_CHARS = 100_000 if IS_FULL else 10_000
LEEWAY = 2.5
"""What a step may cost beyond its share before it counts as more than linear: caches and collections are uneven."""
LONG = {
    "one word": "x",
    "one word again": "Treffen ",
    "no full stop": "Anna traf Jan und ",
    "english, no full stop": "who met him that offered talks and ",
    "speech in speech": "„Er sagte: ‚Sie traf ihn“, ",
    "quotes that open": '"Treffen ',
    "punctuation": "!?",
    "full stops": ". ",
    "commas": "Anna, ",
    "brackets": "(",
    "abbreviations": "A. ",
    "lines": "Treffen\n",
    "blank lines": "a\n\n",
    "digits": "1234567890",
    "dates": "am 3. Mai 2024 und ",
    "hyphens": "Treffen-",
    "markup": "<p>Gespräch&nbsp;</p>",
    "emoji": "🙂 ",
    "right to left": "اجتمع الوزير ",
    "combining marks": "e\u0301",
    "subordination": "dass er sagte, ",
    "addresses": "https://example.org/a?b=c&",
}
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


@settings(max_examples=EXAMPLES)
@given(text=TEXTS, language=st.sampled_from(["de", "en"]), title=st.none() | TEXTS)
def test_any_text_goes_through(extractor, text, language, title):
    """Whatever comes in, a result comes out and its offsets are those of the text."""
    if not text.strip():
        return
    article = Article(text=text, title=title, language=language, published=date(2025, 8, 7))
    offsets_are_true(article, extractor.extract(article))


def seconds(extractor, text, language):
    """Measure what the process itself computes, whatever else the machine does meanwhile."""
    article = Article(text=text, language=language, published=date(2025, 8, 7))
    started = time.process_time()
    offsets_are_true(article, extractor.extract(article))
    return time.process_time() - started


@pytest.mark.parametrize("piece", [pytest.param(piece, id=name) for name, piece in LONG.items()])
def test_long_odd_texts_take_linear_time(extractor, piece):
    """A text without sentences is no reason to stop, and four times of it take about four times as long."""
    language = "en" if piece.isascii() and "who" in piece else "de"
    text = piece * (LONG_CHARS // len(piece) + 1)
    short, long = seconds(extractor, text[: LONG_CHARS // 4], language), seconds(extractor, text[:LONG_CHARS], language)
    assert long < 4 * LEEWAY * short + 1


def test_nested_quotes_go_through(extractor):
    """However deep quotation marks stand in each other."""
    depth = LONG_CHARS // 2
    assert seconds(extractor, "„" * depth + "Er traf sie" + "“" * depth, "de") < 60


def test_time_is_linear_in_length(extractor):
    """Four times the text takes about four times the time: no quadratic step."""
    seconds(extractor, PAD, "de")
    assert seconds(extractor, PAD * 400, "de") < 4 * LEEWAY * seconds(extractor, PAD * 100, "de")
