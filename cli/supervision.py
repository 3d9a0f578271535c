"""Processes that must not outlive this one: started here, stopped here, none left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Final, Self

from schemas.errors import Defect
from schemas.failure_codes import FAILURE_CODES

_PR_SET_PDEATHSIG: Final = 1
_POLL_S: Final = 0.1
BROKEN_DOWN: Final = 70
"""The exit status of a worker that could not go on; see ``worker.service.ending``."""
_MOST_TIMES: Final = 5
_WITHIN_S: Final = 60.0
"""What ends more often than this is not started again."""


@dataclass
class Supervised:
    """A running process.

    Attributes:
        name: What messages call it.
        process: The one that runs now.
        launch: Starts it.
        started_again_at: When it was started again, on a monotonic clock.
    """

    name: str
    process: subprocess.Popen[bytes]
    launch: Callable[[], subprocess.Popen[bytes]]
    started_again_at: list[float] = field(default_factory=list)


class Supervision:
    """Starts processes and stops them all when it is left, whatever the reason.

    Each is the head of a group of its own: Ctrl-C in a terminal reaches this process alone, which then stops the
    others in order. A second Ctrl-C kills them at once.

    Args:
        grace_s: How long they may take to stop by themselves.
    """

    def __init__(self, *, grace_s: float) -> None:
        self._grace_s = grace_s
        self._running: list[Supervised] = []
        self._is_asked = threading.Event()
        self._is_pressed = threading.Event()
        self._handlers: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._handlers[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        (self._is_pressed if self._is_asked.is_set() else self._is_asked).set()

    @property
    def is_asked_to_stop(self) -> bool:
        """Whether Ctrl-C or SIGTERM has come."""
        return self._is_asked.is_set()

    def start(
        self, name: str, command: Sequence[str], *, environment: Mapping[str, str], log: Path | None = None
    ) -> None:
        """Start a process; it reads nothing from the terminal.

        Args:
            name: What messages call it.
            command: Program and arguments.
            environment: All of its environment.
            log: File that its output is appended to; None leaves it on ours.
        """

        def launch() -> subprocess.Popen[bytes]:
            with log.open("ab") if log else nullcontext() as output:
                return subprocess.Popen(  # noqa: S603 - our own commands
                    command,
                    env=dict(environment),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )

        self._running.append(Supervised(name, launch(), launch))

    def wait(self) -> None:
        """Wait until asked to stop.

        Raises:
            Defect: One of the processes ended by itself.
        """
        while not self._is_asked.wait(_POLL_S):
            self.check()

    def check(self) -> None:
        """Make sure that all are running; what was killed or broke down is started again.

        Raises:
            Defect: One of them ended by itself, or too often.
        """
        for each in self._running:
            status = each.process.poll()
            if status is not None and not self.is_asked_to_stop and not _start_again(each, status):
                message = f"{each.name}: expected it to run, found that it ended with status {status}"
                raise Defect(message, code=_code_of(status))

    def stop(self) -> None:
        """Ask all to stop, wait for them, and kill what is left of their groups."""
        for each in self._running:
            each.process.terminate()
        deadline = time.monotonic() + self._grace_s
        while self._is_any_running() and time.monotonic() < deadline and not self._is_pressed.wait(_POLL_S):
            pass
        for each in self._running:
            with suppress(ProcessLookupError):
                os.killpg(each.process.pid, signal.SIGKILL)
            each.process.wait()
        self._running.clear()

    def _is_any_running(self) -> bool:
        return any(each.process.poll() is None for each in self._running)


def _start_again(supervised: Supervised, status: int) -> bool:
    """Start anew what a signal or a breakdown ended; an error that it told of would only come again."""
    now = time.monotonic()
    recent = [at for at in supervised.started_again_at if now - at < _WITHIN_S]
    if (status >= 0 and status != BROKEN_DOWN) or len(recent) >= _MOST_TIMES:
        return False
    cause = f"was ended by signal {-status}" if status < 0 else "broke down"
    print(f"{supervised.name} {cause}; it is started again", file=sys.stderr, flush=True)
    with suppress(ProcessLookupError):
        os.killpg(supervised.process.pid, signal.SIGKILL)  # what it had started itself
    supervised.process = supervised.launch()
    supervised.started_again_at = [*recent, now]
    return True


def _code_of(status: int) -> str:
    """Tell from the exit status why one of our own commands ended; it has said so itself before."""
    return next((code for code, known in FAILURE_CODES.items() if known.exit_status == status), "internal_error")


def end_with(parent: int) -> None:
    """Have the kernel end this process when its parent goes, also when that is killed (Linux; elsewhere nothing).

    Args:
        parent: Process id of the parent as the parent knows it: it may have gone before this call.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(0)
