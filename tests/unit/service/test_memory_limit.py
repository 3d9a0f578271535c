"""The memory limit of a process that extracts."""

import subprocess
import sys

import pytest

from worker.service.memory_limit import MIB, data_bytes, limit_memory

pytestmark = pytest.mark.skipif(data_bytes() is None, reason="the system tells no process its memory (Linux only)")

CHILD = """
from worker.service.memory_limit import limit_memory
kept = bytearray(48 << 20)
limit_memory(64)
fits = bytearray(32 << 20)
del fits
try:
    bytearray(96 << 20)
except MemoryError:
    print("refused")
again = bytearray(32 << 20)
print("goes on")
"""


def test_process_gets_its_budget_and_no_more():
    """What it has before does not count; a refused allocation leaves it able to go on."""
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["refused", "goes on"]


def test_lower_limit_of_the_system_stays(monkeypatch):
    """Whoever started the worker with less memory meant it."""
    limits = []
    monkeypatch.setattr("resource.getrlimit", lambda _which: (64 * MIB, 64 * MIB))
    monkeypatch.setattr("resource.setrlimit", lambda _which, limit: limits.append(limit))
    assert limit_memory(1_000_000) == 64 * MIB
    assert limits == [(64 * MIB, 64 * MIB)]


def test_system_without_such_a_limit_is_left_alone(monkeypatch, tmp_path):
    monkeypatch.setattr("worker.service.memory_limit._STATUS", tmp_path / "none")
    assert limit_memory(64) is None
