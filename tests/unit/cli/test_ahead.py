"""Chunks hold what has come, in order, and never wait to be full."""

import queue

import pytest

from cli.reading import ahead
from cli.reading.ahead import chunks_as_they_come
from cli.reading.inputs import Refused
from schemas.errors import Invalid


def refused(number, size=1):
    return Refused(Invalid("x"), str(number), size)


def test_everything_comes_in_order():
    inputs = [refused(number) for number in range(2000)]
    chunks = list(chunks_as_they_come(inputs))
    assert [each for chunk in chunks for each in chunk] == inputs
    assert max(map(len, chunks)) <= ahead.MAX_INPUTS


def test_a_slow_producer_is_not_waited_for():
    """What has come is given before the next is there."""
    source = queue.Queue()
    chunks = chunks_as_they_come(iter(source.get, None))
    for number in range(3):
        source.put(refused(number))
        assert [each.where for each in next(chunks)] == [str(number)]
    source.put(None)
    assert list(chunks) == []


def test_long_articles_make_small_chunks():
    source = queue.Queue()
    for number in range(6):
        source.put(refused(number, size=ahead.MAX_BYTES // 2))
    assert [len(ahead._take(source)[0]) for _ in range(3)] == [2, 2, 2]


def test_an_error_of_the_reader_is_raised_after_what_was_read():
    def inputs():
        yield refused(1)
        raise ValueError("on purpose")

    chunks = chunks_as_they_come(inputs())
    found = []
    with pytest.raises(ValueError, match="on purpose"):
        found.extend(chunks)
    assert len(found) == 1
