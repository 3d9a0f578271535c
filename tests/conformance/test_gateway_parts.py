"""What the gateway keeps in Redis it also keeps in memory, with the same promises: tests rely on it."""

import asyncio
from datetime import UTC, datetime

import pytest
import redis

from gateway.access.store import MemoryTokens, RedisTokens
from gateway.access.tokens import make_token
from gateway.errors import IdempotencyConflict
from gateway.feed import MemoryFeed, RedisFeed
from gateway.intake.idempotency import MemoryIdempotencyKeys, RedisIdempotencyKeys, check_key
from ledger import LedgerSettings
from ledger.cloudevents import Entry
from schemas.names import STREAM_EVENTS

NOW = datetime(2025, 11, 5, tzinfo=UTC)
KINDS = ["memory", pytest.param("redis", marks=pytest.mark.redis)]


@pytest.fixture(params=KINDS)
def client(request):
    """Give a client of Redis, or None for what is kept in memory."""
    if request.param == "memory":
        yield None
        return
    with redis.Redis.from_url(request.getfixturevalue("redis_url"), decode_responses=True) as made:
        yield made


@pytest.fixture
def tokens(client):
    return MemoryTokens() if client is None else RedisTokens(client)


@pytest.fixture
def keys(client):
    return MemoryIdempotencyKeys() if client is None else RedisIdempotencyKeys(client, lifetime_s=60, where="test")


def test_tokens_are_kept_by_name(tokens):
    kept = [make_token(name, ["read"], now=NOW)[1] for name in ("b", "a")]
    assert [tokens.add(each) for each in kept] == [True, True]
    assert not tokens.add(make_token("a", ["admin"], now=NOW)[1])
    assert list(tokens.all()) == [kept[1], kept[0]]
    assert tokens.revoke("a")
    assert not tokens.revoke("a")
    assert list(tokens.all()) == [kept[0]]


def test_key_stands_for_one_body_of_one_client(keys):
    check_key(keys, "k", client="desk", body=b"1")
    check_key(keys, "k", client="desk", body=b"1")
    check_key(keys, "k", client="other desk", body=b"2")
    with pytest.raises(IdempotencyConflict):
        check_key(keys, "k", client="desk", body=b"2")


@pytest.mark.redis
def test_key_is_kept_as_a_digest_with_a_lifetime(redis_url):
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        check_key(
            RedisIdempotencyKeys(client, lifetime_s=60, where="test"), "a secret", client="desk", body=b"the article"
        )
        (key,) = client.keys()
        assert "secret" not in key
        assert "article" not in client.get(key)
        assert 0 < client.pttl(key) <= 60_000


@pytest.fixture(params=KINDS)
def make_feed(request):
    """Make a feed over so many entries; gives it and their places."""

    def make(number, *, trimmed=0):
        if request.param == "memory":
            entries = [Entry(f"c{n}", "t", f'"{n}"') for n in range(number)]
            return MemoryFeed(lambda: entries, trimmed=trimmed), [f"{n}-0" for n in range(1, number + 1)]
        url = request.getfixturevalue("redis_url")
        with redis.Redis.from_url(url, decode_responses=True) as client:
            places = [client.xadd(STREAM_EVENTS, {"type": "t", "event": f'"{n}"'}) for n in range(number)]
            client.xtrim(STREAM_EVENTS, maxlen=number - trimmed, approximate=False)
        return RedisFeed(url, LedgerSettings(redis_url=url), max_readers=2), places

    return make


def ask(feed, question):
    async def run():
        try:
            return await question(feed)
        finally:
            await feed.close()

    return asyncio.run(run())


def test_feed_gives_what_follows_a_place(make_feed):
    feed, places = make_feed(4)

    async def question(feed):
        found = await feed.read(places[0], count=2, block_s=0.01)
        return [(each.id, each.type, each.event) for each in found], await feed.newest()

    found, newest = ask(feed, question)
    assert found == [(places[1], "t", '"1"'), (places[2], "t", '"2"')]
    assert newest == places[3]


@pytest.mark.parametrize("after", ["0", "0-0"])
def test_feed_begins_with_all_that_is_kept(make_feed, after):
    feed, places = make_feed(2)
    found = ask(feed, lambda feed: feed.read(after, count=10, block_s=0.01))
    assert [each.id for each in found] == places


def test_empty_feed_gives_nothing_after_a_while(make_feed):
    feed, _ = make_feed(0)

    async def question(feed):
        return await feed.newest(), await feed.read("0-0", count=10, block_s=0.01), await feed.may_miss("0-0")

    assert ask(feed, question) == ("0-0", [], False)


@pytest.mark.parametrize(("trimmed", "expected"), [(0, [False, False, False]), (2, [False, True, False])])
def test_feed_tells_when_some_are_gone(make_feed, trimmed, expected):
    """To who begins with what is kept, nothing is missing."""
    feed, places = make_feed(3, trimmed=trimmed)

    async def question(feed):
        return [await feed.may_miss(place) for place in ("0", places[0], places[2])]

    assert ask(feed, question) == expected
