"""The channel before Celery's consumer, when its connection is gone."""

import kombu
import pytest

from worker.service.transport import GuardedTransport

pytestmark = pytest.mark.redis


@pytest.fixture
def connection(redis_url):
    with kombu.Connection(redis_url, transport=GuardedTransport) as connection:
        yield connection


def test_channel_of_a_lost_connection_says_so(connection):
    """Celery connects again after such an error, and ends the worker after any other."""
    channel = connection.channel()
    connection.collect()  # as Celery does when the connection is lost
    channel._disconnect_pools()
    with pytest.raises(connection.connection_errors):
        channel._create_client()


def test_channel_of_an_open_connection_works(connection):
    assert connection.channel()._create_client().ping()
