"""A worker serves what all of its processes measured, those that are gone included."""

import os
import socket
import urllib.request
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from schemas import Article
from worker.service.metrics import WORKER_METRICS

pytestmark = pytest.mark.redis


def article(number, **metadata):
    return Article(id=f"a-{number}", text="Anna traf Ben .", language="de", metadata=metadata or None)


@pytest.fixture
def measuring_worker(start_worker, free_port, tmp_path):
    """Start a worker that serves its metrics, with temporary files of its own."""

    def start(**variables):
        return start_worker(DEPESCHE_METRICS_PORT=str(free_port), TMPDIR=str(tmp_path), **variables).wait_ready()

    return start


@pytest.fixture
def scrape(free_port):
    """Give every series that the worker serves, and the families they belong to."""

    def read():
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/metrics", timeout=60) as answer:
            families = list(text_string_to_metric_families(answer.read().decode()))
        return {(s.name, *sorted(s.labels.values())): s.value for f in families for s in f.samples}, families

    return read


def test_counts_add_up_over_processes_and_their_replacements(measuring_worker, client, scrape, tmp_path, wait_until):
    """A process is replaced after each message here, and one is killed: nothing that was counted is lost."""
    options = {"DEPESCHE_MAX_MESSAGES_PER_CHILD": "1", "DEPESCHE_TRIM_EVERY_S": "0.2"}
    worker = measuring_worker(DEPESCHE_CONCURRENCY="2", **options)
    for number in range(6):
        client.submit(article(number))
        client.wait(f"a-{number}")
    client.submit(article(10, do="break"))
    client.wait("a-10")
    client.submit(article(11, do="die_once", marker=str(tmp_path / "died")))
    client.wait("a-11")
    client.submit(article(12, do="stumble"))
    client.wait("a-12")
    wait_until(lambda: scrape()[0]["depesche_worker_busy_processes",] == 0, what="the end of the last message")
    series, families = scrape()
    assert series["depesche_articles_total", "done"] == 7
    assert series["depesche_articles_total", "failed"] == 2
    assert series["depesche_retries_total", "redis_unreachable"] == 1
    assert series["depesche_failures_total", "defect", "extraction_failed"] == 1
    assert series["depesche_events_total", "asserted", "meeting"] == 7
    assert series["depesche_redeliveries_total",] >= 1
    assert series["depesche_stage_duration_seconds_count", "publish"] == 7
    assert series["depesche_extraction_duration_seconds_count", "de"] == 7
    assert series["depesche_extractor_info", "0", "1", "de", "none"] == 1
    assert {each.name for each in WORKER_METRICS} <= {_full_name(each) for each in families}
    folder = tmp_path / f"depesche-{os.getuid()}" / "metrics" / str(worker.process.pid)
    living = {str(pid) for pid in [worker.process.pid, *worker.children()]}
    wait_until(lambda: _processes(folder) <= {*living, *map(str, worker.children())}, what="files of the living alone")


def _full_name(family):
    return f"{family.name}_total" if family.type == "counter" else family.name


def _processes(folder: Path):
    return {each.stem.rpartition("_")[2] for each in folder.glob("*.db")} - {"gone"}


def test_next_worker_removes_what_a_killed_one_left(measuring_worker, tmp_path, scrape):
    measuring_worker().kill()
    second = measuring_worker()
    folders = Counter(each.name for each in (tmp_path / f"depesche-{os.getuid()}" / "metrics").iterdir())
    assert folders == {str(second.process.pid): 1}
    assert scrape()[0]["depesche_articles_total", "done"] == 0


def test_port_that_is_taken_stops_no_worker(start_worker, free_port):
    """Two workers with one setting on one machine: the second says so, and works."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        worker = start_worker(DEPESCHE_METRICS_PORT=str(free_port)).wait_ready()
        assert "metrics not served" in worker.text


def test_nothing_is_measured_unless_asked_for(start_worker, tmp_path):
    start_worker(TMPDIR=str(tmp_path)).wait_ready()
    assert not (tmp_path / f"depesche-{os.getuid()}" / "metrics").exists()
