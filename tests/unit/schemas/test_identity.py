"""What makes an article and an event the same."""

import pytest

from schemas import Article, article_id, content_hash, event_id

BASE = {"id": "a", "text": "Sie trafen sich am Montag.", "published": "2025-11-05", "language": "de"}


def test_given_id_stays():
    assert article_id(Article(**BASE)) == "a"


def test_derived_id_prefers_url_over_text():
    with_url = Article(text="eins", url="https://bote.example/1")
    assert article_id(with_url) == article_id(Article(text="zwei", url="https://bote.example/1"))
    assert article_id(Article(text="eins")) != article_id(Article(text="zwei"))


@pytest.mark.parametrize(
    "change",
    [{"text": "Anders."}, {"title": "T"}, {"published": "2025-11-06"}, {"language": "en"}, {"url": "u"}],
    ids=str,
)
def test_what_the_extraction_sees_changes_the_hash(change):
    assert content_hash(Article(**BASE)) != content_hash(Article(**{**BASE, **change}))


@pytest.mark.parametrize("change", [{"id": "b"}, {"metadata": {"fetched": "now"}}], ids=str)
def test_what_it_does_not_see_keeps_the_hash(change):
    assert content_hash(Article(**BASE)) == content_hash(Article(**{**BASE, **change}))


def test_event_id_depends_on_each_part():
    parts = {"article_id": "a", "content": "c", "extractor": "1", "type": "talks", "field": "text", "start": 3}
    changed = [{**parts, key: 4 if key == "start" else "z"} for key in parts]
    assert len({event_id(**p) for p in [parts, *changed]}) == 7
    assert event_id(**parts) == event_id(**parts)
