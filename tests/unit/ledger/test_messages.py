"""Which articles travel together."""

import pytest

from ledger.message import limit_of, longest_limit_s, plan_messages
from ledger.record import Pending

LIMITS = {"max_ids": 3, "max_limit_s": 100, "alone_chars": 1_000}


def article(name, *, queue="live", limit_s=31, size=10):
    return Pending(name, queue, limit_s, size)


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([article("a")], [("live", ("a",), 31)], id="one"),
        pytest.param(
            [article(name) for name in "abcd"],
            [("live", ("a", "b", "c"), 93), ("live", ("d",), 31)],
            id="no-more-than-max-ids",
        ),
        pytest.param(
            [article("a", limit_s=60), article("b", limit_s=41), article("c", limit_s=59)],
            [("live", ("a",), 60), ("live", ("b", "c"), 100)],
            id="no-more-than-max-limit",
        ),
        pytest.param([article("a", limit_s=500)], [("live", ("a",), 500)], id="one-above-the-limit-still-goes"),
        pytest.param(
            [article("a"), article("long", size=1_001), article("b")],
            [("live", ("long",), 31), ("live", ("a", "b"), 62)],
            id="a-long-one-alone",
        ),
        pytest.param(
            [article("a"), article("b", queue="backfill"), article("c")],
            [("live", ("a", "c"), 62), ("backfill", ("b",), 31)],
            id="queues-apart",
        ),
    ],
)
def test_articles_are_put_into_messages(articles, expected):
    """In order, within the limits, each article in exactly one message."""
    messages = list(plan_messages(articles, **LIMITS))
    assert [(each.queue, each.article_ids, each.limit_s) for each in messages] == expected


def test_limit_grows_with_words():
    assert limit_of("wort " * 5_000, base_s=30, words_per_s=500) == 41
    assert limit_of("", base_s=0.5, words_per_s=500) == 1


def test_no_article_has_more_than_the_longest_limit():
    """Every second character begins a word: nothing of the same length has more words."""
    limits = {"base_s": 30, "words_per_s": 500}
    assert limit_of("a " * 5_000, **limits) == longest_limit_s(max_text_chars=10_000, **limits)
