"""Where the processes of a worker keep what they measure: one file each, which the parent reads when it is asked.

The files are those of prometheus_client's multi-process mode. That mode lets the files of processes that are gone lie
for ever, since their counts still belong to the sum; here they are added to one file and removed, because a process is
replaced after some thousand articles.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import structlog
from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from worker.service.metrics_folder import is_running

log = structlog.get_logger(__name__)

GONE: Final = "gone"
"""Stands for the process id in the names of the files that hold what processes counted that are gone."""


class MetricsFiles(Collector):
    """Reads the files of a folder.

    Args:
        folder: Of one worker.
        is_alive: Tells whether a process of that id exists.
    """

    def __init__(self, folder: Path, *, is_alive: Callable[[int], bool] = is_running) -> None:
        self._folder = folder
        self._is_alive = is_alive
        self._lock = threading.Lock()

    def describe(self) -> list[Family]:
        """Name nothing beforehand."""
        return []

    def collect(self) -> Iterator[Family]:
        """Give the sum over all processes, those that are gone included."""
        with self._lock:
            self._absorb()
            yield from list(MultiProcessCollector(CollectorRegistry(), path=str(self._folder)).collect())

    def tidy(self) -> None:
        """Add up what processes left behind that are gone."""
        with self._lock:
            self._absorb()

    def _absorb(self) -> None:
        for file in sorted(self._folder.glob("*.db")):
            kind, _, process = file.stem.rpartition("_")
            if process.isdigit() and not self._is_alive(int(process)):
                # A gauge says what a process does now: one that is gone does nothing.
                if not kind.startswith("gauge"):
                    self._add(file, self._folder / f"{kind}_{GONE}.db")
                file.unlink(missing_ok=True)

    @staticmethod
    def _add(file: Path, to: Path) -> None:
        try:
            left = [(key, value, at) for key, value, at, _ in MmapedDict.read_all_values_from_file(str(file))]
        except (RuntimeError, ValueError, struct.error):
            log.warning("measurements of a killed process cannot be read", file=file.name)
            return
        total = MmapedDict(str(to))
        try:
            for key, value, at in left:
                total.write_value(key, total.read_value(key)[0] + value, at)
        finally:
            total.close()
