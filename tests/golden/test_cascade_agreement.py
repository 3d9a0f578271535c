"""Parsing only what an event can depend on finds the events of the full run, in every field."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evaluation.gold_set import load_gold
from schemas import Article
from worker.extraction import Extractor, load_pipeline

SHARED = Path(os.environ.get("DEPESCHE_SHARED", Path(__file__).parents[3] / "shared")) / "gold"
DEVELOPMENT = ("seed", "dev_de", "dev_wn", "dev_en")
LEAST = {"accurate": 0.99, "small": 0.98}
"""Share of events that must be the same; 2026-11: accurate all of 136, small 136 of 138."""


@pytest.fixture(scope="module", params=LEAST)
def extractors(request):
    """One that parses everything and one that does not, over the same pipelines."""
    pipelines = {language: load_pipeline(language, model=request.param) for language in ("de", "en")}
    full, cascade = (
        Extractor(clock=lambda: datetime.now(UTC), pipelines=pipelines, cascade=cascade) for cascade in (False, True)
    )
    return request.param, full, cascade


def events_of(extractor, articles, **options):
    results = extractor.extract_many(articles, **options)
    return [[event.model_dump(mode="json") for event in result.events] for result in results]


def differing(articles, one, other):
    """List what is in one run and not in the other, by article: type, first word and the fields that differ."""
    found = []
    for article, left, right in zip(articles, one, other, strict=True):
        theirs = {event["mentions"][0]["start"]: event for event in right}
        for event in left:
            twin = theirs.get(event["mentions"][0]["start"], {})
            fields = sorted(key for key in event if event[key] != twin.get(key))
            if fields:
                found.append((article.id, event["type"], event["mentions"][0]["text"], fields if twin else "missing"))
    return found


def development_articles():
    if not (SHARED / "seed.articles.jsonl").is_file():
        pytest.skip("the development articles are not on this machine (DEPESCHE_SHARED)")
    lines = (line for name in DEVELOPMENT for line in (SHARED / f"{name}.articles.jsonl").open(encoding="utf-8"))
    keys = ("id", "language", "published", "text")
    return [Article(**{key: data.get(key) for key in keys}) for data in map(json.loads, lines)]


def assert_agreement(extractors, articles):
    model, full, cascade = extractors
    expected, found = events_of(full, articles), events_of(cascade, articles)
    off = [*differing(articles, expected, found), *differing(articles, found, expected)]
    lost = {(article, kind, word) for article, kind, word, _ in off}
    total = sum(map(len, expected))
    assert total > 0
    assert len(lost) <= total * (1 - LEAST[model]), off


def test_events_of_the_own_gold_set_are_those_of_the_full_run(extractors):
    assert_agreement(extractors, [item.article for item in load_gold()])


def test_events_of_the_development_articles_are_those_of_the_full_run(extractors):
    assert_agreement(extractors, development_articles())


def test_company_in_a_batch_changes_no_event(extractors):
    """Whatever goes through the model with an article, its events are the same."""
    _, _, cascade = extractors
    articles = [item.article for item in load_gold()]
    alone = events_of(cascade, articles, batch_size=1)
    assert events_of(cascade, articles, batch_size=7) == alone
    assert events_of(cascade, articles[::-1], batch_size=20)[::-1] == alone
