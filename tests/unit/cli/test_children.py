"""Extraction in several processes gives what one process gives, in input order, whatever a process does."""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from cli.engine import children
from cli.engine.children import extract_in_processes
from cli.engine.done import Extracted
from cli.reading.inputs import Read, Refused
from schemas.article import Article
from schemas.errors import DepescheError, Invalid

SCRIPT = f"""
import os, sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from cli.engine import child
from cli.table.explanation import Evidence
from cli.engine.done import Extracted
from test_extracting import FakeExtraction

class Fake(FakeExtraction):
    def __init__(self, *, explain, cascade=None):
        self.explain = explain

    def run(self, article):
        print("a library prints something")
        if "crash" in article.text:
            os._exit(9)
        if "slow" in article.text:
            time.sleep(0.3)
        if "pid" in article.text:
            open(article.url, "a").write(str(os.getpid()) + " ")
        result = super().run(article).result
        return Extracted(result, {{"e": (Evidence("type", "rule", "traf"),)}} if self.explain else {{}})

child.Extraction = Fake
child.main()
"""


@pytest.fixture(autouse=True)
def fake_child(monkeypatch):
    monkeypatch.setattr(children, "_COMMAND", (sys.executable, "-c", SCRIPT))


def read(name, text="traf", **fields):
    return Read(Article(id=name, text=text, **fields), where=f"{name}.json", size=1)


def run(inputs, *, processes=2, explain=False):
    return list(extract_in_processes(inputs, processes=processes, explain=explain))


def test_outcomes_come_in_input_order():
    inputs = [read(str(number), "slow" if number % 5 == 0 else "traf") for number in range(20)]
    found = run(inputs)
    assert [done.input for done in found] == inputs
    assert [done.outcome.result.article_id for done in found] == [str(number) for number in range(20)]


def test_refused_inputs_keep_their_place():
    refused = Refused(Invalid("x"), "b", 1)
    found = run([read("a"), refused, read("c")])
    assert [done.outcome is None for done in found] == [False, True, False]
    assert found[1].input is refused


def test_a_process_that_is_lost_takes_its_article_alone():
    found = run([read("a"), read("b", "crash"), *(read(str(number)) for number in range(10))])
    assert found[1].outcome.code == "extraction_failed"
    assert "b.json" in found[1].outcome.message
    assert all(isinstance(done.outcome, Extracted) for done in found[:1] + found[2:])


def test_only_what_ended_the_process_is_lost_of_those_that_went_together(monkeypatch):
    """Each of its companions gets a turn of its own."""
    monkeypatch.setattr(children, "_TOGETHER", 4)
    found = run([read("a"), read("b", "crash"), read("c"), read("d", "crash")], processes=1)
    assert [isinstance(done.outcome, Extracted) for done in found] == [True, False, True, False]


def test_a_result_does_not_wait_for_the_next_article():
    """Where articles come slowly, each result is there before the next one comes."""
    came = threading.Event()

    def inputs():
        yield read("a")
        assert came.wait(timeout=60)
        yield read("b")

    stream = extract_in_processes(inputs(), processes=2, explain=False)
    assert next(stream).outcome.result.article_id == "a"
    came.set()
    assert next(stream).outcome.result.article_id == "b"


def test_what_reading_raises_comes_out():
    """After the results of what was read before."""

    def inputs():
        yield read("a")
        raise RuntimeError("the disk is gone")

    stream = extract_in_processes(inputs(), processes=1, explain=False)
    assert isinstance(next(stream).outcome, Extracted)
    with pytest.raises(RuntimeError, match="disk"):
        next(stream)


def test_an_error_comes_back_with_its_code_and_family():
    [done] = run([read("a", "en français")])
    assert (done.outcome.code, done.outcome.family) == ("language_unsupported", "invalid")


def test_a_broken_installation_ends_the_run():
    with pytest.raises(DepescheError) as caught:
        run([read("a", "broken"), read("b")])
    assert caught.value.code == "model_missing"


def test_evidence_comes_along_when_asked_for():
    [done] = run([read("a")], explain=True)
    assert vars(done.outcome.evidence["e"][0]) == {"field": "type", "rule": "rule", "words": "traf"}


def test_offsets_survive_characters_beyond_the_basic_plane():
    [done] = run([read("a", "📰 traf \U0001f4f0 ä")])
    assert done.input.article.text == "📰 traf \U0001f4f0 ä"
    assert isinstance(done.outcome, Extracted)


def pids_of(path):
    return {int(pid) for pid in path.read_text().split()}


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("take", [None, 1], ids=["to-the-end", "left-early"])
def test_no_process_is_left(tmp_path, take):
    path = tmp_path / "pids"
    stream = extract_in_processes(
        (read(str(number), "pid", url=str(path)) for number in range(20)), processes=2, explain=False
    )
    if take:
        next(stream)
        stream.close()
    else:
        assert len(list(stream)) == 20
    deadline = time.monotonic() + 90
    while any(map(is_alive, pids_of(path))) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(is_alive, pids_of(path)))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_process_that_is_killed_between_two_articles_is_replaced(tmp_path):
    path = tmp_path / "pids"

    def inputs():
        yield read("a", "pid", url=str(path))
        while not path.exists() or not path.read_text():
            time.sleep(0.02)
        os.kill(next(iter(pids_of(path))), signal.SIGKILL)
        yield read("b")
        yield read("c")

    outcomes = [done.outcome for done in run(inputs(), processes=1)]
    assert isinstance(outcomes[-1], Extracted)
    assert sum(not isinstance(outcome, Extracted) for outcome in outcomes) <= 2
    assert json.loads(outcomes[-1].result.model_dump_json())["article_id"] == "c"
