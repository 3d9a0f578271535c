"""The faults of a soak do what they are called, and take back what is to be taken back."""

import random
import signal
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.soak import faults
from benchmarks.soak.plant import Part

CHANCE = random.Random(1)  # noqa: S311 - no secret
SLEEPER = [
    sys.executable,
    "-S",
    "-c",
    "import subprocess, sys; subprocess.Popen([sys.executable, '-S', '-c', 'input()'], stdin=subprocess.PIPE).wait()",
]


class Noted:
    """A part that notes what is done to it."""

    def __init__(self, name, done):
        self.name = name
        self._done = done

    def send(self, number):
        self._done.append((self.name, number.name))

    def end(self, number=signal.SIGKILL):
        self._done.append((self.name, f"end {number.name}"))

    def start(self):
        self._done.append((self.name, "start"))

    def jump(self, seconds):
        self._done.append((self.name, "clock right" if seconds == 0 else "clock wrong"))


class NotedPlant:
    """As much of the plant as the faults touch."""

    def __init__(self, folder):
        self.done = []
        self.redis, self.gateway = Noted("redis", self.done), Noted("gateway", self.done)
        self.workers = [Noted("worker", self.done)]
        self.disk = folder
        self.is_small_disk = False

    def start(self):
        self.done.append(("all", "start"))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(faults, "time", SimpleNamespace(sleep=lambda _seconds: None))


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (faults.kill_worker, [("worker", "end SIGKILL"), ("worker", "start")]),
        (faults.stop_worker, [("worker", "end SIGTERM"), ("worker", "start")]),
        (faults.kill_gateway, [("gateway", "end SIGKILL"), ("gateway", "start")]),
        (faults.kill_redis, [("redis", "end SIGKILL"), ("all", "start")]),
        (faults.freeze_worker, [("worker", "SIGSTOP"), ("worker", "SIGCONT")]),
        (faults.freeze_redis, [("redis", "SIGSTOP"), ("redis", "SIGCONT")]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_fault_is_done_and_taken_back(tmp_path, fault, expected):
    plant = NotedPlant(tmp_path)
    fault(plant, CHANCE)
    assert plant.done == expected


def test_clock_goes_wrong_and_right_again(tmp_path):
    plant = NotedPlant(tmp_path)
    faults.jump_clock(plant, CHANCE)
    assert [what for _, what in plant.done] == ["clock wrong", "clock right"]


def test_disk_is_filled_and_emptied(tmp_path, monkeypatch):
    """What fills it is gone afterwards, and Redis is started again if it ended."""
    sizes = []

    class Full:
        """A file on a disk with room for three pieces."""

        def __enter__(self):
            return self

        def __exit__(self, *_):
            (tmp_path / "filler").touch()

        def write(self, data):
            sizes.append(len(data))
            if len(sizes) == 3:
                raise OSError

    monkeypatch.setattr(Path, "open", lambda *_args, **_options: Full())
    plant = NotedPlant(tmp_path)
    faults.fill_disk(plant, CHANCE)
    assert len(sizes) == 3
    assert not (tmp_path / "filler").exists()
    assert plant.done == [("all", "start")]


@pytest.mark.parametrize("is_small_disk", [True, False])
def test_disk_is_filled_only_where_it_is_small(tmp_path, is_small_disk):
    """Never that of the machine."""
    plant = NotedPlant(tmp_path)
    plant.is_small_disk = is_small_disk
    assert ("disk of Redis full" in {kind.name for kind in faults.kinds(plant)}) == is_small_disk


@pytest.fixture
def part(tmp_path):
    part = Part("part", SLEEPER, folder=tmp_path, environment={})
    part.start()
    yield part
    part.end()


def test_part_knows_its_children_and_ends_with_them(part, wait_until):
    [child] = wait_until(part.children, what="the child")
    part.end()
    wait_until(lambda: not is_alive(child), what="the child's end")
    assert not part.is_running


def test_part_that_runs_is_not_started_twice(part):
    pid = part.pid
    part.start()
    assert part.pid == pid
    part.end()
    part.start()
    assert part.is_running
    assert part.pid != pid


def is_alive(pid):
    """Tell whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
