"""The machine: Python, processors, memory."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cli.doctor.check import Check

_LEAST_PYTHON: Final = (3, 11)
_GIB: Final = 1 << 30
_WORKER_BYTES: Final = _GIB
"""What one worker with two processes and both languages takes at most."""
_CGROUP_LIMIT: Final = Path("/sys/fs/cgroup/memory.max")


def check_machine() -> Iterator[Check]:
    """Look at Python, the processors and the memory."""
    yield _python()
    yield Check("processors", "ok", str(os.cpu_count()))
    memory = memory_bytes()
    if memory is not None:
        yield _memory(memory)


def _python() -> Check:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info < _LEAST_PYTHON:
        return Check("python", "fault", found, "Install Python 3.11 or later.")
    return Check("python", "ok", found)


def memory_bytes() -> int | None:
    """Give the memory that this process may have: the container's limit, or the machine's.

    Returns:
        None where the system does not tell.
    """
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return None
    try:
        return min(machine, int(_CGROUP_LIMIT.read_text(encoding="ascii")))
    except (OSError, ValueError):
        return machine


def _memory(found: int) -> Check:
    shown = f"{found / _GIB:.1f} GiB"
    if found < _WORKER_BYTES:
        return Check("memory", "note", shown, "Run one worker with one process, or give more: about 1 GiB a worker.")
    return Check("memory", "ok", shown)
