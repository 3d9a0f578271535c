"""What is written down about a running server of our own, so that other processes find it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

DEFAULT_DATA_DIR: Final = Path(".depesche/redis")
STATE_FILE: Final = "server.json"
HOST: Final = "127.0.0.1"
BUSY_S: Final = 10.0
"""How long a server that takes connections may be silent before it counts as gone: whoever takes a busy one for dead
starts a second one on the same files."""


@dataclass(frozen=True, slots=True)
class ServerState:
    """What is written down about a running server, so that other processes find it.

    Args:
        pid: Of the server.
        port: On 127.0.0.1.
        owner: Process that started it and will stop it.
    """

    pid: int
    port: int
    owner: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://{HOST}:{self.port}/0"


def running_url(data_dir: Path = DEFAULT_DATA_DIR) -> str | None:
    """Give the address of the server that runs in a folder, if one does."""
    state = read_state(data_dir)
    return state.url if state is not None and is_alive(state) else None


def read_state(data_dir: Path) -> ServerState | None:
    """Read what is written down about the server of a folder; None where nothing readable is."""
    try:
        data = json.loads((data_dir / STATE_FILE).read_text(encoding="utf-8"))
        return ServerState(pid=int(data["pid"]), port=int(data["port"]), owner=int(data["owner"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_state(data_dir: Path, state: ServerState) -> None:
    """Write it down in one step, so that nobody reads half of it."""
    draft = data_dir / f"{STATE_FILE}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(state)) + "\n", encoding="utf-8")
    draft.replace(data_dir / STATE_FILE)


def is_alive(state: ServerState) -> bool:
    """Tell whether the server that was written down is the one that answers on its port.

    The process id is asked of the server itself: after a restart of the machine another program may have the number.
    A server that is gone refuses at once; one that is only busy is waited for.
    """
    with _probe(state.port, timeout_s=BUSY_S) as client:
        try:
            return int(client.info("server")["process_id"]) == state.pid
        except (redis.RedisError, OSError, KeyError):
            return False


def answers(port: int) -> bool:
    """Tell whether the server takes commands; while it loads its file, it does not."""
    with _probe(port) as client:
        try:
            return bool(client.ping())
        except (redis.RedisError, OSError):
            return False


@contextmanager
def _probe(port: int, *, timeout_s: float = 1.0) -> Iterator[redis.Redis]:
    client = redis.Redis(
        host=HOST, port=port, socket_timeout=timeout_s, socket_connect_timeout=timeout_s, retry=Retry(NoBackoff(), 0)
    )
    try:
        yield client
    finally:
        client.close()
