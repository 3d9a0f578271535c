"""What the faults are done to: a Redis on a small disk, workers and a gateway, each a process that can be replaced."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from ledger.embedded import free_port
from ledger.server_binary import find_server_binary
from ledger.server_state import answers

DISK_MIB: Final = 512
SLEEP: Final = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds)\n"
"""libfaketime lets each time.sleep of Python fail; a worker would end for no fault of its own."""
FAKETIME: Final = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)
WORKERS: Final = 2
PATIENCE: Final = {
    # Faults heal within seconds, so that many of them fit into a soak.
    "DEPESCHE_ARTICLE_TIMEOUT_S": "10",
    "DEPESCHE_LEASE_MARGIN_S": "6",
    "DEPESCHE_HANG_GRACE_S": "4",
    "DEPESCHE_MAX_ATTEMPTS": "6",
    "DEPESCHE_RETRY_DELAY_S": "1",
    "DEPESCHE_RESEND_AFTER_S": "10",
    "DEPESCHE_SWEEP_EVERY_S": "1",
    "DEPESCHE_STOP_PATIENCE_S": "5",
    "DEPESCHE_MESSAGE_MAX_LIMIT_S": "120",
    "DEPESCHE_MODEL": "small",
    "DEPESCHE_CONCURRENCY": "2",
    "DEPESCHE_LOG_LEVEL": "warning",
    "DEPESCHE_GATEWAY_ACCESS": "open",
}


class Part:
    """A process and how to start it again."""

    def __init__(self, name: str, command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> None:
        self.name = name
        self._command = list(command)
        self._log = folder / f"{name}.log"
        self._clock = folder / f"{name}.clock"
        self._clock.write_text("+0", encoding="ascii")
        self._environment = {**environment, **self._faked_clock(folder / "clock")}
        self._process: subprocess.Popen[bytes] | None = None

    def _faked_clock(self, folder: Path) -> dict[str, str]:
        if FAKETIME is None:
            return {}
        folder.mkdir(exist_ok=True)
        (folder / "sitecustomize.py").write_text(SLEEP, encoding="ascii")  # read by each Python at its start
        return {
            "PYTHONPATH": os.pathsep.join((str(folder), os.environ.get("PYTHONPATH", ""))).rstrip(os.pathsep),
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self._clock),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_CACHE_DURATION": "1",
        }

    def start(self) -> None:
        """Start it unless it runs."""
        if self.is_running:
            return
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own commands
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def is_running(self) -> bool:
        """Whether it runs, or stands still."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process id; 0 before its start."""
        return self._process.pid if self._process is not None else 0

    def children(self) -> list[int]:
        """Give the processes that it started."""
        with suppress(OSError):
            return [int(each) for each in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]
        return []

    def send(self, number: signal.Signals) -> None:
        """Send a signal to it and all it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def end(self, number: signal.Signals = signal.SIGKILL, *, patience_s: float = 30) -> None:
        """End it; what does not go by itself is killed."""
        if self._process is None:
            return
        if number is signal.SIGTERM:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience_s)
        self.send(signal.SIGKILL)
        self._process.wait()

    def jump(self, seconds: int) -> None:
        """Let its clock jump, and stay there."""
        self._clock.write_text(f"{seconds:+d}", encoding="ascii")


class Plant:
    """All of it, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.disk = folder / "disk"
        self.disk.mkdir()
        self.is_small_disk = _mount(self.disk)
        self.port, self.gateway_port = free_port(), free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        environment = {key: value for key, value in os.environ.items() if not key.startswith("DEPESCHE_")}
        environment |= {**PATIENCE, "DEPESCHE_REDIS_URL": self.url, "OMP_NUM_THREADS": "1"}
        self.redis = Part("redis", self._redis_command(), folder=folder, environment=environment)
        self.workers = [
            Part(
                f"worker-{number}",
                [sys.executable, "-P", "-m", "worker.service", "--hostname", f"soak-{number}@%h"],
                folder=folder,
                environment={**environment, "DEPESCHE_HEARTBEAT_FILE": str(folder / f"worker-{number}.heartbeat")},
            )
            for number in range(WORKERS)
        ]
        gateway = {
            "DEPESCHE_GATEWAY_PORT": str(self.gateway_port),
            "DEPESCHE_INDEX_PATH": str(folder / "index.sqlite3"),
        }
        self.gateway = Part(
            "gateway",
            [sys.executable, "-P", "-m", "cli", "gateway"],
            folder=folder,
            environment={**environment, **gateway},
        )

    def _redis_command(self) -> list[str]:
        options = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": str(self.disk),
            "appendonly": "yes",
            "appendfsync": "always",
            "maxmemory-policy": "noeviction",
            "save": "",
        }
        return [str(find_server_binary()), *(part for name, value in options.items() for part in (f"--{name}", value))]

    def start(self) -> None:
        """Start what does not run, Redis first."""
        self.redis.start()
        wait_until(lambda: answers(self.port), 60, "Redis")
        for each in (*self.workers, self.gateway):
            each.start()

    def stop(self, *, keep: bool = False) -> None:
        """End everything and give the disk back; what Redis wrote down stays in the folder if ``keep``."""
        for each in (self.gateway, *self.workers, self.redis):
            each.send(signal.SIGCONT)
        for each in (self.gateway, *self.workers, self.redis):
            each.end()
        if keep:
            shutil.copytree(self.disk, self.disk.with_name("redis-data"))
        if self.is_small_disk:
            subprocess.run(["umount", str(self.disk)], check=False)  # noqa: S603, S607 - our own mount


def wait_until(condition: Callable[[], object], timeout_s: float, what: str) -> None:
    """Wait for a condition.

    Raises:
        TimeoutError: It did not come true in time.
    """
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            msg = f"{what}: not within {timeout_s:g} s"
            raise TimeoutError(msg)
        time.sleep(0.1)


def _mount(folder: Path) -> bool:
    """Give the folder a small disk of its own, where that is allowed."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "depesche-soak", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 - no shell
