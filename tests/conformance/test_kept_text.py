"""An article's text is kept until it is done, or for as long as the settings say."""

from datetime import UTC, datetime

import pytest

from ledger import LedgerSettings, MemoryLedger, RedisLedger
from ledger.memory_ledger import FixedClock
from ledger.record import Work
from schemas import Article, ExtractorInfo, Failure, Result, article_id, content_hash
from schemas.article import ArticleInfo

ARTICLE = Article(id="a", text="Nora Feldt traf Luca Arnaud.")
NOW = datetime(2025, 11, 5, tzinfo=UTC)


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def make_ledger(request):
    """Make a ledger, and a way to let time pass for its keys."""
    made = []

    def make(**settings):
        chosen = LedgerSettings(redis_url=None, **settings)
        if request.param == "memory":
            clock = FixedClock()
            return MemoryLedger(chosen, clock=clock), clock.advance
        ledger = RedisLedger.open(chosen, url=request.getfixturevalue("redis_url"))
        made.append(ledger)

        def advance(seconds):
            for key in ledger.client.scan_iter():
                left_ms = ledger.client.pttl(key)
                if left_ms >= 0:
                    ledger.client.pexpire(key, max(0, left_ms - int(seconds * 1000)))

        return ledger, advance

    yield make
    for each in made:
        each.close()


def accept(ledger, article=ARTICLE, *, again=False):
    return ledger.accept([Work(article_id(article), content_hash(article), article)], again=again)[0]


def finish(ledger):
    lease = ledger.start("a", holder="m").lease
    result = Result(
        article_id="a",
        revision=lease.revision,
        content_hash=lease.content_hash,
        article=ArticleInfo(),
        language="de",
        events=(),
        extractor=ExtractorInfo(name="test", version="1", language_pack="0", model="none"),
        extracted_at=NOW,
        elapsed_ms=1,
    )
    assert ledger.finish(lease, result) == "published"


def test_text_is_there_while_the_article_waits_and_runs(make_ledger):
    ledger, _ = make_ledger()
    assert ledger.article("a") is None
    accept(ledger)
    assert ledger.article("a") == ARTICLE
    ledger.start("a", holder="m")
    assert ledger.article("a") == ARTICLE


def test_text_goes_when_the_article_is_done(make_ledger):
    ledger, _ = make_ledger()
    accept(ledger)
    finish(ledger)
    assert ledger.article("a") is None


def test_text_stays_as_long_as_the_setting_says(make_ledger):
    ledger, advance = make_ledger(text_lifetime_s=100)
    accept(ledger)
    finish(ledger)
    advance(99)
    assert ledger.article("a") == ARTICLE
    advance(2)
    assert ledger.article("a") is None


def test_text_of_an_article_that_is_worked_on_again_does_not_run_out(make_ledger):
    ledger, advance = make_ledger(text_lifetime_s=100)
    accept(ledger)
    finish(ledger)
    assert accept(ledger, again=True).is_new
    advance(1_000)
    assert ledger.article("a") == ARTICLE
    finish(ledger)


def test_text_of_a_failed_article_is_with_its_failure_alone(make_ledger):
    ledger, _ = make_ledger(text_lifetime_s=100)
    accept(ledger)
    lease = ledger.start("a", holder="m").lease
    failure = Failure(
        article_id="a",
        code="extraction_failed",
        family="defect",
        message="x",
        attempts=1,
        failed_at=NOW,
        article=ARTICLE,
    )
    assert ledger.fail(lease, failure) == "recorded"
    assert ledger.article("a") is None
    assert ledger.status("a").failure.article == ARTICLE


def test_deleting_an_article_deletes_its_text(make_ledger):
    ledger, _ = make_ledger(text_lifetime_s=100)
    accept(ledger)
    finish(ledger)
    assert ledger.delete("a")
    assert ledger.article("a") is None
