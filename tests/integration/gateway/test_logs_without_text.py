"""A word that stands in every text, query and token that comes in stands in no line of any log."""

import itertools
import json
from datetime import UTC, datetime

import pytest

from gateway.access.store import RedisTokens
from gateway.access.tokens import make_token
from schemas.names import KEY_FAILURE, KEY_PAYLOAD, QUEUE_LIVE, STREAM_ARTICLES

pytestmark = pytest.mark.redis

MARKER = "Zwetschgenkompott"
QUOTED = "whom no log may name"
"""What the stand-in's error says, as if it quoted the article."""
TRACED = {"DEPESCHE_TRACING": "true", "OTEL_TRACES_EXPORTER": "console", "OTEL_BSP_SCHEDULE_DELAY": "100"}


@pytest.fixture
def token(ledger):
    token, kept = make_token("newsroom", ["submit", "read"], now=datetime.now(UTC))
    RedisTokens(ledger.client).add(kept)
    return token


@pytest.fixture
def gateway(start_gateway, token):
    options = {"DEPESCHE_GATEWAY_LOG_LEVEL": "debug", "DEPESCHE_ARTICLE_TIMEOUT_S": "1", **TRACED}
    gateway = start_gateway(DEPESCHE_GATEWAY_ACCESS="tokens", **options)
    gateway.http.headers["authorization"] = f"Bearer {token}"
    return gateway


def article(name, **metadata):
    text = f"Anna traf {MARKER} ."
    return {"id": name, "title": MARKER, "text": text, "publisher": MARKER, "language": "de", "metadata": metadata}


def hand_in_over_http(http):
    """Good and bad, one and many, and questions with names in them."""
    for name, do in [("a-1", ""), ("a-2", "break"), ("a-3", "refuse"), ("a-4", "stumble"), ("a-5", "hang")]:
        assert http.post("/v1/articles", json=article(name, do=do)).status_code == 202
    assert http.post("/v1/articles", json=article("a-6", do="die")).status_code == 202
    json_type = {"content-type": "application/json"}
    assert http.post("/v1/articles", content=f'{{"text": "{MARKER}', headers=json_type).status_code == 400
    assert http.post("/v1/articles", json={"text": MARKER, MARKER: MARKER}).status_code == 422
    assert http.post("/v1/articles", content=MARKER.encode("utf-16"), headers=json_type).status_code == 400
    lines = f'{json.dumps(article("a-7"))}\n{{"text": "{MARKER}\n{MARKER}\n'
    assert http.post("/v1/articles", content=lines, headers={"content-type": "application/x-ndjson"}).status_code == 207
    assert http.get("/v1/events", params={"participant": MARKER}).status_code == 200
    assert http.get("/v1/events", params={"limit": MARKER, MARKER: 1}).status_code == 400
    assert http.get(f"/{MARKER}?q={MARKER}").status_code in {401, 404}
    assert http.get("/v1/events", headers={"authorization": f"Bearer {MARKER}"}).status_code == 401
    assert http.get("/v1/events", headers={"authorization": f"Basic {MARKER}", "cookie": MARKER}).status_code == 401


def hand_in_over_redis(client):
    """By the plain stream, and by what a stranger may do to the queue."""
    client.xadd(STREAM_ARTICLES, {"article": json.dumps(article("a-8"))})
    client.xadd(STREAM_ARTICLES, {"article": f'{{"text": "{MARKER}'})
    client.xadd(STREAM_ARTICLES, {MARKER: MARKER})
    client.lpush(QUEUE_LIVE, MARKER, json.dumps({"body": MARKER}))


def test_no_log_holds_a_word_of_what_came_in(gateway, start_worker, ledger, token, wait_until):
    assert gateway.http.post("/v1/articles", json=article("a-0")).status_code == 202
    ledger.client.set(f"{KEY_PAYLOAD}a-0", f'{{"text": "{MARKER}')
    hand_in_over_http(gateway.http)
    hand_in_over_redis(ledger.client)
    worker = start_worker(DEPESCHE_LOG_LEVEL="debug", CELERY_QUIET="1", **TRACED).wait_ready()
    names = [f"a-{number}" for number in range(9)]
    wait_until(lambda: all(ledger.status(name).status in {"done", "failed"} for name in names), what="the end of all")
    assert {ledger.status(name).status for name in names[2:7]} == {"failed"}
    wait_until(lambda: len(list(ledger.client.scan_iter(f"{KEY_FAILURE}*"))) >= 10, what="every failure")
    worker.terminate()
    worker.process.wait(90)
    gateway.stop()
    for log in (gateway.log.read_text(errors="replace"), worker.text):
        assert MARKER not in log
        assert QUOTED not in log
        assert token not in log
    lines = worker.text.splitlines()
    # Celery warns of root before anything is set up; `depesche worker` leaves that out.
    told = [json.loads(line) for line in itertools.dropwhile(lambda line: not line.startswith("{"), lines)]
    done = {line.get("article_id") for line in told if line.get("event") in {"article done", "article failed"}}
    assert set(names[1:]) <= done
    assert {line["error"] for line in told if line.get("event") == "extraction failed"} == {"KeyError"}
    assert any("signal 9" in line.get("event", "") for line in told)  # what the pool says of its processes
