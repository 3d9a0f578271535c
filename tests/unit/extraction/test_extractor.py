"""The extractor as its users see it: order, identity, refusal, explanation, threads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from schemas import Article
from worker.extraction import Extractor
from worker.extraction.errors import LanguageUnsupported

NOW = datetime(2025, 8, 7, 12, tzinfo=UTC)
TEXTS = [
    "Kanzlerin Anna Muster hat sich am Montag mit Präsident Jan Beispiel in Oslo getroffen.",
    "Russia and China held talks on gas on Monday.",
    "Es regnet.",
    "Die Gewerkschaft verhandelt mit dem Konzern über Löhne.",
]


@pytest.fixture(scope="module")
def extractor():
    return Extractor(clock=lambda: NOW, model="small")


def articles():
    return [Article(id=f"a-{number}", text=text, published=date(2025, 8, 7)) for number, text in enumerate(TEXTS)]


def test_results_come_in_input_order(extractor):
    """One result for each article, in their order, also where there is no event."""
    results = list(extractor.extract_many(articles()))
    assert [result.article_id for result in results] == ["a-0", "a-1", "a-2", "a-3"]
    assert [result.language for result in results] == ["de", "en", "de", "de"]
    assert results[2].events == ()


def test_the_same_content_gives_the_same_events(extractor):
    """Event ids and all else are those of the content."""
    first, second = (extractor.extract(articles()[0]) for _ in range(2))
    assert first.events == second.events
    assert first.events


def test_two_articles_with_the_same_words_have_different_events(extractor):
    """An event belongs to its article."""
    one, two = (extractor.extract(Article(id=name, text=TEXTS[0], language="de")) for name in ("x", "y"))
    assert {event.id for event in one.events}.isdisjoint(event.id for event in two.events)


def test_another_language_is_refused(extractor):
    """French is an Invalid error with a stable code."""
    text = "Le ministre a rencontré la chancelière à Oslo et ils ont parlé du gaz avec les autres pour une heure."
    with pytest.raises(LanguageUnsupported) as caught:
        extractor.extract(Article(text=text))
    assert caught.value.code == "language_unsupported"


def test_the_result_says_what_made_it(extractor):
    """Clock, revision, content hash, language pack and model are in the result."""
    result = extractor.extract(articles()[0], revision=3)
    assert (result.revision, result.extracted_at, result.elapsed_ms) == (3, NOW, 0)
    assert result.extractor.language_pack.startswith("de-")
    assert result.extractor.model


def test_a_title_is_read_and_its_spans_carry_its_field(extractor):
    """Title and text are both searched; the title's offsets count in the title."""
    article = Article(title="Anna Muster trifft Jan Beispiel", text=TEXTS[0], language="de")
    mentions = [mention for event in extractor.extract(article).events for mention in event.mentions]
    assert {mention.field for mention in mentions} <= {"title", "text"}
    for mention in mentions:
        assert getattr(article, mention.field)[mention.start : mention.end] == mention.text


def test_an_explanation_names_the_rule_of_each_event(extractor):
    """Every event has evidence for its type and its factuality."""
    explained = extractor.explain(articles()[0])
    for event in explained.result.events:
        fields = {evidence.field for evidence in explained.evidence[event.id]}
        assert {"type", "factuality"} <= fields


def test_min_confidence_leaves_out_what_is_unsure():
    """At 1 nothing is sure enough."""
    strict = Extractor(clock=lambda: NOW, model="small", min_confidence=1.0)
    assert strict.extract(articles()[0]).events == ()


def test_threads_share_an_extractor(extractor):
    """Eight threads give what one gives."""
    alone = [extractor.extract(article).events for article in articles()]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda article: extractor.extract(article).events, articles() * 4))
    assert together == alone * 4
