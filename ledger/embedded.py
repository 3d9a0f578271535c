"""A Redis server of our own, for one machine without one: started, found again and stopped by its process id."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ledger.ended_with_parent import tied
from ledger.errors import EmbeddedServerBroken
from ledger.server_binary import find_server_binary
from ledger.server_state import (
    DEFAULT_DATA_DIR,
    HOST,
    STATE_FILE,
    ServerState,
    answers,
    is_alive,
    read_state,
    write_state,
)

ORPHAN_S: Final = 0.5
"""How long a server whose owner was killed may take to end by itself, before it is taken over."""

LOG_FILE: Final = "server.log"


class EmbeddedServer:
    """A Redis or Valkey server that lives in a folder the user can see.

    Starting it twice in the same folder uses the one that runs, and only the process that started it stops it
    (or, where that process is gone, the next one that comes). On Linux it also ends when that process is killed.

    Args:
        data_dir: Where its append-only file, its log and ``server.json`` are.
        port: On 127.0.0.1; a free one when left out.
        appendfsync: ``everysec``, or ``always`` for those who must survive power loss.
        arguments: More arguments for the server.

    Example::

        with EmbeddedServer() as server:
            client = producer.Client(server.url)
    """

    def __init__(
        self,
        data_dir: Path = DEFAULT_DATA_DIR,
        *,
        port: int | None = None,
        appendfsync: str = "everysec",
        arguments: Sequence[str] = (),
    ) -> None:
        self.data_dir = data_dir.absolute()
        self._port = port
        self._appendfsync = appendfsync
        self._arguments = tuple(arguments)
        self._state: ServerState | None = None
        self._is_owner = False
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address of the running server.

        Raises:
            EmbeddedServerBroken: It was not started.
        """
        return self._running().url

    @property
    def pid(self) -> int:
        """Process id of the running server.

        Raises:
            EmbeddedServerBroken: It was not started.
        """
        return self._running().pid

    @property
    def is_owner(self) -> bool:
        """True when ``stop`` will stop the server; False when another process started it."""
        return self._is_owner

    def _running(self) -> ServerState:
        if self._state is None:
            raise EmbeddedServerBroken(f"the server in {self.data_dir} was not started")
        return self._state

    def start(self, *, timeout_s: float = 15.0) -> str:
        """Start the server, or join the one that runs in this folder, and wait until it answers.

        Returns:
            Its address.

        Raises:
            ServerBinaryMissing: There is no server to start.
            EmbeddedServerBroken: It ended at once, or does not answer in time; the message quotes its log.
        """
        _make_folder(self.data_dir)
        with _locked(self.data_dir):
            state = read_state(self.data_dir)
            if state is not None and not _exists(state.owner):
                orphan = state
                wait_for(lambda: not is_alive(orphan), ORPHAN_S)  # it is most likely about to end as well
            if state is not None and is_alive(state):
                self._is_owner = self._is_owner or not _exists(state.owner)
                if self._is_owner:
                    state = ServerState(state.pid, state.port, os.getpid())
                    write_state(self.data_dir, state)
            else:
                state = self._launch(timeout_s)
                self._is_owner = True
                write_state(self.data_dir, state)
        self._state = state
        return state.url

    def _launch(self, timeout_s: float) -> ServerState:
        binary = find_server_binary()
        port = self._port or free_port()
        with (self.data_dir / LOG_FILE).open("ab") as log:
            # A session of its own: Ctrl-C reaches the workers first, and they still need their broker.
            self._process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
                tied([str(binary), *self._command_line(port)]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.data_dir,
                start_new_session=True,
            )
        state = ServerState(self._process.pid, port, os.getpid())
        try:
            self._wait_until_ready(state, timeout_s)
        except BaseException:
            _end(state.pid, self._process)
            raise
        return state

    def _command_line(self, port: int) -> list[str]:
        options = {
            "bind": HOST,
            "port": str(port),
            "dir": str(self.data_dir),
            "appendonly": "yes",
            "appendfsync": self._appendfsync,
            "maxmemory-policy": "noeviction",
            "save": "",  # the append-only file is the copy on disk
        }
        return [*(part for name, value in options.items() for part in (f"--{name}", value)), *self._arguments]

    def _wait_until_ready(self, state: ServerState, timeout_s: float) -> None:
        process = self._process
        started = wait_for(
            lambda: answers(state.port) or (process is not None and process.poll() is not None), timeout_s
        )
        if process is not None and process.poll() is not None:
            raise EmbeddedServerBroken(
                f"the server ended at once; its log in {self.data_dir} says: {self._last_words()}"
            )
        if not started:
            raise EmbeddedServerBroken(
                f"expected an answer of the server on port {state.port} within {timeout_s:g} s, "
                f"found none; its log in {self.data_dir} says: {self._last_words()}"
            )

    def _last_words(self) -> str:
        lines = (self.data_dir / LOG_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
        return " | ".join(line.strip() for line in lines[-3:] if line.strip()) or "nothing"

    def stop(self) -> None:
        """Stop the server if this process started it; its data stays in the folder."""
        state, self._state = self._state, None
        if state is None or not self._is_owner:
            return
        self._is_owner = False
        with _locked(self.data_dir):
            _end(state.pid, self._process)
            (self.data_dir / STATE_FILE).unlink(missing_ok=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def free_port() -> int:
    """Give a port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], bool], timeout_s: float, *, every_s: float = 0.02) -> bool:
    """Wait until a condition holds; False when it did not in time."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(every_s)
    return True


def _make_folder(data_dir: Path) -> None:
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise EmbeddedServerBroken(f"expected a folder at {data_dir}, found: {error.strerror}") from error


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server of a folder."""
    with (data_dir / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _end(pid: int, process: subprocess.Popen[bytes] | None) -> None:
    """Ask the server to write down everything and end; after ten seconds end it."""
    for signal_number, patience_s in ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal_number)
        if wait_for(lambda: _is_gone(pid, process), patience_s):
            return


def _is_gone(pid: int, process: subprocess.Popen[bytes] | None) -> bool:
    if process is not None and process.pid == pid:
        return process.poll() is not None
    with suppress(ChildProcessError):  # one of ours that another object started: nobody else would collect it
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    return not _exists(pid)
