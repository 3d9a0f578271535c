"""A whole installation for measuring: server, worker and gateway as processes, in a folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import httpx

from benchmarks.processes import cpu_s, family, pin
from gateway.listening import listen
from ledger import EmbeddedServer, LedgerSettings, RedisLedger
from schemas.names import KEY_LEASES, KEY_WORKER

READY_WITHIN_S = 120.0


class Installation:
    """Enter it to start, leave it to stop.

    Args:
        children: Processes of the worker that extract; 0 starts no worker.
        on_cores: Cores for everything together; None for all.
        app: Of the worker: a Celery app by its module, with the folder it is in; None for the real one.
        variables: Settings.
    """

    def __init__(
        self, *, children: int, on_cores: int | None = None, app: tuple[str, Path] | None = None, **variables: str
    ) -> None:
        self._children = children
        self._cores = on_cores
        self._app = app
        self._variables = variables
        self._stack = ExitStack()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="depesche-bench-")))
            self.server = stack.enter_context(EmbeddedServer(self.folder / "redis"))
            self.url = self.server.url
            if self._cores:
                pin(self.server.pid, self._cores)
            self.ledger = RedisLedger.open(LedgerSettings(), url=self.url)
            stack.callback(self.ledger.close)
            stack.callback(self._stop)
            self._start_all()
            self.http = stack.enter_context(httpx.Client(base_url=self.base, timeout=600))
            self._wait_until_ready()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _start_all(self) -> None:
        with listen("127.0.0.1", 0) as free:
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        self._start("gateway", [sys.executable, "-P", "-m", "cli", "gateway"], DEPESCHE_GATEWAY_PORT=str(port))
        if self._children:
            command = ["-m", "worker.service"]
            search = [str(Path(__file__).parents[1])]
            if self._app is not None:
                name, folder = self._app
                command = ["-m", "celery", "-A", name, "worker", "--without-gossip", "--without-mingle"]
                search.insert(0, str(folder))
            self._start("worker", [sys.executable, *command], PYTHONPATH=os.pathsep.join(search))

    def _start(self, name: str, command: list[str], **variables: str) -> None:
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("DEPESCHE_")},
            "DEPESCHE_REDIS_URL": self.url,
            "DEPESCHE_INDEX_PATH": str(self.folder / "index.sqlite3"),
            "DEPESCHE_HEARTBEAT_FILE": str(self.folder / "heartbeat"),
            "DEPESCHE_CONCURRENCY": str(max(1, self._children)),
            "DEPESCHE_LOG_LEVEL": "warning",
            "DEPESCHE_GATEWAY_LOG_LEVEL": "warning",
            "DEPESCHE_GATEWAY_MAX_WAITING": "1000000",
            "OMP_NUM_THREADS": "1",
            "REMAP_SIGTERM": "SIGQUIT",
            **self._variables,
            **variables,
        }
        log = (self.folder / f"{name}.log").open("wb")
        self._stack.callback(log.close)
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own modules
        if self._cores:
            pin(process.pid, self._cores)
        self.processes[name] = process

    def _wait_until_ready(self) -> None:
        self.wait_until(self._answers, READY_WITHIN_S, "the gateway")
        if self._children:
            self.wait_until(lambda: self.ledger.client.keys(f"{KEY_WORKER}*"), READY_WITHIN_S, "the worker")

    def _answers(self) -> bool:
        try:
            return self.http.get("/health/live").status_code == 200
        except httpx.TransportError:
            return False

    def wait_until(self, condition: Callable[[], object], timeout_s: float, what: str) -> None:
        """Wait for something.

        Raises:
            RuntimeError: A process ended, or it takes too long.
        """
        deadline = time.monotonic() + timeout_s
        while not condition():
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise RuntimeError(f"{name} ended: {(self.folder / f'{name}.log').read_text(encoding='utf-8')}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"{what}: not within {timeout_s:g} s")
            time.sleep(0.02)

    def wait_until_idle(self, timeout_s: float = 3_600) -> None:
        """Wait until no article waits or is under way."""
        self.wait_until(lambda: self.ledger.client.zcard(KEY_LEASES) == 0, timeout_s, "all results")

    def send_lines(self, lines: bytes, *, queue: str = "backfill") -> Any:
        """Hand in a batch over HTTP; gives the answer."""
        return self.http.post(
            f"/v1/articles?queue={queue}", content=lines, headers={"content-type": "application/x-ndjson"}
        )

    @property
    def pids(self) -> list[int]:
        """Everything that runs: server, gateway, worker and its children."""
        return [self.server.pid, *(pid for each in self.processes.values() for pid in family(each.pid))]

    def cpu_s(self) -> float:
        """Give the processor time that all have used so far."""
        return cpu_s(self.pids)

    def _stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
