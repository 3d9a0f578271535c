"""Several at once: each step of the ledger happens in one piece."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from ledger import LedgerSettings, RedisLedger
from ledger.record import Work
from schemas import Article, content_hash
from schemas.names import STREAM_RESULTS

pytestmark = pytest.mark.redis
RACERS = 8


def work(text, name="a"):
    article = Article(id=name, text=text)
    return Work(name, content_hash(article), article)


@pytest.fixture
def race(redis_url):
    """Run a step at the same time on ledgers with connections of their own."""
    ledgers = [RedisLedger.open(LedgerSettings(resend_after_s=0.001), url=redis_url) for _ in range(RACERS)]

    def run(step, rounds=20):
        with ThreadPoolExecutor(RACERS) as pool:
            return [
                list(pool.map(lambda ledger, number=number: step(ledger, number), ledgers)) for number in range(rounds)
            ]

    yield run
    for ledger in ledgers:
        ledger.close()


def test_same_article_of_many_submitters_is_new_once(race):
    rounds = race(lambda ledger, number: ledger.accept([work("eins", f"a{number}")])[0])
    assert [sum(each.is_new for each in answers) for answers in rounds] == [1] * 20
    assert {each.revision for answers in rounds for each in answers} == {1}


def test_different_contents_of_one_id_are_different_revisions(race, redis_url):
    """None of them gets lost between two others; the record holds the last one."""
    rounds = race(lambda ledger, number: ledger.accept([work(f"{number} {id(ledger)}")])[0].revision)
    assert sorted(revision for answers in rounds for revision in answers) == list(range(1, 20 * RACERS + 1))
    assert RedisLedger.open(url=redis_url).status("a").revision == 20 * RACERS


def test_article_is_started_by_one_and_published_once(race, published, make_result):
    def step(ledger, number):
        ledger.accept([work("Anna traf Ben .", f"a{number}")])
        start = ledger.start(f"a{number}", holder=str(id(ledger)))
        return start.lease and ledger.finish(start.lease, make_result(start.lease.article))

    rounds = race(step)
    assert [Counter(answers)["published"] for answers in rounds] == [1] * 20
    assert Counter(data["article_id"] for _, data in published(STREAM_RESULTS)) == {f"a{n}": 1 for n in range(20)}


def test_lost_articles_are_claimed_by_one_sweeper_each(redis_url, race):
    patient = RedisLedger.open(LedgerSettings(resend_after_s=0.001), url=redis_url)
    patient.accept([work("eins", f"a{number}") for number in range(400)])
    careful = LedgerSettings(resend_after_s=600)

    def step(_ledger, _number):
        own = RedisLedger.open(careful, url=redis_url)
        claimed = [each.article_id for each in own.sweep(limit=50)]
        own.close()
        return claimed

    claimed = Counter(name for answers in race(step, rounds=5) for names in answers for name in names)
    assert claimed == {f"a{number}": 1 for number in range(400)}
