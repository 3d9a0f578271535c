"""Redis goes away and comes back: the gateway says so, lives on, and goes on."""

import os
import signal

import pytest

from ledger import EmbeddedServer, LedgerSettings, RedisLedger

pytestmark = pytest.mark.redis

OPEN = {"DEPESCHE_GATEWAY_ACCESS": "open", "DEPESCHE_REDIS_TIMEOUT_S": "5", "DEPESCHE_REDIS_CONNECT_TIMEOUT_S": "5"}


class Mortal:
    """A server of the test's own, that is killed and started again at the same address."""

    def __init__(self, folder):
        self._folder = folder
        self._server = EmbeddedServer(folder, appendfsync="always")
        self.url = self._server.start()

    def kill(self):
        os.kill(self._server.pid, signal.SIGKILL)

    def start(self):
        port = int(self.url.split(":")[-1].split("/")[0])
        self._server = EmbeddedServer(self._folder, port=port)
        self._server.start()

    def stop(self):
        self._server.stop()


@pytest.fixture
def server(tmp_path):
    made = Mortal(tmp_path / "redis")
    yield made
    made.stop()


@pytest.fixture
def redis_url(server):
    return server.url


@pytest.fixture
def ledger(redis_url):
    ledger = RedisLedger.open(LedgerSettings(redis_url=redis_url))
    yield ledger
    ledger.close()


def test_gateway_outlives_its_redis(start_gateway, server, article, finish, wait_until):
    gateway = start_gateway(**OPEN)
    http = gateway.http
    assert http.post("/v1/articles", json=article(1)).status_code == 202
    finish(article(1)["id"], "e1")
    wait_until(lambda: http.get("/v1/events").json()["events"], what="the event in the index")

    server.kill()
    refused = http.post("/v1/articles", json=article(2))
    assert (refused.status_code, refused.json()["code"]) == (503, "redis_unreachable")
    assert int(refused.headers["retry-after"]) > 0
    assert http.get("/health/live").status_code == 200
    assert http.get("/health/ready").json()["checks"]["broker"] == "redis_unreachable"
    assert len(http.get("/v1/events").json()["events"]) == 1
    assert http.get("/v1/events/stream").status_code == 503

    server.start()
    wait_until(lambda: http.post("/v1/articles", json=article(2)).status_code == 202, what="the return")
    finish(article(2)["id"], "e2")
    wait_until(lambda: len(http.get("/v1/events").json()["events"]) == 2, what="the next event in the index")


def test_gateway_tells_of_a_redis_that_takes_no_write(start_gateway, article, ledger, wait_until):
    """As after a failover, when the old primary became a replica: to be tried again later."""
    http = start_gateway(**OPEN).http
    ledger.client.replicaof("127.0.0.1", 1)  # of nobody: it keeps its data and refuses to change it
    refused = http.post("/v1/articles", json=article(1))
    assert (refused.status_code, refused.json()["code"]) == (503, "redis_refused")
    assert int(refused.headers["retry-after"]) > 0
    assert http.get("/health/live").status_code == 200
    ledger.client.replicaof("NO", "ONE")
    wait_until(lambda: http.post("/v1/articles", json=article(1)).status_code == 202, what="the return")
