"""Readers of a group, on a real server: nothing missed, nothing twice but what was not acknowledged."""

import itertools
import os
import signal
import subprocess
import sys

import pytest
from cloudevents.v1.http import from_json

from consumer import Consumer, Reading, Tail, pump
from consumer.sinks.jsonl import JsonlSink
from schemas.names import STREAM_EVENTS

pytestmark = pytest.mark.redis

BRIEF = Reading(stop_when_idle_s=0.05)
AT_ONCE = Reading(stop_when_idle_s=0.05, claim_after_s=0.001)


@pytest.fixture
def reader(settings):
    """Open readers that end when nothing comes."""
    opened = []

    def open_reader(group="archive", **options):
        opened.append(Consumer(settings=settings, group=group, **{"reading": BRIEF, **options}))
        return opened[-1]

    yield open_reader
    for each in opened:
        each.close()


def read_all(consumer):
    found = []
    for received in consumer:
        found.append(received.id)
        received.ack()
    return found


def test_events_and_retractions_come_in_order(publish, reader):
    (first,) = publish("a-1", text="Sie trafen sich.")
    (second,) = publish("a-1", text="Sie trafen sich nicht.")
    kinds = []
    for received in reader():
        assert received.article_id == "a-1"
        kinds.append(("retracted", received.retraction.event_id) if received.is_retraction else received.event.id)
        received.ack()
    assert kinds == [first, ("retracted", first), second]


def test_results_without_events_travel_too(publish, reader):
    publish("a-1", events=0)
    (received,) = list(reader(stream="results"))
    assert received.result.events == ()


def test_readers_of_a_group_share_the_messages(publish, reader):
    publish("a-1", events=20)
    one, other = reader(reading=Reading(batch=5, stop_when_idle_s=0.05)), reader(name="other")
    first = [received.id for received in itertools.islice(one, 5)]
    assert len(first) == 5
    assert len(read_all(other)) == 15


def test_groups_are_independent(publish, reader):
    publish("a-1", events=3)
    assert len(read_all(reader(group="archive"))) == len(read_all(reader(group="alerts"))) == 3


def test_new_group_may_begin_with_what_comes_next(publish, reader):
    publish("a-1")
    consumer = reader(start="newest")
    assert read_all(consumer) == []
    (event,) = publish("a-2")
    assert [each.split(":")[0] for each in read_all(reader(start="newest"))] == [event]


def test_what_was_not_acknowledged_comes_back_to_the_same_name_at_once(publish, reader):
    publish("a-1", events=40)
    given = [received.id for received in reader(name="one")]
    again = reader(name="one")
    received = next(iter(again))
    assert (received.id, received.deliveries) == (given[0], 2)
    assert sorted(read_all(reader(name="one"))) == sorted(given)


def test_what_a_dead_reader_left_is_taken_over(publish, reader):
    publish("a-1", events=3)
    left = [received.id for received in reader(name="dead")]
    heir = reader(name="heir", reading=AT_ONCE)
    found = list(heir)
    assert sorted(each.id for each in found) == sorted(left)
    assert {each.deliveries for each in found} == {2}


def test_own_messages_at_hand_are_not_given_out_again(publish, reader):
    """A sink collects for a while before it acknowledges."""
    publish("a-1", events=3)
    consumer = reader(name="slow", reading=AT_ONCE)
    assert len(list(consumer)) == 3
    assert list(consumer) == []


def test_entry_of_a_stranger_is_left_out(publish, reader, ledger):
    ledger.client.xadd(STREAM_EVENTS, {"event": "no JSON"})
    publish("a-1")
    consumer = reader()
    assert len(read_all(consumer)) == 1
    assert ledger.client.xpending(STREAM_EVENTS, "archive")["pending"] == 0


def test_trimmed_entries_are_passed_over(publish, reader, ledger):
    publish("a-1", events=2)
    list(reader(name="one"))
    ledger.client.xtrim(STREAM_EVENTS, maxlen=0, approximate=False)
    assert list(reader(name="one")) == []
    assert ledger.client.xpending(STREAM_EVENTS, "archive")["pending"] == 0


def test_group_is_made_again_when_redis_lost_its_data(publish, reader, ledger):
    consumer = reader()
    assert read_all(consumer) == []
    ledger.client.flushdb()
    publish("a-1")
    assert len(read_all(consumer)) == 1


READER = """
import sys
from consumer import Consumer
for number, received in enumerate(Consumer(sys.argv[1], group="archive")):
    print(received.id, flush=True)
    if number < 5:
        received.ack()
"""


def test_killed_reader_loses_nothing(publish, reader, settings):
    """Duplicates are only those that were not acknowledged, and their ids tell."""
    publish("a-1", events=12)
    with subprocess.Popen([sys.executable, "-c", READER, settings.redis_url], stdout=subprocess.PIPE, text=True) as one:
        before = [one.stdout.readline().strip() for _ in range(8)]
        os.kill(one.pid, signal.SIGKILL)
    after = read_all(reader(name="next", reading=AT_ONCE))
    assert len(set(before) | set(after)) == 12
    assert set(before) & set(after) == set(before[5:])


def test_sink_gets_everything_once(publish, reader, tmp_path):
    publish("a-1", events=50)
    path = tmp_path / "events.jsonl"
    pump(reader(), JsonlSink(path))
    pump(reader(), JsonlSink(path))
    assert len(path.read_text(encoding="utf-8").splitlines()) == 50


def test_tail_sees_everything_without_a_group(publish, ledger):
    publish("a-1")
    tail = Tail(ledger.client, STREAM_EVENTS)
    assert list(tail.read()) == []
    (event,) = publish("a-2")
    (received,) = tail.read(block_s=0.1)
    assert received.event.id == event
    assert tail.position == received.entry_id
    assert len(Tail(ledger.client, STREAM_EVENTS, after="0").read()) == 2


def test_messages_are_cloudevents_by_the_official_library(publish, ledger):
    (event,) = publish("a-1")
    ((_, fields),) = ledger.client.xrange(STREAM_EVENTS)
    message = from_json(fields["event"])
    assert (message["id"], message["type"], message["subject"]) == (fields["id"], fields["type"], "a-1")
    assert message.data["id"] == event
