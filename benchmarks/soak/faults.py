"""The faults: each is done to one part of the plant, lasts a while, and is taken back."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from benchmarks.soak.plant import FAKETIME, Part, Plant

Fault = Callable[["Plant", "random.Random"], None]

JUMPS_S: Final = (-3_600, -30, 45, 600)


@dataclass(frozen=True)
class Kind:
    """A fault by its name, and how often it comes compared with the others."""

    name: str
    weight: int
    do: Fault


def kill_child(plant: Plant, chance: random.Random) -> None:
    """Kill a process that extracts."""
    children = [pid for worker in plant.workers for pid in worker.children()]
    if children:
        with suppress(ProcessLookupError):
            os.kill(chance.choice(children), signal.SIGKILL)


def kill_worker(plant: Plant, chance: random.Random) -> None:
    """Kill a worker with all its processes, and start another one."""
    _replace(chance.choice(plant.workers), signal.SIGKILL)


def stop_worker(plant: Plant, chance: random.Random) -> None:
    """Stop a worker as Docker does, and start another one."""
    _replace(chance.choice(plant.workers), signal.SIGTERM)


def kill_gateway(plant: Plant, _chance: random.Random) -> None:
    """Kill the gateway, and start another one."""
    _replace(plant.gateway, signal.SIGKILL)


def kill_redis(plant: Plant, chance: random.Random) -> None:
    """Kill Redis; it comes back from its append-only file."""
    plant.redis.end()
    time.sleep(chance.uniform(0, 5))
    plant.start()


def freeze_worker(plant: Plant, chance: random.Random) -> None:
    """Let a worker stand still, longer than its articles may take."""
    _freeze(chance.choice(plant.workers), chance.uniform(2, 20))


def freeze_redis(plant: Plant, chance: random.Random) -> None:
    """Let Redis stand still: connections stay open, nothing answers."""
    _freeze(plant.redis, chance.uniform(2, 12))


def fill_disk(plant: Plant, chance: random.Random) -> None:
    """Leave Redis no room to write down what it does; with fsync always it ends rather than forget."""
    filler = plant.disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 65_536)
    time.sleep(chance.uniform(2, 8))
    filler.unlink()
    plant.start()


def jump_clock(plant: Plant, chance: random.Random) -> None:
    """Let the clock of Redis or of a worker jump, and back again after a while."""
    part = chance.choice([plant.redis, *plant.workers])
    part.jump(chance.choice(JUMPS_S))
    time.sleep(chance.uniform(3, 10))
    part.jump(0)


def kinds(plant: Plant) -> tuple[Kind, ...]:
    """Give the faults that can be done on this machine."""
    found = [
        Kind("child killed", 6, kill_child),
        Kind("worker killed", 4, kill_worker),
        Kind("worker stopped by SIGTERM", 3, stop_worker),
        Kind("gateway killed", 3, kill_gateway),
        Kind("Redis killed", 4, kill_redis),
        Kind("worker frozen", 3, freeze_worker),
        Kind("Redis frozen", 3, freeze_redis),
    ]
    if plant.is_small_disk:
        found.append(Kind("disk of Redis full", 2, fill_disk))
    if FAKETIME is not None:
        found.append(Kind("clock jumped", 3, jump_clock))
    return tuple(found)


def _replace(part: Part, number: signal.Signals) -> None:
    part.end(number)
    part.start()


def _freeze(part: Part, seconds: float) -> None:
    part.send(signal.SIGSTOP)
    time.sleep(seconds)
    part.send(signal.SIGCONT)
