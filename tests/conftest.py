"""What every test shares."""

import itertools
import os
import time

import pytest
import redis
from hypothesis import HealthCheck, settings

from ledger import EmbeddedServer
from ledger.errors import ServerBinaryMissing

# Shared machines are slow at odd moments: time is no property here, and CI repeats exactly what it did before.
settings.register_profile("depesche", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
settings.register_profile("ci", parent=settings.get_profile("depesche"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "depesche")

_DATABASES = 64


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory):
    """Give the address of a real server: DEPESCHE_TEST_REDIS_URL (its databases are emptied), else our own."""
    given = os.environ.get("DEPESCHE_TEST_REDIS_URL")
    if given:
        yield given.rstrip("/").removesuffix("/0")
        return
    server = EmbeddedServer(tmp_path_factory.mktemp("redis"), arguments=["--databases", str(_DATABASES)])
    try:
        server.start()
    except ServerBinaryMissing as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    yield server.url.removesuffix("/0")
    server.stop()


_database = itertools.count(1)


@pytest.fixture
def redis_url(redis_server):
    """Give an empty database of its own to each test."""
    databases = 15 if os.environ.get("DEPESCHE_TEST_REDIS_URL") else _DATABASES - 1
    url = f"{redis_server}/{next(_database) % databases + 1}"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture(scope="session")
def wait_until():
    """Wait for a condition with a deadline; gives what it returned."""

    def wait(condition, timeout_s=90.0, what="the condition"):
        deadline = time.monotonic() + timeout_s
        while not (found := condition()):
            if time.monotonic() > deadline:
                pytest.fail(f"{what} did not come true within {timeout_s:g} s")
            time.sleep(0.03)
        return found

    return wait
