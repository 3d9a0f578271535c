"""Broker, workers and gateway on this machine: what ``up`` and ``demo`` start and stop."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from cli.supervision import Supervision
from ledger import EmbeddedServer, RedisLedger
from ledger.connection import shown
from schemas.errors import Transient
from schemas.names import KEY_WORKER
from worker.service.settings import WorkerSettings

if TYPE_CHECKING:
    from cli.stack_gateway import StackGateway

MARGIN_S: Final = 15
"""Beyond the patience of a worker that stops: its children, its connections."""
_LOOK_S: Final = 0.1


@dataclass(frozen=True)
class StackOptions:
    """What to start.

    Attributes:
        redis_url: A Redis that runs; None starts a broker.
        workers: How many.
        data: Folder of the broker's data and of the workers' signs of life; None takes that of the settings, where
            every other command looks for a broker.
        port: Of the broker; None takes a free one.
        log: File for what the workers log; None is standard error.
        gateway: The gateway to start beside them; None starts none.
    """

    redis_url: str | None
    workers: int
    data: Path | None = None
    port: int | None = None
    log: Path | None = None
    gateway: StackGateway | None = None


class Stack:
    """Broker, workers and gateway; entering starts them, leaving stops the broker last."""

    def __init__(self, options: StackOptions, settings: WorkerSettings) -> None:
        self._options = options
        self._settings = settings
        self._supervision = Supervision(grace_s=settings.stop_patience_s + MARGIN_S)
        self.broker_dir = options.data / "redis" if options.data else settings.data_dir
        self._server = None if options.redis_url else EmbeddedServer(self.broker_dir, port=options.port)
        self.url = options.redis_url or ""

    @property
    def shown_url(self) -> str:
        """The broker's URL without password."""
        return shown(self.url)

    @property
    def is_asked_to_stop(self) -> bool:
        """Whether Ctrl-C or SIGTERM has come."""
        return self._supervision.is_asked_to_stop

    def __enter__(self) -> Self:
        self._supervision.__enter__()
        try:
            self.url = self._server.start() if self._server else self.url
            for number in range(1, self._options.workers + 1):
                self._start_worker(number)
            if self._options.gateway is not None:
                self._start_gateway(self._options.gateway)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        self._supervision.stop()
        for number in range(1, self._options.workers + 1):
            self._heartbeat(number).unlink(missing_ok=True)
        if self._server is not None:
            self._server.stop()
        self._supervision.__exit__(None, None, None)

    def _start_worker(self, number: int) -> None:
        name = _worker_name(number)
        command = (
            *(sys.executable, "-P", "-m", "cli", "worker"),
            *("--name", name, "--parent", str(os.getpid())),
        )
        self._supervision.start(
            f"worker {number}", command, environment=self._worker_environment(number), log=self._options.log
        )

    def _start_gateway(self, gateway: StackGateway) -> None:
        defaults = {**gateway.defaults(self._folder), "DEPESCHE_GATEWAY_LOG_FORMAT": self._log_format}
        environment = self._environment(defaults)
        self._supervision.start("gateway", gateway.command, environment=environment, log=self._options.log)

    def _worker_environment(self, number: int) -> dict[str, str]:
        share = max(1, (os.cpu_count() or 1) // self._options.workers)
        defaults = {
            "DEPESCHE_CONCURRENCY": str(self._settings.concurrency or share),
            "DEPESCHE_LOG_FORMAT": self._log_format,
        }
        return self._environment(defaults) | {"DEPESCHE_HEARTBEAT_FILE": str(self._heartbeat(number))}

    def _environment(self, defaults: Mapping[str, str]) -> dict[str, str]:
        given = {key: value for key, value in os.environ.items() if value or not key.startswith("DEPESCHE_")}
        return {**defaults, **given, "DEPESCHE_REDIS_URL": self.url}

    @property
    def _log_format(self) -> str:
        return "console" if sys.stderr.isatty() and self._options.log is None else "json"

    @property
    def _folder(self) -> Path:
        return self.broker_dir.absolute().parent

    def _heartbeat(self, number: int) -> Path:
        return self._folder / f"worker-{number}.heartbeat"

    def wait_until_ready(self, *, timeout_s: float) -> None:
        """Wait until every worker takes articles and the gateway answers, or until asked to stop.

        Raises:
            Defect: One of them ended by itself.
            Transient: They were not ready in time.
        """
        deadline = time.monotonic() + timeout_s
        ledger = RedisLedger.open(self._settings, url=self.url)
        try:
            self._wait_for(lambda: self._names() <= _alive(ledger), f"{self._options.workers} workers", deadline)
        finally:
            ledger.close()
        if self._options.gateway is not None:
            self._wait_for(self._options.gateway.is_live, "the gateway", deadline)

    def _wait_for(self, condition: Callable[[], bool], what: str, deadline: float) -> None:
        while not self.is_asked_to_stop and not condition():
            self._supervision.check()
            if time.monotonic() > deadline:
                raise Transient(f"{what}: expected ready in time, found that it takes longer", code="wait_timeout")
            time.sleep(_LOOK_S)

    def _names(self) -> set[str]:
        return {_worker_name(number) for number in range(1, self._options.workers + 1)}

    def check(self) -> None:
        """Make sure that all is running.

        Raises:
            Defect: A worker or the gateway ended by itself.
            KeyboardInterrupt: Ctrl-C or SIGTERM has come.
        """
        if self.is_asked_to_stop:
            raise KeyboardInterrupt
        self._supervision.check()

    def wait(self) -> None:
        """Wait until asked to stop.

        Raises:
            Defect: A worker ended by itself.
        """
        self._supervision.wait()


def _worker_name(number: int) -> str:
    return f"up-{os.getpid()}-{number}"


def _alive(ledger: RedisLedger) -> set[str]:
    keys: Sequence[str] = list(ledger.client.scan_iter(f"{KEY_WORKER}*", count=1000))
    return {key.removeprefix(KEY_WORKER).partition("@")[0] for key in keys}
