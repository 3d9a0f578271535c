"""The memory limit of a process that extracts: an article that needs more fails, and takes nothing else with it.

Celery's own limit acts between two messages: an article that fills the memory would meet the kernel first, which may
choose another process to end. Under this one, the allocation fails inside the article that asked for it.
"""

from __future__ import annotations

import re
import resource
from pathlib import Path
from typing import Final

MIB: Final = 1024 * 1024
_STATUS: Final = Path("/proc/self/status")
_DATA: Final = re.compile(r"^VmData:\s+(\d+) kB$", re.MULTILINE)


def limit_memory(budget_mib: int) -> int | None:
    """Let this process have so much more memory than it has now, and no more.

    What counts is what the process could write to (``RLIMIT_DATA``): unlike the address space it leaves out mapped
    files and libraries, and unlike the resident size the kernel can refuse it before it is used.

    Args:
        budget_mib: Beyond what the process has now, models included, in MiB.

    Returns:
        The limit in bytes; None where the system has no such limit (it is Linux only).
    """
    data = data_bytes()
    if data is None:
        return None
    limit = data + budget_mib * MIB
    _, ceiling = resource.getrlimit(resource.RLIMIT_DATA)
    if ceiling != resource.RLIM_INFINITY:
        limit = min(limit, ceiling)  # whoever started the worker has set a lower one
    resource.setrlimit(resource.RLIMIT_DATA, (limit, ceiling))
    return limit


def data_bytes() -> int | None:
    """Give the memory that this process could write to, in bytes; None where the system does not tell."""
    try:
        found = _DATA.search(_STATUS.read_text(encoding="ascii"))
    except OSError:
        return None
    return int(found.group(1)) * 1024 if found else None
