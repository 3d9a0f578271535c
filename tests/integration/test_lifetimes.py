"""Redis may not evict, so everything that is done must go by itself: memory stays flat."""

import contextlib
import os

import pytest
import redis

from ledger import EmbeddedServer, LedgerSettings, RedisLedger
from ledger.errors import RedisRefused
from ledger.record import Work
from ledger.streams import trim_streams
from schemas import Article, Failure, content_hash
from schemas.names import INDEX_FAILURES, KEY_LEASES, KEY_OUTCOMES, STREAM_EVENTS, STREAM_RESULTS

pytestmark = pytest.mark.redis
TEXT = "Anna traf Ben . " * 20
MINUTE_S = 60


def work(number, text=TEXT):
    article = Article(id=f"a-{number}", text=text, language="de")
    return Work(article.id, content_hash(article), article)


def run(ledger, number, make_result):
    ledger.accept([work(number)])
    lease = ledger.start(f"a-{number}", holder="m").lease
    assert ledger.finish(lease, make_result(lease.article)) == "published"


def keys_with_lifetimes(client):
    """Of all keys but the counts by the minute, which go after two hours whatever happens."""
    return {key: client.ttl(key) for key in client.scan_iter("*") if not key.startswith(KEY_OUTCOMES)}


def just_begun(lifetime_s):
    """Compare a lifetime that runs down while the test looks."""
    return pytest.approx(lifetime_s - MINUTE_S / 2, abs=MINUTE_S / 2)


def test_done_article_leaves_its_record_and_result_for_a_while(ledger, make_result):
    """The article itself is gone at once; nothing stays for ever but the streams, which are trimmed."""
    run(ledger, 1, make_result)
    lifetimes = keys_with_lifetimes(ledger.client)
    assert lifetimes.pop(STREAM_EVENTS) == lifetimes.pop(STREAM_RESULTS) == -1
    assert lifetimes == {
        "depesche:article:a-1": just_begun(30 * 86_400),
        "depesche:result:a-1": just_begun(7 * 86_400),
    }


def test_record_of_a_done_article_is_small(ledger, make_result):
    """Thirty days of records must fit into memory: they keep Redis' compact form."""
    run(ledger, 1, make_result)
    assert ledger.client.object("encoding", "depesche:article:a-1") == "listpack"
    assert ledger.client.memory_usage("depesche:article:a-1") < 2_000


def test_failed_article_leaves_its_failure_for_a_while(ledger, settings):
    ledger.accept([work(1)])
    lease = ledger.start("a-1", holder="m").lease
    failure = Failure(
        article_id="a-1",
        revision=1,
        code="internal_error",
        family="defect",
        message="broke",
        attempts=1,
        failed_at="2025-11-05T09:00:00Z",
        article=lease.article,
    )
    ledger.fail(lease, failure)
    lifetimes = keys_with_lifetimes(ledger.client)
    assert lifetimes["depesche:failure:a-1"] == just_begun(settings.failure_lifetime_s)
    assert lifetimes["depesche:article:a-1"] == just_begun(settings.failure_lifetime_s)
    assert "depesche:payload:a-1" not in lifetimes
    assert ledger.client.zcard(KEY_LEASES) == 0


def test_index_forgets_failures_whose_lifetime_is_over(ledger):
    ledger.client.zadd(INDEX_FAILURES, {"old": 1.0})
    failure = Failure(code="json_invalid", family="invalid", message="x", attempts=0, failed_at="2025-11-05T09:00:00Z")
    ledger.record_failure(failure, failure_id="new")
    assert ledger.client.zrange(INDEX_FAILURES, 0, -1) == ["new"]


def test_article_under_way_has_no_lifetime(ledger, make_result):
    """Also when it was done before: a record that vanished under it would lose it."""
    run(ledger, 1, make_result)
    ledger.accept([work(1, text="Neu.")])
    assert ledger.client.ttl("depesche:article:a-1") == -1
    assert ledger.client.ttl("depesche:payload:a-1") == -1


@pytest.mark.parametrize(
    "stored", ["", "{", '{"text": "a", "of_a_later_version": 1}'], ids=["gone", "cut", "unknown-field"]
)
def test_stored_article_that_cannot_be_read_is_set_aside(ledger, stored):
    """Whoever changed it, or whichever version wrote it: it ends in one failure, not in a loop."""
    ledger.accept([work(1)])
    ledger.client.set("depesche:payload:a-1", stored)
    assert [ledger.start("a-1", holder="m").verdict for _ in range(2)] == ["failed", "failed"]
    assert ledger.status("a-1").failure.code == "internal_error"
    assert ledger.sweep() == []


def test_memory_stays_flat_however_many_articles_pass(make_result, redis_url, wait_until):
    """2,000 more articles leave no more keys and entries than the first ones, once their lifetimes are over."""
    short = LedgerSettings(result_lifetime_s=0.05, record_lifetime_s=0.05, stream_lifetime_s=1)
    quick = RedisLedger.open(short, url=redis_url)
    for number in range(1_000):
        run(quick, number, make_result)

    def is_empty():
        trim_streams(quick.client, short)
        left = [key for key in keys_with_lifetimes(quick.client) if quick.client.type(key) != "stream"]
        return left == [] and quick.client.xlen(STREAM_EVENTS) + quick.client.xlen(STREAM_RESULTS) == 0

    wait_until(is_empty, what="an empty database")
    quick.close()


class TestTrimming:
    """Old entries go; what a group has still to read stays."""

    OLD = "1000-0"

    def add(self, ledger, *ids):
        for each in ids:
            ledger.client.xadd(STREAM_EVENTS, {"event": "{}"}, id=each)

    def left(self, ledger):
        return [entry for entry, _ in ledger.client.xrange(STREAM_EVENTS)]

    def trim(self, ledger, **changes):
        found = trim_streams(ledger.client, LedgerSettings(**changes))
        return next(each for each in found if each.stream == STREAM_EVENTS)

    def test_old_entries_go(self, ledger):
        self.add(ledger, self.OLD, "2000-0", "*")
        assert self.trim(ledger).by_age == 2
        assert len(self.left(ledger)) == 1

    def test_what_a_group_was_never_given_stays(self, ledger):
        self.add(ledger, self.OLD, "2000-0", "3000-0")
        ledger.client.xgroup_create(STREAM_EVENTS, "slow", id=self.OLD)
        trim = self.trim(ledger)
        assert (trim.by_age, trim.waiting_group) == (1, "slow")
        assert self.left(ledger) == ["2000-0", "3000-0"]

    def test_what_a_group_has_not_acknowledged_stays(self, ledger):
        """Also where another group is further on."""
        self.add(ledger, self.OLD, "2000-0", "3000-0")
        for group in ("slow", "quick"):
            ledger.client.xgroup_create(STREAM_EVENTS, group, id="0")
            ledger.client.xreadgroup(group, "reader", {STREAM_EVENTS: ">"})
        ledger.client.xack(STREAM_EVENTS, "quick", self.OLD, "2000-0", "3000-0")
        ledger.client.xack(STREAM_EVENTS, "slow", self.OLD)
        self.trim(ledger)
        assert self.left(ledger) == ["2000-0", "3000-0"]
        ledger.client.xack(STREAM_EVENTS, "slow", "2000-0", "3000-0")
        self.trim(ledger)
        assert self.left(ledger) == []

    def test_hard_cap_is_told(self, ledger):
        """The last resort against a group that never reads."""
        self.add(ledger, *["*"] * 10)
        assert self.trim(ledger, stream_max_entries=4).by_cap == 6

    def test_what_each_group_loses_is_told_before_it_is_gone(self, ledger):
        """Neither read nor acknowledged counts; what is acknowledged, or stays, does not."""
        ids = [f"{2_000_000_000_000 + n}-0" for n in range(10)]
        self.add(ledger, *ids)
        for group in ("never", "halfway", "quick"):
            ledger.client.xgroup_create(STREAM_EVENTS, group, id="0")
        ledger.client.xreadgroup("halfway", "reader", {STREAM_EVENTS: ">"}, count=5)
        ledger.client.xack(STREAM_EVENTS, "halfway", *ids[:3])
        ledger.client.xreadgroup("quick", "reader", {STREAM_EVENTS: ">"})
        ledger.client.xack(STREAM_EVENTS, "quick", *ids)
        told = {}

        def report(loss):
            told[loss.group] = (loss.entries, len(self.left(ledger)))

        trim_streams(ledger.client, LedgerSettings(stream_max_entries=4), report=report)
        assert told == {"never": (6, 10), "halfway": (3, 10)}
        assert self.left(ledger) == ids[6:]


@pytest.fixture
def small_server(tmp_path):
    with EmbeddedServer(tmp_path / "small", arguments=["--maxmemory", "8mb"]) as server:
        yield server


def test_full_redis_refuses_new_articles_and_lets_accepted_ones_finish(small_server, make_result, monkeypatch):
    """Nothing of what is refused is stored; what is under way goes on, and frees memory."""
    settings = LedgerSettings(redis_headroom=1.0)
    ledger = RedisLedger.open(settings, url=small_server.url)
    # It asks for the headroom, and not again within the second, however long the filling takes.
    monkeypatch.setattr(ledger._headroom, "_clock", lambda: 0.0)
    ledger.accept([work(1), work(2)])
    first = ledger.start("a-1", holder="m").lease
    fill(ledger.client)
    with pytest.raises(RedisRefused, match="takes no write"):
        ledger.accept([work(3)])
    assert ledger.status("a-3").status == "unknown"
    assert ledger.finish(first, make_result(first.article)) == "published"
    second = ledger.start("a-2", holder="m").lease
    assert ledger.finish(second, make_result(second.article)) == "published"
    assert ledger.result("a-2") is not None
    ledger.close()


def test_redis_that_is_nearly_full_takes_no_new_article(small_server):
    """The rest is for those under way."""
    ledger = RedisLedger.open(LedgerSettings(redis_headroom=0.1), url=small_server.url)
    with pytest.raises(RedisRefused, match="more than 10% of maxmemory"):
        ledger.accept([work(1)])
    ledger.close()


def fill(client):
    """Fill the server to the last hundred bytes."""
    for size in (50_000, 1_000, 50):
        with contextlib.suppress(redis.exceptions.OutOfMemoryError):
            while client.rpush(f"filler-{size}", os.urandom(size).hex()):
                pass


def test_counts_by_the_minute_go_by_themselves(ledger, make_result):
    """One small key a minute, for two hours: at most 120 of them."""
    run(ledger, 1, make_result)
    [key] = ledger.client.scan_iter(f"{KEY_OUTCOMES}*")
    assert 0 < ledger.client.ttl(key) <= 7_200
    assert ledger.client.memory_usage(key) < 400
