"""The command that removes an article's traces."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from cli.app import app
from schemas import Article
from schemas.failure import Failure
from schemas.names import KEY_ARTICLE, QUEUE_PREFIX, STREAM_EVENTS, STREAM_FAILURES, STREAM_RESULTS

pytestmark = pytest.mark.redis


def delete(url, *ids):
    return CliRunner().invoke(app, ["delete", *ids, "--redis-url", url])


def test_articles_are_gone(client, ledger, redis_url):
    for name in ("a", "b"):
        client.submit(Article(id=name, text="Anna traf Ben."))
    assert delete(redis_url, "a", "b").exit_code == 0
    assert {client.status(name).status for name in ("a", "b")} == {"unknown"}
    assert {len(ledger.client.hgetall(KEY_ARTICLE + name)) for name in ("a", "b")} == {2}
    assert sorted(ledger.client.keys("depesche:*article:*")) == ["depesche:article:a", "depesche:article:b"]


def test_unknown_id_is_told_and_the_others_are_deleted(client, redis_url):
    client.submit(Article(id="a", text="Anna traf Ben."))
    done = delete(redis_url, "nobody", "a")
    assert done.exit_code == 23
    assert "1 of 2 unknown" in done.stderr
    assert client.status("a").status == "unknown"


WORDS = "Anna traf Ben in Bern"
STREAMS = {STREAM_EVENTS, STREAM_RESULTS, STREAM_FAILURES}
GOOD, BAD = "wire-4711", "wire-4712"
STUBS = {KEY_ARTICLE + GOOD, KEY_ARTICLE + BAD}


def content(client, key):
    """Give all that a key holds, as a string."""
    read = {
        "string": client.get,
        "hash": client.hgetall,
        "list": lambda name: client.lrange(name, 0, -1),
        "set": client.smembers,
        "zset": lambda name: client.zrange(name, 0, -1),
        "stream": client.xrange,
    }
    return f"{key} {read[client.type(key)](key)}"


@pytest.fixture
def ended(client, ledger, make_result):
    """Give two articles, of which one has a result and the other a failure; both have come to rest."""
    for name in (GOOD, BAD):
        client.submit(Article(id=name, text=f"{WORDS} : {name} ."))
    lease = ledger.start(GOOD, holder="m").lease
    ledger.finish(lease, make_result(lease.article))
    lease = ledger.start(BAD, holder="m").lease
    failure = Failure(
        article_id=BAD,
        revision=1,
        code="extraction_failed",
        family="defect",
        message="expected a result, found none",
        attempts=1,
        failed_at=datetime.now(UTC),
        article=lease.article,
    )
    ledger.fail(lease, failure)
    return (GOOD, BAD)


def test_nothing_is_left_but_messages_and_two_numbers(client, ledger, redis_url, ended):
    """What was announced stays in the streams until they are trimmed; the whole text is in none of them."""
    held = [key for key in ledger.client.keys("*") if WORDS in content(ledger.client, key)]
    assert held, "before, the text is there"
    assert delete(redis_url, *ended).exit_code == 0
    left = {key: content(ledger.client, key) for key in ledger.client.keys("*")}
    assert [key for key, value in left.items() if WORDS in value] == []
    named = {key for key, value in left.items() if any(name in value for name in ended)}
    queues = {key for key in named if key.startswith(QUEUE_PREFIX)}  # a message that finds no work any more
    assert named - STREAMS - STUBS - queues == set()
    assert {len(ledger.client.hgetall(key)) for key in STUBS} <= {2}
    assert client.result(GOOD) is None
