"""The sender with its waiting list on a real server: nothing is lost, the order of each article stays."""

import json

import httpx
import pytest

from consumer import Consumer, Reading, pump
from consumer.webhook.sender import WebhookSender
from consumer.webhook.transport import Endpoint
from consumer.webhook.waiting import Waiting
from schemas.names import KEY_WEBHOOK

pytestmark = pytest.mark.redis


class Receiver:
    """An endpoint that takes what it is told to take."""

    def __init__(self):
        self.got = []
        self.status = lambda _article: 200

    def __call__(self, request):
        message = json.loads(request.content)
        status = self.status(message["subject"])
        if status == 200:
            self.got.append((message["subject"], message["type"], request.headers["webhook-id"]))
        return httpx.Response(status)

    @property
    def subjects(self):
        return [subject for subject, _, _ in self.got]


@pytest.fixture
def receiver():
    return Receiver()


@pytest.fixture
def waiting(ledger):
    return Waiting(ledger.client, "test")


@pytest.fixture
def sender(receiver, waiting):
    """Make a sender; its waits are of no length unless a test says so."""

    def make(*retries_s, url="https://hooks.example/"):
        endpoint = Endpoint(
            url,
            b"k" * 24,
            resolve=lambda host, _port: ["10.0.0.1" if host == "inside.example" else "93.184.215.14"],
            transport=httpx.MockTransport(receiver),
        )
        return WebhookSender(endpoint, waiting, retries_s=retries_s, jitter=lambda: 1.0)

    return make


@pytest.fixture
def run(settings):
    """Send what the stream holds and has not sent."""

    def pump_once(sender):
        with Consumer(settings=settings, group="webhook-test", reading=Reading(stop_when_idle_s=0.02)) as consumer:
            pump(consumer, sender)

    return pump_once


def keys(waiting):
    return {key for key in waiting.client.scan_iter(f"{KEY_WEBHOOK}*") if not key.endswith(":failed")}


def test_messages_are_sent_once(publish, sender, run, receiver, waiting):
    publish("a-1", events=2)
    run(sender())
    run(sender())
    assert receiver.subjects == ["a-1", "a-1"]
    assert len({identity for _, _, identity in receiver.got}) == 2
    assert keys(waiting) == set()


def test_what_was_not_taken_is_sent_later_and_the_others_go_on(publish, sender, run, receiver, waiting):
    receiver.status = lambda article: 500 if article == "a-1" else 200
    publish("a-1")
    publish("a-2")
    run(sender(3_600))
    assert receiver.subjects == ["a-2"]
    receiver.status = lambda _article: 200
    waiting.client.zadd(f"{KEY_WEBHOOK}test:due", {"a-1": 0})
    run(sender(3_600))
    assert receiver.subjects == ["a-2", "a-1"]
    assert keys(waiting) == set()


def test_order_of_an_article_stays(publish, sender, run, receiver, waiting):
    """An event that arrived after its own retraction would live for ever at the receiver."""
    receiver.status = lambda _article: 503
    publish("a-1", text="Sie trafen sich.")
    run(sender(3_600))
    receiver.status = lambda _article: 200
    publish("a-1", text="Sie trafen sich nicht.")
    run(sender(3_600))
    assert receiver.got == []
    waiting.client.zadd(f"{KEY_WEBHOOK}test:due", {"a-1": 0})
    sender(3_600).retry_due()
    kinds = [kind.removeprefix("depesche.event.") for _, kind, _ in receiver.got]
    assert kinds == ["v1", "retracted.v1", "v1"]


def test_message_is_given_up_after_its_last_try(publish, sender, run, receiver, waiting):
    receiver.status = lambda _article: 500
    publish("a-1")
    run(sender(0.001, 0.001))
    while waiting.first("a-1") is not None:
        sender(0.001, 0.001).retry_due()
    ((_, given_up),) = waiting.client.xrange(waiting.failed_key)
    assert (given_up["tries"], given_up["fault"]) == ("3", "expected a status of success, found 500")
    assert json.loads(given_up["event"])["subject"] == "a-1"
    assert keys(waiting) == set()


@pytest.mark.parametrize(
    ("url", "status"),
    [
        pytest.param("https://hooks.example/", 410, id="endpoint wants no more"),
        pytest.param("https://inside.example/", 200, id="name leads inside by now"),
    ],
)
def test_what_cannot_help_is_not_tried_again(publish, sender, run, receiver, waiting, *, url, status):
    receiver.status = lambda _article: status
    publish("a-1")
    run(sender(3_600, url=url))
    assert receiver.got == []
    assert waiting.client.xlen(waiting.failed_key) == 1


def test_due_article_is_taken_by_one_sender(waiting):
    waiting.put_off("a-1", in_s=0)
    assert waiting.claim_due(lease_s=60) == ["a-1"]
    assert waiting.claim_due(lease_s=60) == []
