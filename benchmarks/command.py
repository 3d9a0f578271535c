"""``depesche extract --processes N`` as users run it; measured from where all processes have loaded."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.processes import busy_ticks, cpu_s, family, others_load, pin
from schemas import Article

if TYPE_CHECKING:
    from benchmarks.throughput import Took

LOADED_AFTER = 16
"""Results for each process after which every one of them has loaded both languages."""


def run_extract(articles: Sequence[Article], *, processes: int, model: str) -> Took:
    """Run the command over articles; its start is left out, since a corpus is longer than any benchmark."""
    from benchmarks.throughput import Took  # noqa: PLC0415 - the two belong together

    warm_up = LOADED_AFTER * processes
    with tempfile.TemporaryDirectory(prefix="depesche-bench-") as folder:
        path = Path(folder) / "articles.jsonl"
        lines = [each.model_dump_json(exclude_none=True) for each in (*_several(articles, warm_up), *articles)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-P", "-m", "cli", "extract", str(path), "--format", "jsonl"]
        environment = {**os.environ, "DEPESCHE_MODEL": model, "OMP_NUM_THREADS": "1"}
        with subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--processes", str(processes)], stdout=subprocess.PIPE, env=environment
        ) as process:
            pin(process.pid, processes)
            output = process.stdout
            if output is None:
                raise AssertionError
            for _ in range(warm_up):
                output.readline()
            pids = family(process.pid)
            began, began_cpu, before = time.perf_counter(), cpu_s(pids), busy_ticks()
            found = 0
            used_s = 0.0
            for _ in output:
                found += 1
                if found == len(articles):
                    break
                if found % 16 == 0:
                    used_s = cpu_s(pids) - began_cpu
            seconds = time.perf_counter() - began
            used_s = max(used_s, cpu_s(pids) - began_cpu)
    if found != len(articles):
        raise RuntimeError(f"expected {len(articles)} results, found {found}")
    return Took(seconds, used_s, others_load(used_s, seconds, before, busy_ticks()))


def _several(articles: Sequence[Article], count: int) -> list[Article]:
    return [articles[number % len(articles)].model_copy(update={"id": f"warm-{number}"}) for number in range(count)]
