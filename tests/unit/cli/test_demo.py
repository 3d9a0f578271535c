"""The demo fails loudly when what should come back does not."""

import pytest

from cli import demo
from cli.examples import NAMES, read_example
from schemas.errors import Defect
from schemas.failure import Failure


class FakeClient:
    def __init__(self, outcome):
        self.outcome = outcome

    def wait(self, article_id, *, timeout_s):
        return self.outcome


class NoEvents:
    events = ()


OUTCOMES = {
    "no-events": NoEvents(),
    "a-failure": Failure(
        code="extraction_failed", family="defect", message="x", attempts=1, failed_at="2025-11-05T08:00:00Z"
    ),
}


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES)
def test_an_article_without_events_is_an_error(outcome):
    with pytest.raises(Defect, match="example beispiel-tunnel: expected events, found"):
        list(demo._results([read_example("beispiel-tunnel")], FakeClient(outcome)))


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_a_complete_article_of_the_length_of_the_news(name):
    article = read_example(name)
    assert article.id == name
    assert article.title
    assert article.published
    assert article.language == ("de" if name.startswith("beispiel") else "en")
    assert 150 <= len(article.text.split()) <= 250


def test_the_demo_shows_both_languages():
    assert {read_example(name).language for name in demo.EXAMPLES} == {"de", "en"}
