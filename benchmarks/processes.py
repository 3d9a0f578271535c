"""Processes under measurement: where they run, what they used of the processor, what memory is theirs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def cores(count: int) -> set[int]:
    """Choose so many of the cores that this process may use."""
    return set(sorted(os.sched_getaffinity(0))[:count])


def pin(pid: int, count: int) -> None:
    """Keep a process, and those it will start, on so many cores."""
    os.sched_setaffinity(pid, cores(count))


def family(pid: int) -> list[int]:
    """Give a process and all that descend from it."""
    found = [pid]
    for each in found:
        found.extend(_children(each))
    return found


def _children(pid: int) -> Iterator[int]:
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from map(int, path.read_text(encoding="ascii").split())
        except OSError:
            continue  # ended meanwhile


def cpu_s(pids: list[int]) -> float:
    """Give the processor time that these processes have used, those included that ended as their children."""
    return sum(_ticks(each) for each in pids) / TICKS_PER_S


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))  # user, system, and both of the children that were waited for


def pss_mib(pid: int) -> float:
    """Give the memory of a process, what it shares counted by its part."""
    return _rollup(pid, "Pss:")


def private_mib(pid: int) -> float:
    """Give the memory that is a process's own."""
    return _rollup(pid, "Private_Clean:") + _rollup(pid, "Private_Dirty:")


def _rollup(pid: int, key: str) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith(key):
            return int(line.split()[1]) / 1024
    return 0.0


def others_load(own_cpu_s: float, wall_s: float, before: tuple[int, int], after: tuple[int, int]) -> float:
    """Give how many cores other programs used meanwhile; figures by the clock suffer from them.

    Args:
        own_cpu_s: What was measured used.
        wall_s: How long it took.
        before: What ``busy_ticks`` gave at its start.
        after: And at its end.
    """
    busy_s = (after[0] - before[0]) / TICKS_PER_S
    return max(0.0, (busy_s - own_cpu_s) / wall_s) if wall_s else 0.0


def busy_ticks() -> tuple[int, int]:
    """Give the busy and the idle ticks of the whole machine so far."""
    fields = [int(each) for each in Path("/proc/stat").read_text(encoding="ascii").split("\n")[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return sum(fields) - idle, idle
