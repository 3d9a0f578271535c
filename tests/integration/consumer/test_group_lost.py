"""A group of a stream that is gone, with the stream or without it, while somebody reads from it."""

import pytest

from ledger import LedgerSettings
from ledger.connection import open_redis
from ledger.group import Group

pytestmark = pytest.mark.redis

STREAM = "depesche:stream-of-the-test"


@pytest.fixture
def client(redis_url):
    with open_redis(LedgerSettings(redis_url=redis_url)) as client:
        yield client


def read(group):
    return [entry.fields["n"] for entry in group.new(10, block_s=0.01)]


@pytest.mark.parametrize(("start", "first"), [("0", ["1"]), ("$", [])], ids=["oldest", "newest"])
def test_new_group_begins_where_it_was_told(client, start, first):
    client.xadd(STREAM, {"n": 1})
    assert read(Group(client, STREAM, "g", "reader", start, "redis")) == first


@pytest.mark.parametrize("start", ["0", "$"], ids=["oldest", "newest"])
def test_group_of_a_lost_stream_misses_nothing_of_the_new_one(client, start):
    """Whatever came before the reader noticed is read, too."""
    group = Group(client, STREAM, "g", "reader", start, "redis")
    read(group)
    client.delete(STREAM)
    client.xadd(STREAM, {"n": 2})
    assert read(group) == ["2"]
    client.xadd(STREAM, {"n": 3})
    assert read(group) == ["3"]
