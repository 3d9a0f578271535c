"""Processes forked from one that has loaded the model share it."""

import gc
import multiprocessing
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas import Article
from worker.extraction import Extractor
from worker.service.bootstrap import warm_up

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="PSS and thread counts are read from /proc")
TEXT = "Die Ministerin Nora Feldt traf am Dienstag ihren Kollegen Luca Arnaud in Bern. Sie bot Hilfe an. " * 20


def pss_mib():
    """Memory of this process, each shared page counted by its share."""
    rollup = Path("/proc/self/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def work(extractor, ready, measured, answers):
    """Extract, wait until all have, and tell own memory and threads."""
    extractor.extract(Article(text=TEXT, language="de"))
    ready.wait(timeout=120)
    answers.put((pss_mib(), len(list(Path("/proc/self/task").iterdir()))))
    measured.wait(timeout=120)


def measure(extractor, children):
    """Sum the memory of this process and its children while all are there; give their threads as well."""
    fork = multiprocessing.get_context("fork")
    # A plain pipe: a queue would have a thread of its own in each child.
    ready, measured, answers = fork.Barrier(children + 1), fork.Barrier(children + 1), fork.SimpleQueue()
    processes = [fork.Process(target=work, args=(extractor, ready, measured, answers)) for _ in range(children)]
    for process in processes:
        process.start()
    ready.wait(timeout=120)
    own = pss_mib()
    found = [answers.get() for _ in processes]
    measured.wait(timeout=120)
    for process in processes:
        process.join(timeout=60)
    return own + sum(memory for memory, _ in found), {threads for _, threads in found}


def fresh(threads, results):
    """Load in a process of its own: the test run's memory would hide what is measured."""
    extractor = Extractor(clock=lambda: datetime.now(UTC), threads=threads)
    warm_up(extractor)
    gc.collect()
    gc.freeze()
    results.put((measure(extractor, 1), measure(extractor, 4)))


@pytest.mark.parametrize("threads", [1, 2])
def test_children_share_the_model_and_use_the_threads_they_are_given(threads):
    """A second child costs less than a quarter of the first; four cost at most 1.75 times what one does."""
    spawn = multiprocessing.get_context("spawn")
    results = spawn.SimpleQueue()
    process = spawn.Process(target=fresh, args=(threads, results))
    process.start()
    (one, counted), (four, counted_four) = results.get()
    process.join(timeout=60)
    assert counted == counted_four == {threads}
    if threads == 1:
        assert (four - one) / 3 < one / 4
        assert four <= 1.75 * one
