"""A corpus under way does not hold up the news."""

import pytest

from producer import Client
from schemas import Article
from schemas.names import KEY_LEASES

pytestmark = pytest.mark.redis


def test_news_passes_a_message_that_is_being_worked_on(start_worker, settings, ledger, published, wait_until):
    """One process, and messages of 32 articles: the news comes after the article at hand, not after the message."""
    start_worker().wait_ready()
    corpus = [
        Article(id=f"c-{n}", text="Anna traf Ben .", metadata={"do": "sleep", "seconds": 0.05}) for n in range(64)
    ]
    with Client(settings=settings.model_copy(update={"message_max_articles": 32})) as client:
        list(client.submit_many(corpus, queue="backfill"))
        wait_until(lambda: client.status("c-0").status == "done", what="the first of the corpus")
        client.submit(Article(id="news", text="Cora traf Dora ."))
        client.wait("news", timeout_s=90)
    assert ledger.client.zcard(KEY_LEASES) > 32
    wait_until(lambda: ledger.client.zcard(KEY_LEASES) == 0, what="the end of the corpus")
    done = [data["article_id"] for _, data in published("depesche:results")]
    assert sorted(done) == sorted([*(each.id for each in corpus), "news"])
