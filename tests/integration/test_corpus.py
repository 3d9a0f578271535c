"""``submit --jsonl``: a long file goes into the queue with flat memory, patience, and from where it broke off."""

import gzip
import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import cli.corpus
from cli.app import app
from ledger.errors import RedisRefused, RedisUnreachable
from producer import Client
from schemas.names import KEY_LEASES

pytestmark = pytest.mark.redis
COUNT = 2_000


def lines(numbers, *, broken=()):
    return "".join(
        "{broken\n" if n in broken else json.dumps({"id": f"c{n}", "text": f"Meldung {n}."}) + "\n" for n in numbers
    )


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.jsonl.gz"
    path.write_bytes(gzip.compress(lines(range(COUNT), broken={7}).encode()))
    return path


@pytest.fixture
def submit(redis_url):
    def run(path, *options):
        return CliRunner().invoke(app, ["submit", "--jsonl", str(path), "--redis-url", redis_url, *options])

    return run


@pytest.fixture
def handed(monkeypatch):
    """Note the ids that are handed over, chunk by chunk; ``faults`` are raised instead, one for each call."""
    chunks, faults = [], []
    real = Client.submit_many

    def submit_many(self, articles, **options):
        articles = list(articles)
        if faults and (fault := faults.pop(0)) is not None:
            raise fault
        chunks.append([each.id for each in articles])
        return real(self, articles, **options)

    monkeypatch.setattr(Client, "submit_many", submit_many)
    monkeypatch.setattr(cli.corpus, "PAUSE_S", 0.001)
    return chunks, faults


def bookmark(path):
    return path.with_name(path.name + ".submitted")


def test_whole_file_is_submitted_as_a_corpus(corpus, submit, ledger):
    done = submit(corpus)
    assert done.exit_code == 3
    assert f"{COUNT - 1:,} articles submitted; 1 refused" in done.stderr
    assert ledger.client.zcard(KEY_LEASES) == COUNT - 1
    assert ledger.client.hget("depesche:article:c0", "queue") == "backfill"
    assert not bookmark(corpus).exists()


def test_second_run_goes_on_where_the_first_broke_off(corpus, submit, handed, ledger):
    chunks, faults = handed
    faults.extend([None, None, KeyboardInterrupt()])
    assert submit(corpus).exit_code == 130
    before = [each for chunk in chunks for each in chunk]
    assert bookmark(corpus).exists()
    chunks.clear()
    done = submit(corpus)
    after = [each for chunk in chunks for each in chunk]
    assert "going on after" in done.stderr
    assert before + after == [f"c{n}" for n in range(COUNT) if n != 7]
    assert ledger.client.zcard(KEY_LEASES) == COUNT - 1
    assert not bookmark(corpus).exists()


def test_a_file_that_changed_begins_anew(corpus, submit, handed):
    chunks, faults = handed
    faults.extend([None, KeyboardInterrupt()])
    submit(corpus)
    chunks.clear()
    corpus.write_bytes(gzip.compress(lines(range(50)).encode()))
    assert "50 articles submitted" in submit(corpus).stderr
    assert sum(map(len, chunks)) == 50


@pytest.mark.parametrize("fault", [RedisRefused, RedisUnreachable])
def test_redis_that_is_full_or_away_is_waited_for(corpus, submit, handed, fault):
    _, faults = handed
    faults.extend([fault("redis: expected room, found none")] * 3)
    done = submit(corpus)
    assert f"{COUNT - 1:,} articles submitted" in done.stderr
    assert done.stderr.count("waiting: redis: expected room, found none") == 1


def test_redis_that_stays_away_ends_the_run_and_keeps_the_place(corpus, submit, handed, monkeypatch):
    _, faults = handed
    monkeypatch.setattr(cli.corpus, "LONGEST_AWAY_S", 0.0)
    faults.extend([None, RedisUnreachable("redis: no answer")])
    assert submit(corpus).exit_code == 5
    assert bookmark(corpus).exists()


@pytest.mark.parametrize("options", [["--wait"], ["--format", "table"], ["other.jsonl"]], ids=" ".join)
def test_what_does_not_go_with_it_is_refused(corpus, submit, options):
    assert submit(corpus, *options).exit_code == 2


def test_no_file_is_told_of(tmp_path, submit):
    assert "file_not_found" in submit(tmp_path / "none.jsonl").stderr


MEASURE = """
import json, resource, sys
import cli.corpus
from ledger import LedgerSettings, MemoryLedger
from producer import Client, MemoryQueue, Submission

class Nowhere(Client):
    def __init__(self, *_):
        super().__init__(settings=LedgerSettings(redis_url=None), ledger=MemoryLedger(), queue=MemoryQueue())
    def submit_many(self, articles, **_):
        return [Submission(each.id, revision=1, status="queued") for each in articles]

cli.corpus.Client = Nowhere
cli.corpus.run_corpus(sys.argv[1], redis_url=None, published=None, language=None, queue="backfill")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def test_memory_does_not_depend_on_the_length(tmp_path):
    """Ten times as many articles take no more memory, within what the allocator plays."""
    highest = []
    for count in (2_000, 20_000):
        path = tmp_path / f"{count}.jsonl.gz"
        with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
            for n in range(count):
                file.write(json.dumps({"id": f"c{n}", "text": f"Meldung {n}. " * 50}) + "\n")
        done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
        highest.append(float(done.stdout))
    assert highest[1] - highest[0] < 8
