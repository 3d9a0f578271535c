"""A process that reads articles in one of the ways, on a core of its own, as often as it is told.

One request as JSON a line in, the seconds it took as JSON a line out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import IO, Any, Self

from benchmarks.ways import Read, build_way
from schemas import Article


class Reader:
    """The other end: starts the process and tells it what to read.

    Args:
        core: Which core it runs on.
        model: accurate or small.
    """

    def __init__(self, core: int, *, model: str) -> None:
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "benchmarks.reader", str(core), model]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)  # noqa: S603

    def begin(self, way: str, articles: Sequence[Article]) -> None:
        """Have articles read; see ``end``."""
        request = {"way": way, "articles": [each.model_dump(mode="json") for each in articles]}
        _pipe(self._process.stdin).write(json.dumps(request).encode() + b"\n")
        _pipe(self._process.stdin).flush()

    def end(self) -> dict[str, float]:
        """Wait until they are read; gives seconds by the clock and of the processor."""
        answer: dict[str, float] = json.loads(_pipe(self._process.stdout).readline())
        return answer

    def close(self) -> None:
        """End the process."""
        _pipe(self._process.stdin).close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise AssertionError
    return stream


def main() -> None:
    """Answer until the other side closes its end."""
    os.sched_setaffinity(0, {int(sys.argv[1])})
    ways: dict[str, Read] = {}
    for line in sys.stdin.buffer:
        request: dict[str, Any] = json.loads(line)
        articles = [Article.model_validate(each) for each in request["articles"]]
        way = request["way"]
        if way not in ways:
            ways[way] = build_way(way, model=sys.argv[2])
        began, began_cpu = time.perf_counter(), time.process_time()
        ways[way](articles)
        took = {"seconds": time.perf_counter() - began, "cpu_s": time.process_time() - began_cpu}
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    main()
