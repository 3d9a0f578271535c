"""What processes measured that are gone still counts; what they did at the moment does not."""

import os

import pytest
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from structlog.testing import capture_logs

from worker.service.metrics_files import MetricsFiles
from worker.service.metrics_folder import is_running

ALIVE, DEAD, DEAD_TOO = 11, 22, 33


@pytest.fixture
def measure(tmp_path):
    """Write what a process measured."""

    def write(kind, process, value, **labels):
        values = MmapedDict(str(tmp_path / f"{kind}_{process}.db"))
        name = "depesche_busy" if kind.startswith("gauge") else "depesche_articles"
        sample = name if kind.startswith("gauge") else f"{name}_total"
        values.write_value(mmap_key(name, sample, list(labels), list(labels.values()), "Help."), value, 0.0)
        values.close()

    return write


@pytest.fixture
def files(tmp_path):
    return MetricsFiles(tmp_path, is_alive=lambda process: process == ALIVE)


def sums(files):
    return {(s.name, *s.labels.values()): s.value for family in files.collect() for s in family.samples}


def test_counts_of_the_dead_stay_in_the_sum(files, measure, tmp_path):
    for process, value in [(ALIVE, 1), (DEAD, 10), (DEAD_TOO, 100)]:
        measure("counter", process, value, outcome="done")
    measure("counter", DEAD, 5, outcome="failed")
    expected = {("depesche_articles_total", "done"): 111, ("depesche_articles_total", "failed"): 5}
    assert sums(files) == sums(files) == expected
    assert sorted(each.name for each in tmp_path.iterdir()) == ["counter_11.db", "counter_gone.db"]


def test_what_the_dead_did_counts_no_more(files, measure, tmp_path):
    measure("gauge_livesum", ALIVE, 1)
    measure("gauge_livesum", DEAD, 1)
    files.tidy()
    assert sums(files) == {("depesche_busy",): 1}
    assert [each.name for each in tmp_path.iterdir()] == ["gauge_livesum_11.db"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x01", b"\x40\0\0\0\0\0\0\0\x7f\0\0\0" + b"x" * 60],
    ids=["empty", "shorter than its head", "an entry beyond its end"],
)
def test_file_that_was_cut_off_stops_nothing(files, measure, tmp_path, content):
    """A process that is killed may be writing."""
    (tmp_path / f"counter_{DEAD}.db").write_bytes(content)
    measure("counter", DEAD_TOO, 3, outcome="done")
    with capture_logs() as told:
        assert sums(files) == {("depesche_articles_total", "done"): 3}
    assert [each["file"] for each in told] == ["counter_22.db"]
    assert sums(files) == {("depesche_articles_total", "done"): 3}


def test_process_that_ended_and_was_not_asked_about_runs_no_more():
    """The parent asks when it has time; until then it is a zombie."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert not is_running(child)
    os.waitpid(child, 0)
    assert not is_running(child)
    assert is_running(os.getpid())
