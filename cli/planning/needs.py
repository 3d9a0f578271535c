"""What an installation needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from cli.planning.measured import Measured
from cli.planning.waiting import processes_for, time_to_result
from ledger.settings import DAY_S, LedgerSettings
from schemas.errors import Invalid

MIB: Final = 1024 * 1024
BUSY_SERVER: Final = 0.6
"""Share of a core that one gateway or one Redis may need in the busiest hour."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked for.

    Attributes:
        articles_per_day: How many.
        p99_s: 99 of 100 are to be done in so many seconds.
        peak: How many times as many come in the busiest hour as on average.
        words: Of an article; None for those that were measured.
        speed: Of a core, to the one that was measured.
        outage_s: So long the workers may be away without an article being refused, in seconds.
        children: Processes of one worker.
    """

    articles_per_day: float
    p99_s: float
    peak: float = 2.0
    words: float | None = None
    speed: float = 1.0
    outage_s: float = 3_600.0
    children: int = 2


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What it takes.

    Attributes:
        peak_per_s: Articles a second in the busiest hour.
        processes: That extract, each with a core.
        workers: That they are in.
        busy: Share of the busiest hour that they work.
        p50_s: Half of the articles are done in so many seconds then.
        p99_s: 99 of 100.
        catch_up_s: How long it takes to work off what came in an outage, on average hours.
        worker_mib: Memory of one worker.
        redis_mib: What is in Redis, by what it is.
        maxmemory_mib: Its setting, with the room that Depesche keeps free.
        lean_maxmemory_mib: The same with results kept for an hour and records for a day, or as long as set if shorter.
        redis_machine_mib: Memory of its machine: it needs as much again while it rewrites its file.
        redis_cores: Busy in the busiest hour; there can be one at most.
        gateways: How many.
        http_mbit_s: In, over HTTP, in the busiest hour.
        redis_mbit_s: In and out of Redis then.
        stream_s: How long a message stays on the streams.
        waiting_per_process: Articles that may wait for each process without missing the time: what to scale on.
    """

    peak_per_s: float
    processes: int
    workers: int
    busy: float
    p50_s: float
    p99_s: float
    catch_up_s: float
    worker_mib: float
    redis_mib: dict[str, float]
    maxmemory_mib: float
    lean_maxmemory_mib: float
    redis_machine_mib: float
    redis_cores: float
    gateways: int
    http_mbit_s: float
    redis_mbit_s: float
    stream_s: float
    waiting_per_process: int


def plan(wish: Wish, measured: Measured, settings: LedgerSettings) -> Needs:
    """Calculate what it takes.

    Args:
        wish: What is asked for.
        measured: Of one article.
        settings: How long things are kept.

    Raises:
        Invalid: With code ``settings_invalid``: one article alone takes longer than is allowed.
    """
    longer = wish.words / measured.mean_words if wish.words else 1.0
    service_s = [each * longer / wish.speed for each in measured.service_times()]
    mean_per_s = wish.articles_per_day / DAY_S
    rate = mean_per_s * wish.peak
    processes = processes_for(rate_per_s=rate, service_s=service_s, p99_s=wish.p99_s)
    if processes is None:
        alone = time_to_result(0.99, rate_per_s=0.0, service_s=service_s, processes=1)
        raise Invalid(
            f"--p99: expected at least {alone:.1f} s, which 99 of 100 articles take without waiting, found "
            f"{wish.p99_s:g} s",
            code="settings_invalid",
        )
    mean_s = sum(service_s) / len(service_s)
    times = {
        share: time_to_result(share, rate_per_s=rate, service_s=service_s, processes=processes) for share in (0.5, 0.99)
    }
    workers = math.ceil(processes / wish.children)
    redis = _redis_mib(wish, measured, settings, longer=longer, mean_per_s=mean_per_s)
    maxmemory = sum(redis.values()) / settings.redis_headroom
    lean = _redis_mib(wish, measured, _lean(settings), longer=longer, mean_per_s=mean_per_s)
    return Needs(
        peak_per_s=rate,
        processes=processes,
        workers=workers,
        busy=rate * mean_s / processes,
        p50_s=times[0.5],
        p99_s=times[0.99],
        catch_up_s=wish.outage_s * mean_per_s / max(1e-9, processes / mean_s - mean_per_s),
        worker_mib=measured.parent_mib + wish.children * measured.child_mib,
        redis_mib=redis,
        maxmemory_mib=maxmemory,
        lean_maxmemory_mib=sum(lean.values()) / settings.redis_headroom,
        redis_machine_mib=2 * maxmemory,
        redis_cores=rate * measured.redis_cpu_s / wish.speed,
        gateways=max(1, math.ceil(rate * measured.gateway_cpu_s / wish.speed / BUSY_SERVER)),
        http_mbit_s=8e-6 * rate * measured.http_bytes * longer,
        redis_mbit_s=8e-6 * rate * (measured.redis_in_bytes + measured.redis_out_bytes) * longer,
        stream_s=_stream_s(measured, settings, mean_per_s=mean_per_s),
        waiting_per_process=max(1, int((wish.p99_s - times[0.5]) / mean_s)),
    )


def _lean(settings: LedgerSettings) -> LedgerSettings:
    shorter = {
        "result_lifetime_s": min(3_600.0, settings.result_lifetime_s),
        "record_lifetime_s": min(float(DAY_S), settings.record_lifetime_s),
    }
    return settings.model_copy(update=shorter)


def _redis_mib(
    wish: Wish, measured: Measured, settings: LedgerSettings, *, longer: float, mean_per_s: float
) -> dict[str, float]:
    on_streams = mean_per_s * _stream_s(measured, settings, mean_per_s=mean_per_s)
    counted = {
        "waiting": wish.outage_s * mean_per_s * wish.peak * measured.waiting_bytes * longer,
        "results": settings.result_lifetime_s * mean_per_s * measured.result_bytes * longer,
        "records": settings.record_lifetime_s * mean_per_s * measured.record_bytes,
        "streams": on_streams * measured.stream_bytes * longer,
    }
    return {name: size / MIB for name, size in counted.items()}


def _stream_s(measured: Measured, settings: LedgerSettings, *, mean_per_s: float) -> float:
    """Give how long a message is kept: by its age, or until the hard cap is reached."""
    return min(settings.stream_lifetime_s, settings.stream_max_entries / (mean_per_s * measured.stream_entries))
