"""The gateway as users run it: a process, real Redis, real connections."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from typer.testing import CliRunner

from cli.app import app
from gateway.health import is_live
from schemas.names import KEY_LEASES, STREAM_ARTICLES, STREAM_EVENTS

pytestmark = pytest.mark.redis

CLIENTS = Path(__file__).parent / "clients"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def events_of(gateway):
    """Ask the index for the ids of an article's events."""

    def ask(article_id, at=gateway):
        found = at.http.get("/v1/events", params={"article": article_id}).json()["events"]
        return [each["data"]["id"] for each in found]

    return ask


def waiting(ledger, prefix):
    return [each for each in ledger.client.zrange(KEY_LEASES, 0, -1) if each.startswith(prefix)]


def test_article_goes_in_and_its_events_come_out(gateway, article, finish, events_of, wait_until):
    made = article(1)
    assert gateway.http.post("/v1/articles", json=made).status_code == 202
    waiter = httpx.Client(base_url=gateway.base, timeout=90)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(waiter.post("/v1/articles?wait=20", json=made)))
    thread.start()
    finish(made["id"], "e1")
    thread.join(90)
    assert (answers[0].status_code, answers[0].json()["result"]["events"][0]["id"]) == (200, "e1")
    assert wait_until(lambda: events_of(made["id"]), what="the event in the index") == ["e1"]


@pytest.mark.parametrize("article_id", ["https://bote.example/a?b=c#d", "a%2Fb", "a//b", "ä ö", "a/../b", "😀/"])
def test_any_id_comes_through_a_real_server(gateway, article_id):
    location = gateway.http.post("/v1/articles", json={"id": article_id, "text": "x"}).headers["location"]
    assert location == f"/v1/articles/{quote(article_id, safe='')}"
    assert gateway.http.get(location).json()["id"] == article_id


def test_plain_stream_is_taken_over(gateway, ledger, article, wait_until):
    made = article(1)
    ledger.client.xadd(STREAM_ARTICLES, {"article": json.dumps(made)})
    wait_until(
        lambda: gateway.http.get(f"/v1/articles/{made['id']}").status_code == 200, what="the article in the queue"
    )
    entry = ledger.client.xadd(STREAM_ARTICLES, {"article": "{"})
    found = wait_until(lambda: gateway.http.get("/v1/failures").json()["failures"], what="the failure")
    assert entry in found[0]["failure_id"]


def test_index_goes_on_where_it_stopped(start_gateway, article, finish, events_of, wait_until):
    one, other = article(1), article(2)
    open_to_all = {"DEPESCHE_GATEWAY_ACCESS": "open"}
    first = start_gateway(**open_to_all)
    first.http.post("/v1/articles", json=one)
    finish(one["id"], "i1")
    wait_until(lambda: events_of(one["id"], first), what="the event in the index")
    assert first.stop() == 0
    second = start_gateway(**open_to_all)
    assert events_of(one["id"], second) == ["i1"]
    second.http.post("/v1/articles", json=other)
    finish(other["id"], "i2")
    wait_until(lambda: events_of(other["id"], second), what="the next event in the index")
    assert second.http.delete(f"/v1/articles/{one['id']}").status_code == 204
    wait_until(lambda: not events_of(one["id"], second), what="the retraction in the index")


def test_ready_sees_a_worker(gateway, ledger, wait_until):
    ledger.client.set("depesche:worker:test", "1", ex=60)
    wait_until(lambda: gateway.http.get("/health/ready").status_code == 200, what="readiness")


def test_health_of_the_container_is_that_of_the_process(gateway):
    assert is_live(gateway.port)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert not is_live(unused.getsockname()[1])


def token(url, *command):
    done = CliRunner().invoke(app, ["token", *command, "--redis-url", url])
    return done.exit_code, done.stdout.strip()


def test_tokens_are_made_and_revoked_on_the_command_line(start_gateway, redis_url, article, wait_until):
    gateway = start_gateway(DEPESCHE_GATEWAY_ACCESS="tokens")
    assert gateway.http.get("/v1/events").status_code == 401
    status, made = token(redis_url, "create", "desk", "--scope", "read")
    assert status == 0
    assert token(redis_url, "create", "desk", "--scope", "read")[0] == 33
    headers = {"authorization": f"Bearer {made}"}
    wait_until(lambda: gateway.http.get("/v1/events", headers=headers).status_code == 200, what="the new token")
    assert gateway.http.post("/v1/articles", json=article(1), headers=headers).status_code == 403
    assert json.loads(token(redis_url, "list")[1])["name"] == "desk"
    assert token(redis_url, "revoke", "desk")[0] == 0
    assert token(redis_url, "revoke", "desk")[0] == 23
    wait_until(lambda: gateway.http.get("/v1/events", headers=headers).status_code == 401, what="the end of the token")
    assert made not in gateway.log.read_text()


def test_large_batch_takes_little_memory(gateway, ledger, article):
    """5,000 articles of 2,000 characters: never held whole, each taken once."""
    filler = "Nora Feldt traf Luca Arnaud. " * 70
    gateway.http.post("/v1/articles", json=article("first"))
    before = gateway.memory_mib()

    def lines():
        for number in range(5_000):
            yield json.dumps(article(number, text=f"{number} {filler}")).encode() + b"\n"

    response = gateway.http.post(
        "/v1/articles?queue=backfill", content=lines(), headers={"content-type": "application/x-ndjson"}
    )
    rows = [json.loads(line) for line in response.content.splitlines()]
    assert (response.status_code, len(rows), len({row["id"] for row in rows})) == (202, 5_000, 5_000)
    assert len(waiting(ledger, article("")["id"])) == 5_001
    assert gateway.memory_mib() - before < 50


def test_batch_that_breaks_off_leaves_what_was_read(gateway, ledger, article, wait_until):
    with socket.create_connection(("127.0.0.1", gateway.port)) as connection:
        body = b"".join(json.dumps(article(number)).encode() + b"\n" for number in range(300))
        connection.sendall(
            b"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
            b"Content-Length: 1000000\r\n\r\n" + body
        )
        wait_until(lambda: len(waiting(ledger, article("")["id"])) >= 256, what="the first articles")
    assert gateway.http.get(f"/v1/articles/{article(0)['id']}").json()["status"] == "queued"
    assert gateway.http.get("/health/live").status_code == 200


def read_stream(gateway, ids, **headers):
    """Read the places of the events with these ids."""
    found = {}
    place = ""
    with gateway.http.stream("GET", "/v1/events/stream?after=0", headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        for line in response.iter_lines():
            if line.startswith("id: "):
                place = line[4:]
            elif line.startswith("data: "):
                found[json.loads(line[6:])["data"].get("id")] = place
            if ids <= set(found):
                return found
    return found


def test_stream_goes_on_by_last_event_id(gateway, article, finish):
    gateway.http.post("/v1/articles", json=article(1))
    finish(article(1)["id"], "s1", "s2", "s3")
    places = read_stream(gateway, {"s1", "s2", "s3"})
    again = read_stream(gateway, {"s3"}, **{"last-event-id": places["s1"]})
    assert again == {"s2": places["s2"], "s3": places["s3"]}


def test_slow_reader_is_dropped_and_costs_nothing(start_gateway, ledger, wait_until):
    gateway = start_gateway(DEPESCHE_GATEWAY_STREAM_PATIENCE_S="0.3", DEPESCHE_GATEWAY_ACCESS="open")
    last = (
        ledger.client.xinfo_stream(STREAM_EVENTS)["last-generated-id"] if ledger.client.exists(STREAM_EVENTS) else "0"
    )
    pipe = ledger.client.pipeline(transaction=False)
    for _ in range(3_000):
        pipe.xadd(STREAM_EVENTS, {"id": "x", "type": "depesche.event.v1", "event": json.dumps({"text": "x" * 10_000})})
    pipe.execute()
    before = gateway.memory_mib()
    with socket.create_connection(("127.0.0.1", gateway.port)) as connection:
        connection.sendall(f"GET /v1/events/stream?after={last} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        wait_until(lambda: "slow reader dropped" in gateway.log.read_text(), what="the drop")
    ledger.client.delete(STREAM_EVENTS)
    assert gateway.memory_mib() - before < 30


def test_it_stops_though_a_stream_is_open(start_gateway):
    gateway = start_gateway(DEPESCHE_GATEWAY_ACCESS="open")
    other = httpx.Client(base_url=gateway.base, timeout=90)
    with other.stream("GET", "/v1/events/stream?after=0") as response:
        next(response.iter_lines())
        began = time.monotonic()
        gateway.stop()
        assert time.monotonic() - began < 15


@pytest.mark.parametrize("variables", [{"DEPESCHE_GATEWAY_PORT": "x"}, {"DEPESCHE_GATEWAY_ACCESS": "closed"}])
def test_bad_setting_is_one_sentence(redis_url, variables):
    done = subprocess.run(
        [sys.executable, "-P", "-m", "cli", "gateway", "--redis-url", redis_url],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **variables},
    )
    assert done.returncode == 24
    assert next(iter(variables)) in done.stderr
    assert "Traceback" not in done.stderr


def test_evicting_redis_is_refused(redis_url, ledger):
    ledger.client.config_set("maxmemory-policy", "allkeys-lru")
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "cli", "gateway", "--redis-url", redis_url],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            timeout=90,
        )
    finally:
        ledger.client.config_set("maxmemory-policy", "noeviction")
    assert done.returncode == 25
    assert "noeviction" in done.stderr


def test_watch_prints_events_as_lines(redis_url, ledger, gateway, article, finish):
    ledger.client.delete(STREAM_EVENTS)
    gateway.http.post("/v1/articles", json=article(1))
    finish(article(1)["id"], "e1", "e2")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "cli", "watch", "--oldest", "--limit", "2", "--redis-url", redis_url],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=90,
    )
    assert [json.loads(line)["data"]["id"] for line in done.stdout.splitlines()] == ["e1", "e2"]
    table = subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "cli",
            "watch",
            "--oldest",
            "--limit",
            "2",
            "--format",
            "table",
            "--redis-url",
            redis_url,
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=90,
    )
    assert "Nora Feldt" in table.stdout


@pytest.fixture
def node():
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed")
    return found


@pytest.fixture
def run_client(node):
    """Run a Node script; it is ended with the test, whatever happens."""
    running = []

    def start(name, *arguments):
        running.append(subprocess.Popen([node, CLIENTS / name, *arguments], stdout=subprocess.PIPE, text=True))
        return running[-1]

    yield start
    for each in running:
        each.kill()
        each.wait()
        each.stdout.close()


def test_other_language_submits_and_reads(run_client, gateway, finish, ledger):
    """A Node script without any code of Depesche: 100 articles over HTTP, their events by SSE."""
    ledger.client.delete(STREAM_EVENTS)
    client = run_client("http.mjs", gateway.base, "100")
    assert client.stdout.readline().strip() == "submitted 100"
    for each in waiting(ledger, "node-"):
        finish(each, f"event-of-{each}")
    events = [client.stdout.readline().strip() for _ in range(100)]
    assert client.wait(90) == 0
    assert sorted(events) == sorted(f"event-of-node-{number}" for number in range(100))


@pytest.mark.usefixtures("gateway")
def test_other_language_uses_redis_alone(run_client, finish, ledger, redis_url, wait_until):
    """A Node script that speaks to Redis only: XADD in, XREADGROUP out; the gateway takes over between."""
    ledger.client.delete(STREAM_EVENTS)
    client = run_client("redis.mjs", redis_url, "100")
    assert client.stdout.readline().strip() == "submitted 100"
    wait_until(lambda: len(waiting(ledger, "noderedis-")) == 100, what="the intake")
    for each in waiting(ledger, "noderedis-"):
        finish(each, f"event-of-{each}")
    events = [client.stdout.readline().strip() for _ in range(100)]
    assert client.wait(90) == 0
    assert sorted(events) == sorted(f"event-of-noderedis-{number}" for number in range(100))
    assert ledger.client.xpending(STREAM_EVENTS, "node")["pending"] == 0


def test_metrics_are_served_on_a_port_of_their_own(start_gateway, free_port, wait_until):
    """For Prometheus inside a network; the gateway's own port keeps asking for a token."""
    gateway = start_gateway(DEPESCHE_GATEWAY_ACCESS="tokens", DEPESCHE_METRICS_PORT=str(free_port))
    assert gateway.http.get("/metrics").status_code == 401
    counted = 'depesche_http_requests_total{method="GET",route="/metrics",status="401"} 1.0'

    def read():
        return gateway.http.get(f"http://127.0.0.1:{free_port}/metrics").text

    wait_until(lambda: counted in read(), what="the count of a request, made when it is over")
    assert "\ndepesche_redis_up 1.0\n" in read()
