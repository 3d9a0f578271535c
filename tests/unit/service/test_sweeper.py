"""The thread beside the workers, and the sign of life that it gives."""

import os
import re
import threading

import pytest
from structlog.testing import capture_logs

from ledger import RedisLedger
from ledger.errors import RedisUnreachable
from ledger.metrics import MemoryMeter
from ledger.record import Work
from schemas import Article, content_hash
from schemas.names import STREAM_EVENTS
from worker.service.health import check_health
from worker.service.heartbeat import beat
from worker.service.metrics import TRIMMED, UNREAD_TRIMMED
from worker.service.settings import WorkerSettings
from worker.service.sweeper import Sweeper

FAST = {
    "article_timeout_s": 0.1,
    "lease_margin_s": 0.2,
    "hang_grace_s": 0.1,
    "resend_after_s": 0.05,
    "sweep_every_s": 0.02,
    "trim_every_s": 0.02,
    "heartbeat_every_s": 0.02,
}


@pytest.fixture
def settings(redis_url, tmp_path):
    return WorkerSettings(redis_url=redis_url, heartbeat_file=tmp_path / "beat", **FAST)


@pytest.fixture
def ledger(settings):
    ledger = RedisLedger.open(settings)
    yield ledger
    ledger.close()


def accept(ledger, *names):
    articles = [Article(id=name, text="Ein Text.") for name in names]
    ledger.accept([Work(each.id, content_hash(each), each) for each in articles])


@pytest.mark.redis
def test_lost_articles_are_sent_again(ledger, settings):
    """Together in one message, and again as long as nobody takes them."""
    sent, seen_twice = [], threading.Event()

    def send(message):
        sent.append(message.article_ids)
        if len(sent) > 1:
            seen_twice.set()

    accept(ledger, "a", "b")
    sweeper = Sweeper(settings, ledger, send)
    sweeper.start()
    assert seen_twice.wait(90)
    sweeper.stop()
    assert set(sent[0]) == {"a", "b"}


@pytest.mark.redis
def test_thread_outlives_what_goes_wrong(ledger, settings):
    """A broker that is away, and a fault of ours, are logged; the next round is made all the same."""
    errors, done = [RedisUnreachable("away"), KeyError("bug")], threading.Event()

    def send(_message):
        if errors:
            raise errors.pop(0)
        done.set()

    accept(ledger, "a")
    sweeper = Sweeper(settings, ledger, send)
    sweeper.start()
    assert done.wait(90)
    sweeper.stop()


@pytest.mark.redis
def test_sign_of_life_is_there_while_it_lives(ledger, settings, wait_until):
    """In a file, and in Redis with a lifetime."""
    sweeper = Sweeper(settings, ledger, lambda _message: None, name="w1")
    assert check_health(settings)[0] is False
    sweeper.start()
    wait_until(lambda: check_health(settings)[0] and ledger.client.exists("depesche:worker:w1"))
    sweeper.stop()
    assert check_health(settings)[0] is False


@pytest.mark.redis
def test_slow_group_is_told_of_before_it_loses_anything(ledger, settings):
    """And again, counted, before the hard cap takes what it has not read; then as an error."""
    settings = settings.model_copy(update={"stream_max_entries": 10})
    meter = MemoryMeter()
    sweeper = Sweeper(settings, ledger, lambda _message: None, meter=meter)
    ledger.client.xgroup_create(STREAM_EVENTS, "slow", id="0", mkstream=True)
    for _ in range(8):
        ledger.client.xadd(STREAM_EVENTS, {"event": "{}"})
    with capture_logs() as told:
        sweeper.trim()
    assert [(each["log_level"], each["slowest_group"], each["fill"]) for each in told] == [("warning", "slow", 0.8)]
    for _ in range(4):
        ledger.client.xadd(STREAM_EVENTS, {"event": "{}"})
    with capture_logs() as told:
        sweeper.trim()
    warning, error = told
    assert (warning["log_level"], warning["group"], warning["entries"]) == ("warning", "slow", 2)
    assert (error["log_level"], error["removed"]) == ("error", 2)
    assert meter.values[UNREAD_TRIMMED, (STREAM_EVENTS, "slow")] == 2
    assert meter.values[TRIMMED, (STREAM_EVENTS, "cap")] == 2


def test_old_sign_of_life_is_none(tmp_path):
    """A worker that hangs is found by the age of its file."""
    settings = WorkerSettings(heartbeat_file=tmp_path / "deep" / "beat")
    beat(settings.heartbeat_file)
    is_well, found = check_health(settings)
    assert is_well
    assert re.fullmatch(r"alive: last sign of life \d+ s ago, expected every 5 s", found)
    os.utime(settings.heartbeat_file, (1, 1))
    is_well, found = check_health(settings)
    assert not is_well
    assert found.startswith("stuck or gone")
