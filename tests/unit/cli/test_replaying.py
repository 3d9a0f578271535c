"""What failed is handed in again, and what cannot be is named; on the ledger and the queue in memory."""

import base64
import json

import pytest
from typer.testing import CliRunner

from cli import replaying
from cli.app import app
from cli.replaying import Chosen, run_replay
from ledger import LedgerSettings, MemoryLedger
from ledger.errors import RedisRefused
from producer import Client, MemoryQueue
from schemas import Article, Failure
from schemas.failure_codes import FAILURE_CODES


class World:
    def __init__(self):
        self.ledger = MemoryLedger(LedgerSettings())
        self.client = Client(settings=LedgerSettings(), ledger=self.ledger, queue=MemoryQueue())

    def fail(self, name, code="extraction_failed"):
        article = Article(id=name, text=f"Text von {name}.")
        self.client.submit(article, again=True)
        lease = self.ledger.start(name, holder="test").lease
        self.ledger.fail(lease, self.failure(code, article_id=name, article=article))

    def fail_unread(self, failure_id, raw, code="text_too_long"):
        kept = base64.b64encode(raw).decode() or None
        self.ledger.record_failure(self.failure(code, raw=kept), failure_id=failure_id)

    def failure(self, code, **fields):
        return Failure(
            code=code,
            family=FAILURE_CODES[code].family,
            message="on purpose",
            attempts=1,
            failed_at="2025-11-05T09:00:00Z",
            **fields,
        )


@pytest.fixture
def world(monkeypatch):
    world = World()
    monkeypatch.setattr(replaying, "Client", lambda _url: world.client)
    return world


@pytest.fixture
def replay(capsys):
    """Run it; gives the exit status, and the lines on standard output and standard error."""

    def run(*ids, code=None, output_format="jsonl"):
        status = run_replay(Chosen(ids, code), redis_url=None, queue="live", output_format=output_format)
        out, err = capsys.readouterr()
        return status, [json.loads(each) for each in out.splitlines()], [json.loads(each) for each in err.splitlines()]

    return run


def test_all_are_replayed_the_oldest_first(world, replay):
    for name in ("a", "b", "c"):
        world.fail(name)
    status, lines, _ = replay()
    assert (status, [each["failure_id"] for each in lines]) == (0, ["a", "b", "c"])
    assert lines[0] == {
        "failure_id": "a",
        "code": "extraction_failed",
        "article_id": "a",
        "revision": 1,
        "status": "queued",
        "is_new": True,
    }
    assert world.ledger.failures() == []


def test_those_with_a_code_alone_are_replayed(world, replay):
    world.fail("a", "time_limit_exceeded")
    world.fail("b")
    assert [each["article_id"] for each in replay(code="time_limit_exceeded")[1]] == ["a"]
    assert [each.failure_id for each in world.ledger.failures()] == ["b"]


def test_given_ones_are_replayed_once(world, replay):
    world.fail("a")
    world.fail("b")
    assert [each["article_id"] for each in replay("b", "b")[1]] == ["b"]


def test_what_was_no_article_is_read_again(world, replay):
    """What was too long may be short enough by now; its failure is gone then."""
    world.fail_unread("entry-1", b'{"id": "late", "text": "Kurz."}')
    status, lines, _ = replay("entry-1")
    assert (status, lines[0]["failure_id"], lines[0]["article_id"]) == (0, "entry-1", "late")
    assert world.ledger.failures() == []


@pytest.mark.parametrize(
    ("raw", "code", "status"),
    [pytest.param(b"{", "json_invalid", 10, id="still-none"), pytest.param(b"", "text_gone", 40, id="not-kept")],
)
def test_what_cannot_be_replayed_is_named_and_stays(world, replay, *, raw, code, status):
    world.fail_unread("entry-1", raw)
    found, lines, faults = replay("entry-1")
    assert (found, lines, faults[0]["code"]) == (status, [], code)
    assert faults[0]["message"].startswith("failure entry-1: ")
    assert [each.failure_id for each in world.ledger.failures()] == ["entry-1"]


def test_one_that_cannot_be_replayed_does_not_stop_the_others(world, replay):
    world.fail_unread("entry-1", b"{")
    world.fail("a")
    status, lines, faults = replay()
    assert (status, len(lines), len(faults)) == (3, 1, 1)


def test_an_id_that_is_not_kept_is_named(world, replay):
    world.fail("a")
    status, lines, faults = replay("nobody", "a")
    assert (status, [each["article_id"] for each in lines]) == (3, ["a"])
    assert (faults[0]["code"], faults[0]["article_id"]) == ("not_found", "nobody")


def test_the_table_counts_what_was_replayed_and_what_not(world, capsys):
    world.fail("a")
    world.fail_unread("entry-1", b"{")
    run_replay(Chosen(), redis_url=None, queue="live", output_format="table")
    assert capsys.readouterr().out.splitlines()[-1] == "1 replayed, 1 not"


def test_a_full_server_ends_it_and_says_how_far_it_came(world, monkeypatch, capsys):
    for name in ("a", "b"):
        world.fail(name)
    accept = world.ledger.accept

    def refuse_b(works, **options):
        if works[0].article_id == "b":
            raise RedisRefused("full")
        return accept(works, **options)

    monkeypatch.setattr(world.ledger, "accept", refuse_b)
    with pytest.raises(RedisRefused) as caught:
        run_replay(Chosen(), redis_url=None, queue="live", output_format="table")
    assert caught.value.__notes__ == ["Replayed before that: 1; replaying all again is harmless."]
    assert "1 replayed" in capsys.readouterr().out
    assert [each.failure_id for each in world.ledger.failures()] == ["b"]


@pytest.mark.parametrize(
    "arguments",
    [(), ("a", "--all"), ("--all", "--code", "extraction_failed"), ("--code", "no_such_code")],
    ids=["nothing", "ids-and-all", "all-and-code", "unknown-code"],
)
def test_wrong_usage_is_refused(arguments):
    assert CliRunner().invoke(app, ["failures", "replay", *arguments]).exit_code == 2
