"""Redis comes back empty under running workers, gateway and readers: what is handed in from then on goes through."""

import os
import shutil
import signal

import pytest
import redis

from benchmarks.soak.tally import Tally
from ledger.server_state import answers, read_state
from producer.intake import Intake
from schemas import Article, Result
from schemas.names import KEY_ARTICLE, QUEUE_LIVE, STREAM_ARTICLES

pytestmark = [pytest.mark.redis, pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture
def intake(settings):
    intake = Intake.open(settings)
    yield intake
    intake.close()


@pytest.fixture
def hand_in(intake, server, wait_until):
    """Put an article on the plain stream, and have the intake take it."""

    def run(name):
        with redis.Redis.from_url(server.url) as submitter:
            submitter.xadd(STREAM_ARTICLES, {"article": article(name).model_dump_json()})
        wait_until(lambda: intake.take() == 1, 120, "the intake to take it")

    return run


@pytest.fixture
def lose_data(server, wait_until):
    """End the server, remove what it wrote down, and start it again at the same address."""

    def run():
        os.kill(server.pid, signal.SIGKILL)
        wait_until(lambda: not answers(read_state(server.data_dir).port), what="its end")
        for each in server.data_dir.glob("append*"):
            shutil.rmtree(each)
        server.start(timeout_s=120)
        with redis.Redis.from_url(server.url) as client:
            assert not list(client.scan_iter(f"{KEY_ARTICLE}*")), "it came back with data"

    return run


def article(name):
    return Article(id=name, text="Anna traf Ben .")


def test_what_comes_afterwards_goes_through(start, flood, client, lose_data, wait_until):
    """The workers are the same ones; all that Celery and the ledger need is made again."""
    workers = [start().wait_ready(), start().wait_ready()]
    flood.submit()
    flood.wait_for_ends(100)
    lose_data()
    assert client.status("a-499").status == "unknown"
    names = [client.submit(article(f"new-{number}")).article_id for number in range(60)]
    assert all(isinstance(client.wait(each, timeout_s=300), Result) for each in names)
    assert [worker.process.poll() for worker in workers] == [None, None]
    # What waited for long was sent again; such a message is taken, too, though it finds the work done.
    wait_until(lambda: flood.tally.client.llen(QUEUE_LIVE) == 0, what="an empty queue")


def test_groups_of_streams_are_made_again(start, lose_data, reader, hand_in, wait_until):
    """That of the intake, and that of a reader who waits for events all the while."""
    start().wait_ready()
    hand_in("first")
    wait_until(lambda: len(reader.seen) == 1, 120, "the first event at the reader")
    lose_data()
    hand_in("second")
    wait_until(lambda: len(reader.seen) == 2, 300, "the second event at the reader")
    assert reader.seen[0] != reader.seen[1]


def test_what_was_lost_can_be_handed_in_again(start, flood, lose_data):
    """Whoever keeps their articles submits them once more; nothing remembers them, so all are worked on."""
    start().wait_ready()
    flood.submit(seconds=0.01)
    flood.wait_for_ends(50)
    lose_data()
    flood.tally = Tally(flood.tally.client)
    flood.submit(seconds=0.01)
    flood.wait_for_ends()
    flood.expect_each_once()
