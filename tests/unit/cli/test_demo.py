"""The demo fails loudly when what should come back does not."""

import pytest

from cli import demo
from cli.examples import NAMES, read_example
from schemas.errors import Defect, Transient
from schemas.failure import Failure


class FakeClient:
    def __init__(self, outcome):
        self.outcome = outcome

    def wait(self, _article_id, *, timeout_s):
        assert timeout_s <= 1, "Ctrl-C is looked for once a second"
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


class FakeStack:
    def check(self):
        """All is running."""


class InterruptedStack:
    def check(self):
        raise KeyboardInterrupt


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
        demo._result(read_example("beispiel-tunnel"), FakeClient(outcome), FakeStack())


def test_a_result_that_does_not_come_is_an_error(monkeypatch):
    monkeypatch.setattr(demo, "WITHIN_S", 0)
    late = Transient("late", code="wait_timeout")
    with pytest.raises(Transient, match="late"):
        demo._result(read_example("beispiel-tunnel"), FakeClient(late), FakeStack())


def test_ctrl_c_ends_the_waiting():
    late = Transient("late", code="wait_timeout")
    with pytest.raises(KeyboardInterrupt):
        demo._result(read_example("beispiel-tunnel"), FakeClient(late), InterruptedStack())


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
