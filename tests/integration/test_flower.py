"""Flower works against a worker as it is: it lists it, counts its tasks, and harms nothing."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from importlib.metadata import metadata
from importlib.util import find_spec

import pytest

from schemas import Article
from schemas.names import STREAM_FAILURES

pytestmark = pytest.mark.redis

COMMAND = [sys.executable, "-m", "celery", "-A", "worker.service.main", "flower", "--address=127.0.0.1"]


@pytest.fixture
def start_flower(redis_url, tmp_path, free_port):
    """Start Flower as its image does, from the app of the workers; it needs no model."""
    if find_spec("flower") is None:
        pytest.skip("flower is not installed (pip install 'depesche[flower]')")
    started = []

    def start():
        environment = {key: value for key, value in os.environ.items() if not key.startswith("DEPESCHE_")}
        environment["DEPESCHE_REDIS_URL"] = redis_url
        with (tmp_path / "flower.log").open("wb") as log:
            started.append(
                subprocess.Popen(
                    [*COMMAND, f"--port={free_port}"],
                    env=environment,
                    stdout=log,
                    stderr=log,
                    cwd=tmp_path,
                )
            )

        def ask(path):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{free_port}{path}", timeout=5) as answer:
                    return answer.read().decode()
            except (urllib.error.URLError, OSError):
                return ""

        return ask

    yield start
    for process in started:
        process.kill()
        process.wait(90)


def test_flower_lists_the_worker_and_its_tasks(start_worker, start_flower, client, published, wait_until):
    ask = start_flower()
    start_worker().wait_ready()
    wait_until(lambda: "OK" in ask("/healthcheck"), what="Flower's start")
    count = iter(range(1, 200))

    def workers():
        client.submit(Article(id=f"a-{next(count)}", text="Anna traf Ben .", language="de"))
        return json.loads(ask("/workers?json=1") or "{}").get("data", [])

    (found,) = wait_until(lambda: [each for each in workers() if each.get("task-succeeded", 0) > 1], what="its tasks")
    assert found["hostname"] == "worker0@test"
    assert found["status"] is True
    assert found.get("task-failed", 0) == 0
    # Flower reads Celery's own messages through the guard of our queues: none of them is a broken entry.
    assert published(STREAM_FAILURES) == []


def test_licence_of_flower_is_free():
    assert "BSD" in metadata("flower")["License"]
