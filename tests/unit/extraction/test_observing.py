"""Who looks on sees every stage begin and end, and changes nothing."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from schemas import Article
from worker.extraction import Extractor
from worker.extraction.steps.chain import STEPS

NOW = datetime(2025, 11, 5, 9, 0, tzinfo=UTC)
ARTICLE = Article(
    id="a-1",
    language="de",
    published="2025-11-05",
    text="Am Dienstag trafen sich Außenministerin Nora Feldt und der Minister Luca Arnaud in Bern zu Gesprächen.",
)
STAGES = {"read", "parse", "structure", "output", *(step.name for step in STEPS)}


class Onlooker:
    """Notes what begins and ends."""

    def __init__(self):
        self.begun, self.ended = [], []

    @contextmanager
    def __call__(self, stage):
        self.begun.append(stage)
        try:
            yield
        finally:
            self.ended.append(stage)


@pytest.fixture(scope="module")
def run():
    """Extract from the article, with somebody who looks on or without."""

    def extract(*, together=False, **options):
        extractor = Extractor(clock=lambda: NOW, model="small", **options)
        if together:
            return [each.result for each in extractor.attempt_many([(ARTICLE, 1), (ARTICLE, 1)])]
        return extractor.extract(ARTICLE)

    return extract


def test_every_stage_is_seen_and_the_result_is_the_same(run):
    onlooker = Onlooker()
    assert run(observe=onlooker) == run()
    assert set(onlooker.begun) == STAGES
    assert sorted(onlooker.begun) == sorted(onlooker.ended)


def test_articles_together_are_parsed_once(run):
    """What is seen as one stage is one piece of work."""
    onlooker = Onlooker()
    run(together=True, observe=onlooker)
    assert onlooker.begun.count("read") == 2
    assert onlooker.begun.count("output") == 2
    assert 2 * onlooker.begun.count("parse") == onlooker.begun.count("structure")


def test_stage_that_fails_is_seen_to_end():
    """Somebody who measures must not be left waiting."""
    onlooker = Onlooker()

    def broken(_language):
        raise LookupError

    extractor = Extractor(clock=lambda: NOW, model="small", pipelines={"de": broken}, observe=onlooker)
    with pytest.raises((LookupError, AttributeError)):
        extractor.extract(ARTICLE)
    assert onlooker.begun == onlooker.ended == ["read"]
