"""The client, on the ledger and the queue in memory."""

import threading

import pytest

from ledger import LedgerSettings, MemoryLedger
from ledger.errors import RedisRefused, RedisUnreachable
from ledger.memory_ledger import FixedClock
from ledger.message import Message
from producer import Client, MemoryQueue
from schemas import Article, Failure, Invalid, InvalidArticle, Transient


class World:
    def __init__(self, **settings):
        self.clock = FixedClock()
        self.settings = LedgerSettings(**settings)
        self.ledger = MemoryLedger(self.settings, clock=self.clock)
        self.queue = MemoryQueue()
        self.client = Client(settings=self.settings, ledger=self.ledger, queue=self.queue)

    def sent(self, queue="live"):
        return [each.article_ids for each in iter(lambda: self.queue.take(queue), None)]


@pytest.fixture
def world():
    return World()


def article(name="a", text="Ein Text."):
    return Article(id=name, text=text)


def test_submitted_article_is_on_its_queue(world):
    submission = world.client.submit(article(), queue="backfill")
    assert (submission.article_id, submission.revision, submission.status) == ("a", 1, "queued")
    assert world.sent("backfill") == [("a",)]


def test_article_without_id_gets_one(world):
    """The same one each time."""
    first, second = (world.client.submit(Article(text="Ein Text.")) for _ in range(2))
    assert first.article_id == second.article_id
    assert (first.is_new, second.is_new) == (True, False)


def test_same_article_is_sent_once(world):
    assert [world.client.submit(article()).is_new for _ in range(3)] == [True, False, False]
    assert world.sent() == [("a",)]


def test_many_articles_travel_together(world):
    """In order, eight in a message."""
    submissions = list(world.client.submit_many(article(f"a{n}") for n in range(20)))
    assert [each.article_id for each in submissions] == [f"a{n}" for n in range(20)]
    assert [len(ids) for ids in world.sent()] == [8, 8, 4]


def test_long_article_travels_alone(world):
    long = article("long", "wort " * 10_001)
    list(world.client.submit_many([article("a"), long, article("b")]))
    assert set(world.sent()) == {("long",), ("a", "b")}


BAD = [
    pytest.param(b"\xff", "encoding_invalid", None, id="no-utf8"),
    pytest.param('{"text": ', "json_invalid", None, id="broken-json"),
    pytest.param("[" * 100_000, "json_invalid", None, id="nested-too-deep"),
    pytest.param('"\ud800"', "encoding_invalid", None, id="lone-surrogate"),
    pytest.param({"id": "x", "text": "  "}, "text_empty", "x", id="blank"),
    pytest.param({"id": "x", "text": "a" * 1_000_001}, "text_too_long", "x", id="too-long"),
    pytest.param({"id": "x", "text": "a", "published": 20250807}, "date_invalid", "x", id="number-as-date"),
    pytest.param({"id": "x", "text": "a", "language": "fr"}, "language_unsupported", "x", id="french"),
    pytest.param({"id": "x\n", "text": "a", "colour": 1}, "id_invalid", None, id="bad-id-too"),
    pytest.param({"id": "x", "text": object()}, "field_invalid", "x", id="no-json-at-all"),
]


@pytest.mark.parametrize(("bad", "code", "article_id"), BAD)
def test_bad_one_does_not_stop_the_others(world, bad, code, article_id):
    """It becomes a failure in its place; its id is named where that can be read."""
    first, failure, last = world.client.submit_many([article("a"), bad, article("b")])
    assert (first.article_id, last.article_id) == ("a", "b")
    assert isinstance(failure, Failure)
    assert (failure.code, failure.article_id) == (code, article_id)
    assert "article 2" in failure.message
    assert world.sent() == [("a", "b")]


def test_text_longer_than_the_installation_allows_is_refused():
    world = World(max_text_chars=10)
    with pytest.raises(InvalidArticle, match="at most 10 characters, found 11"):
        world.client.submit(article(text="12345678901"))


def test_articles_are_taken_as_they_come(world):
    """A long source is not read to its end before the first are safe."""
    read = 0

    def source():
        nonlocal read
        for read in range(1, 10_000):
            yield article(f"a{read}")

    next(world.client.submit_many(source()))
    assert read < 300


def test_queue_that_is_away_leaves_the_articles_to_the_sweeper(world):
    """The error says that nothing is lost, and submitting again is harmless."""

    class Away(MemoryQueue):
        def send(self, message):  # noqa: ARG002
            raise RedisUnreachable("redis: expected an answer, found none")

    client = Client(settings=world.settings, ledger=world.ledger, queue=Away())
    with pytest.raises(RedisUnreachable) as raised:
        client.submit(article())
    assert "sent later by themselves" in raised.value.__notes__[0]
    world.clock.advance(61)
    assert [each.article_id for each in world.ledger.sweep()] == ["a"]


def test_submitting_again_sends_what_could_not_be_sent(world):
    """Whoever got the error and tries again is served at once."""

    class Away(MemoryQueue):
        def send(self, message):  # noqa: ARG002
            raise RedisUnreachable("redis: expected an answer, found none")

    with pytest.raises(RedisUnreachable):
        Client(settings=world.settings, ledger=world.ledger, queue=Away()).submit(article())
    assert world.client.submit(article()).is_new is False
    assert world.sent() == [("a",)]


def test_ledger_that_refuses_sends_nothing(world):
    class Full(MemoryLedger):
        def accept(self, works, *, again=False):  # noqa: ARG002
            raise RedisRefused("redis: full")

    client = Client(settings=world.settings, ledger=Full(world.settings), queue=world.queue)
    with pytest.raises(RedisRefused):
        client.submit(article())
    assert world.sent() == []


def test_result_is_none_before_it_is_there(world):
    world.client.submit(article())
    assert world.client.result("a") is None
    assert world.client.status("a").status == "queued"


def test_waiting_ends_with_the_result_or_the_failure(world):
    world.client.submit(article())
    lease = world.ledger.start("a", holder="m").lease
    failure = Failure(
        article_id="a",
        revision=1,
        code="language_unsupported",
        family="invalid",
        message="expected German or English",
        attempts=1,
        failed_at="2025-11-05T09:00:00Z",
    )
    timer = threading.Timer(0.05, lambda: world.ledger.fail(lease, failure))
    timer.start()
    assert world.client.wait("a", timeout_s=90) == failure
    assert world.client.failures()[0].failure == world.client.failure("a").failure == failure


def test_waiting_has_a_limit(world):
    world.client.submit(article())
    with pytest.raises(Transient, match=r"within 0\.01 s, found it queued") as raised:
        world.client.wait("a", timeout_s=0.01)
    assert raised.value.code == "wait_timeout"


def test_waiting_for_nothing_is_refused_at_once(world):
    with pytest.raises(Invalid) as raised:
        world.client.wait("never-submitted")
    assert raised.value.code == "not_found"


def test_client_needs_a_server_when_none_runs(tmp_path):
    with pytest.raises(RedisUnreachable):
        Client(settings=LedgerSettings(data_dir=tmp_path))


def test_queue_in_memory_keeps_order():
    queue = MemoryQueue()
    for name in "ab":
        queue.send(Message("live", (name,), 1))
    assert [queue.take().article_ids, queue.take().article_ids, queue.take()] == [("a",), ("b",), None]
