"""Articles through a real Redis and real worker processes: each ends in exactly one result or one failure."""

import json
import signal
from collections import Counter
from pathlib import Path

import pytest

from ledger import EmbeddedServer
from ledger.message import Message
from producer import CeleryQueue
from schemas import Article, Failure, Result
from schemas.names import QUEUE_LIVE, STREAM_EVENTS, STREAM_FAILURES, STREAM_RESULTS, TASK_EXTRACT
from worker.service.ending import STATUS

pytestmark = pytest.mark.redis


FULL_ENTRY = {
    "body": "!",
    "content-type": "application/json",
    "content-encoding": "utf-8",
    "headers": {"task": TASK_EXTRACT, "id": "x"},
    "properties": {
        "delivery_tag": "t",
        "delivery_info": {"exchange": "", "routing_key": QUEUE_LIVE},
        "body_encoding": "base64",
    },
}
"""As Celery writes it, but for a body that is no base64."""


def article(number, text="Anna traf Ben .", **metadata):
    return Article(id=f"a-{number}", text=text, language="de", metadata=metadata or None)


def test_two_workers_finish_every_article_once(start_worker, client, published):
    """Results and events are published once each, in whatever message their articles travelled."""
    for worker in [start_worker(), start_worker()]:
        worker.wait_ready()
    submitted = list(client.submit_many(article(n) for n in range(200)))
    results = [client.wait(each.article_id, timeout_s=90) for each in submitted]
    assert all(isinstance(result, Result) for result in results)
    assert [result.article_id for result in results] == [f"a-{n}" for n in range(200)]
    assert Counter(data["article_id"] for _, data in published(STREAM_RESULTS)) == Counter(f"a-{n}" for n in range(200))
    assert len({data["id"] for _, data in published(STREAM_EVENTS)}) == len(published(STREAM_EVENTS)) == 200
    assert published(STREAM_FAILURES) == []


def test_message_delivered_three_times_is_published_once(start_worker, client, published, redis_url, settings):
    """A duplicate finds the work done, or somebody at it, and costs no attempt."""
    client.submit(article(1, do="sleep", seconds=0.5))
    queue = CeleryQueue(redis_url, settings)
    for _ in range(3):
        queue.send(Message("live", ("a-1",), 5))
    for worker in [start_worker(), start_worker()]:
        worker.wait_ready()
    assert isinstance(client.wait("a-1"), Result)
    client.submit(article(2))
    client.wait("a-2")  # whatever was before it in the list has been taken
    assert Counter(data["article_id"] for _, data in published(STREAM_RESULTS)) == {"a-1": 1, "a-2": 1}
    queue.close()


def test_killed_child_costs_an_attempt_and_no_article(start_worker, client, tmp_path, published):
    """What a killed process was at is done by another one; its companions in the message too."""
    start_worker().wait_ready()
    marker = str(tmp_path / "died")
    works = [article(1), article(2, do="die_once", marker=marker), article(3)]
    list(client.submit_many(works))
    assert [client.wait(f"a-{n}").events[0].type for n in (1, 2, 3)] == ["meeting"] * 3
    assert Counter(data["article_id"] for _, data in published(STREAM_RESULTS)) == {"a-1": 1, "a-2": 1, "a-3": 1}


def test_killed_worker_leaves_its_articles_to_the_others(start_worker, client, wait_until):
    """kill -9 of a whole worker: another one's sweeper sends again what it had."""
    # It sleeps half of its time limit, and on a busy machine may need more than one attempt behind the lost one.
    doomed = start_worker(DEPESCHE_MAX_ATTEMPTS="4").wait_ready()
    client.submit(article(1, do="sleep", seconds=1))
    client.submit(article(2))
    wait_until(lambda: client.status("a-1").status == "running")
    doomed.kill()
    start_worker(DEPESCHE_MAX_ATTEMPTS="4").wait_ready()
    assert isinstance(client.wait("a-1"), Result)
    assert isinstance(client.wait("a-2"), Result)


@pytest.mark.parametrize(
    ("do", "code_and_attempts"),
    {
        "die": ("attempts_exhausted", 2),
        "hang": ("time_limit_exceeded", 2),
        "hang_deaf": ("attempts_exhausted", 2),
        "hoard": ("memory_limit_exceeded", 2),
        "stumble": ("redis_unreachable", 2),
        "refuse": ("language_unsupported", 1),
        "break": ("extraction_failed", 1),
    }.items(),
)
def test_bad_article_fails_once_with_its_cause(start_worker, client, published, do, code_and_attempts):
    """It is tried a bounded number of times, set aside with its cause, and leaves its companions alone."""
    worker = start_worker().wait_ready()
    bad = article(2, do=do)
    list(client.submit_many([article(1), bad, article(3)]))
    failure = client.wait("a-2", timeout_s=90)
    assert isinstance(failure, Failure)
    assert (failure.code, failure.attempts) == code_and_attempts
    assert failure.article == bad
    assert "Anna" not in failure.message + worker.text
    assert [type(client.wait(f"a-{n}")) for n in (1, 3)] == [Result, Result]
    assert [(data["article_id"], data["code"], data["article"]) for _, data in published(STREAM_FAILURES)] == [
        ("a-2", failure.code, None)
    ]
    assert [each.failure_id for each in client.failures()] == ["a-2"]
    assert client.submit(bad).status == "failed"


def test_other_content_is_the_next_revision(start_worker, client, published):
    """The earlier events are retracted before the new ones are announced; the result is replaced."""
    start_worker().wait_ready()
    client.submit(article(1))
    first = client.wait("a-1")
    assert client.submit(article(1)).is_new is False
    assert client.submit(article(1, text="Gestern traf Anna Ben .")).revision == 2
    second = client.wait("a-1")
    assert (first.revision, second.revision) == (1, 2)
    assert [(kind, data.get("id") or data["event_id"]) for kind, data in published(STREAM_EVENTS)] == [
        ("depesche.event.v1", first.events[0].id),
        ("depesche.event.retracted.v1", first.events[0].id),
        ("depesche.event.v1", second.events[0].id),
    ]
    retraction = published(STREAM_EVENTS)[1][1]
    assert (retraction["article_id"], retraction["revision"], retraction["replaced_by"]) == ("a-1", 1, 2)


def test_accepted_but_never_sent_article_is_swept(start_worker, client, ledger):
    """A producer that dies between accepting and sending loses nothing."""
    sent = []
    lazy = type(client)(settings=client._settings, ledger=ledger, queue=type("Dead", (), {"send": sent.append})())
    lazy.submit(article(1))
    assert ledger.client.llen(QUEUE_LIVE) == 0
    assert len(sent) == 1
    start_worker().wait_ready()
    assert isinstance(client.wait("a-1"), Result)


@pytest.mark.parametrize(
    "entry",
    [
        b"\xff\x00 no json",
        b"[]",
        b'{"body": "W10=", "headers": {}}',
        json.dumps(FULL_ENTRY).encode(),
    ],
    ids=["bytes", "array", "no-task", "broken-body"],
)
def test_strangers_entry_on_the_queue_stops_nobody(start_worker, client, ledger, entry):
    """It is set aside among the failures, and the workers go on."""
    ledger.client.lpush(QUEUE_LIVE, entry)
    worker = start_worker().wait_ready()
    client.submit(article(1))
    assert isinstance(client.wait("a-1"), Result)
    assert [(each.failure.code, each.failure.article_id) for each in client.failures()] == [("json_invalid", None)]
    assert worker.process.poll() is None


def test_sigterm_finishes_what_runs_and_hands_back_the_rest(start_worker, client, published, wait_until):
    """The worker ends within its patience; what it had not begun is done by the next one."""
    worker = start_worker(DEPESCHE_STOP_PATIENCE_S="30").wait_ready()
    client.submit(article(1, do="sleep", seconds=1))
    list(client.submit_many(article(n) for n in range(2, 40)))
    wait_until(lambda: client.status("a-1").status == "running")
    worker.terminate()
    worker.process.wait(90)
    assert client.status("a-1").status == "done"
    start_worker().wait_ready()
    assert all(isinstance(client.wait(f"a-{n}"), Result) for n in range(1, 40))
    assert len(published(STREAM_RESULTS)) == 39


def test_worker_refuses_a_redis_that_evicts(start_worker, tmp_path):
    """It ends with the sentence that mends it, before it takes any article."""
    with EmbeddedServer(tmp_path / "evicting", arguments=["--maxmemory-policy", "allkeys-lru"]) as server:
        worker = start_worker(url=server.url)
        assert worker.process.wait(90) == 25
    assert "redis_unfit" in worker.text
    assert "maxmemory-policy noeviction" in worker.text


def test_all_keys_carry_the_prefix(start_worker, client, ledger):
    """An account limited to depesche:* is enough, and nothing of others is touched."""
    start_worker().wait_ready()
    client.submit(article(1))
    client.wait("a-1")
    assert [key for key in ledger.client.keys("*") if not key.startswith("depesche:")] == []


def test_worker_gives_signs_of_life(start_worker, ledger, wait_until):
    """A file for this machine, a key with a lifetime for the others; a thread gives them, which has only begun."""
    worker = start_worker().wait_ready()
    wait_until(worker.heartbeat.exists, what="the file")
    wait_until(lambda: ledger.client.pttl("depesche:worker:worker0@test") > 0, what="the key")
    worker.process.send_signal(signal.SIGTERM)
    worker.process.wait(90)
    assert not worker.heartbeat.exists()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="finds the pipe to the parent by /proc")
def test_worker_that_cannot_go_on_ends(start_worker, client, tmp_path, wait_until):
    """It does not stay as one that gives signs of life and takes no article; another one does its work."""
    broken = start_worker(DEPESCHE_STOP_PATIENCE_S="1", DEPESCHE_ARTICLE_TIMEOUT_S="60").wait_ready()
    client.submit(article(1, do="garble", seconds=60, marker=str(tmp_path / "garbled")))
    wait_until(lambda: broken.process.poll() is not None, what="the end of the worker")
    assert broken.process.returncode == STATUS
    assert "Unrecoverable error" in broken.text
    assert broken.children() == []
    start_worker().wait_ready()
    assert isinstance(client.wait("a-1", timeout_s=90), Result)
