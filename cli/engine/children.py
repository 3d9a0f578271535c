"""The extraction in several processes of our own, which speak JSON over pipes: nothing is pickled."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Final, Self

from cli.engine.answer import Answer
from cli.engine.done import Done, Extracted
from cli.reading.ahead import chunks_as_they_come
from cli.reading.inputs import Input, Read
from schemas.errors import Defect, DepescheError

_TOGETHER: Final = 8
"""Articles that a process is given at once: enough for the model, few enough that all end at the same time."""
_TOGETHER_BYTES: Final = 100_000
"""With so many bytes no further article joins."""
_AHEAD: Final = 3
"""Chunks in work or waiting for each process: bounds memory, keeps all busy when lengths differ."""
_COMMAND: Final = (sys.executable, "-P", "-m", "cli.engine.child")
"""``-P``: a folder ``cli`` where the user happens to be must not take our place."""

Outcome = Extracted | DepescheError


@dataclass(frozen=True)
class _Asked:
    """Inputs that belong together, and what will become of the articles among them."""

    inputs: Sequence[Input]
    outcomes: Future[list[Outcome]]


@dataclass(frozen=True)
class _End:
    """Nothing more comes; the error, if that is why."""

    error: BaseException | None = None


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
    waiting: queue.Queue[_Asked | _End] = queue.Queue(processes * _AHEAD)
    with _Children(processes, options={"explain": explain, "cascade": cascade}) as children:
        # A daemon, as what reads: when the run ends early, it may wait for ever.
        threading.Thread(target=_hand_out, args=(inputs, children, waiting), daemon=True).start()
        while isinstance(asked := waiting.get(), _Asked):
            outcomes = iter(asked.outcomes.result())
            for each in asked.inputs:
                yield Done(each, next(outcomes) if isinstance(each, Read) else None)
        if asked.error is not None:
            raise asked.error


def _hand_out(inputs: Iterable[Input], children: _Children, waiting: queue.Queue[_Asked | _End]) -> None:
    """Have articles extracted as they come; apart from the waiting for results, so that each is shown when it is."""
    try:
        for chunk in chunks_as_they_come(inputs, max_inputs=_TOGETHER, max_bytes=_TOGETHER_BYTES):
            waiting.put(_Asked(chunk, children.submit([each for each in chunk if isinstance(each, Read)])))
    except BaseException as error:  # noqa: BLE001 - raised again where the outcomes are taken
        waiting.put(_End(error))
    else:
        waiting.put(_End())


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

    def submit(self, reads: Sequence[Read]) -> Future[list[Outcome]]:
        """Have articles extracted together by the next process that is free."""
        return self._threads.submit(self._ask, reads)

    def _ask(self, reads: Sequence[Read]) -> list[Outcome]:
        if not reads:
            return []
        child = self._idle.get()
        try:
            answers = child.ask(self._request(reads), len(reads))
            if answers is not None:
                return [answer.outcome() for answer in answers]
            if len(reads) == 1:
                return [_lost(reads[0])]
            # One of them ended the process: which one shows when each has a turn of its own.
            return [outcome for read in reads for outcome in self._ask_alone(child, read)]
        finally:
            self._idle.put(child)

    def _ask_alone(self, child: _Child, read: Read) -> list[Outcome]:
        answers = child.ask(self._request([read]), 1)
        return [_lost(read)] if answers is None else [answer.outcome() for answer in answers]

    def _request(self, reads: Sequence[Read]) -> bytes:
        head = json.dumps({"where": [read.where for read in reads], **self._options})
        return "".join(f"{line}\n" for line in (head, *(read.article.model_dump_json() for read in reads))).encode()


class _Child:
    """One process, started when first needed and again when it was lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    def ask(self, request: bytes, count: int) -> list[Answer] | None:
        """Give so many answers, or None when the process ended before it could give them."""
        if self._is_closed:
            return None
        process = self._process = self._process or _start()
        with suppress(BrokenPipeError):
            _pipe(process.stdin).write(request)
            _pipe(process.stdin).flush()
        answers = list(_answers(_pipe(process.stdout), count))
        if len(answers) == count or (answers and answers[-1].fatal is not None):
            return answers
        process.wait()
        self._process = None
        return None

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


def _answers(stream: IO[bytes], count: int) -> Iterator[Answer]:
    """Read answers until there are so many, one is fatal, or the process has ended."""
    for _ in range(count):
        line = stream.readline()
        if not line.endswith(b"\n"):
            return
        answer = Answer.model_validate_json(line)
        yield answer
        if answer.fatal is not None:
            return


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own module


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - for the type checker: both ends are pipes
    return stream


def _lost(read: Read) -> Defect:
    message = f"{read.where}: expected a result, found that the extracting process ended"
    return Defect(message, code="extraction_failed")
