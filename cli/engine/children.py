"""The extraction in several processes of our own, which speak JSON over pipes: nothing is pickled."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import MappingProxyType, TracebackType
from typing import IO, Any, Final, Self

from cli.engine.done import Done, Extracted
from cli.reading.inputs import Input, Read, Refused
from cli.table.explanation import Evidence
from schemas.errors import Defect, DepescheError, Family, Invalid, Transient
from schemas.failure_codes import FAILURE_CODES
from schemas.result import Result

_AHEAD: Final = 4
"""Articles in work or waiting for each process: bounds memory, keeps all busy when lengths differ."""
_COMMAND: Final = (sys.executable, "-P", "-m", "cli.engine.child")
"""``-P``: a folder ``cli`` where the user happens to be must not take our place."""
_CLASSES: Final[Mapping[Family, type[DepescheError]]] = MappingProxyType(
    {"invalid": Invalid, "transient": Transient, "defect": Defect}
)


def extract_in_processes(
    inputs: Iterable[Input], *, processes: int, explain: bool, cascade: bool | None = None
) -> Generator[Done, None, None]:
    """Extract in several processes; the outcomes come in input order.

    Args:
        inputs: Read as far ahead as the processes need.
        processes: How many.
        explain: Whether to ask for evidence.
        cascade: Whether to parse only what an event can depend on; None: as the settings say.

    Raises:
        DepescheError: The installation is broken, so that no article could go through.
    """
    waiting: deque[tuple[Input, Future[Extracted | DepescheError] | None]] = deque()
    with _Children(processes, options={"explain": explain, "cascade": cascade}) as children:
        for each in inputs:
            waiting.append((each, None if isinstance(each, Refused) else children.submit(each)))
            while waiting and (len(waiting) > processes * _AHEAD or _is_ready(waiting[0][1])):
                yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _is_ready(future: Future[Extracted | DepescheError] | None) -> bool:
    return future is None or future.done()


def _done(each: Input, future: Future[Extracted | DepescheError] | None) -> Done:
    return Done(each, None if future is None else future.result())


class _Children:
    """So many processes, each with a thread that asks it and waits for the answer."""

    def __init__(self, number: int, *, options: Mapping[str, bool | None]) -> None:
        self._options = options
        self._idle: queue.SimpleQueue[_Child] = queue.SimpleQueue()
        self._all = [_Child() for _ in range(number)]
        for child in self._all:
            self._idle.put(child)
        self._threads = ThreadPoolExecutor(number, thread_name_prefix="depesche-extract")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_all(at_once=kind is not None)
        self._threads.shutdown(cancel_futures=True)
        self._end_all(at_once=True)  # one that a thread had just begun to start

    def _end_all(self, *, at_once: bool) -> None:
        for child in self._all:
            child.end(at_once=at_once)

    def submit(self, read: Read) -> Future[Extracted | DepescheError]:
        """Have an article extracted by the next process that is free."""
        return self._threads.submit(self._ask, read)

    def _ask(self, read: Read) -> Extracted | DepescheError:
        child = self._idle.get()
        try:
            article = read.article.model_dump(mode="json")
            return _outcome(child.ask({"article": article, "where": read.where, **self._options}), read)
        finally:
            self._idle.put(child)


class _Child:
    """One process, started when first needed and again when it was lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    def ask(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """Give the answer, or None when the process ended before it could give one."""
        if self._is_closed:
            return None
        process = self._process = self._process or _start()
        with suppress(BrokenPipeError):
            _pipe(process.stdin).write(json.dumps(request).encode() + b"\n")
            _pipe(process.stdin).flush()
        answer = _pipe(process.stdout).readline()
        if not answer.endswith(b"\n"):
            process.wait()
            self._process = None
            return None
        found: dict[str, Any] = json.loads(answer)
        return found

    def end(self, *, at_once: bool) -> None:
        """End the process: it stops when its input does."""
        self._is_closed = True
        process = self._process
        if process is None:
            return
        if at_once:
            process.kill()
        with suppress(BrokenPipeError):
            _pipe(process.stdin).close()
        process.wait()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own module


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - for the type checker: both ends are pipes
    return stream


def _outcome(answer: dict[str, Any] | None, read: Read) -> Extracted | DepescheError:
    if answer is None:
        message = f"{read.where}: expected a result, found that the extracting process ended"
        return Defect(message, code="extraction_failed")
    if "fatal" in answer:
        raise _fatal(answer["fatal"])
    if "error" in answer:
        return _error(answer["error"])
    evidence = {key: tuple(Evidence(**item) for item in items) for key, items in answer["evidence"].items()}
    return Extracted(Result.model_validate(answer["result"]), evidence)


def _fatal(found: dict[str, Any]) -> Exception:
    if found["module"] is not None:
        return ModuleNotFoundError(found["message"], name=found["module"])
    return _error(found)


def _error(found: dict[str, Any]) -> DepescheError:
    return _CLASSES[FAILURE_CODES[found["code"]].family](found["message"], code=found["code"])
