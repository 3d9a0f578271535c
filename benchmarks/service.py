"""What ``depesche plan`` calculates with: seconds of extraction per article, and bytes per article here and there."""

from __future__ import annotations

from typing import Any

from benchmarks.articles import ArticleSet, count_words, repeat
from benchmarks.installation import Installation
from benchmarks.processes import cpu_s, family
from schemas import Article
from schemas.names import KEY_ARTICLE, KEY_RESULT, STREAM_EVENTS, STREAM_RESULTS

SHARES = [0.0, 0.05, *(n / 10 for n in range(1, 10)), 0.95, 0.99, 1.0]


def measure(articles: ArticleSet, *, model: str, count: int) -> dict[str, Any]:
    """Send articles through a worker with one process, and take what is needed from what it leaves."""
    chosen = list(repeat(articles.mixed(), count, prefix="s"))
    with Installation(children=0, DEPESCHE_MODEL=model) as installation:
        client = installation.ledger.client
        installation.send_lines(_lines(list(repeat(articles.mixed(), 64, prefix="warm"))))
        empty = _memory(client)
        installation.send_lines(_lines(chosen))
        waiting = (_memory(client) - empty) / count
    with Installation(children=1, on_cores=1, DEPESCHE_MODEL=model) as installation:
        client = installation.ledger.client
        installation.send_lines(_lines(list(repeat(articles.mixed(), 32, prefix="warm"))))
        installation.wait_until_idle()
        began, network = _cpu(installation), _network(client)
        installation.send_lines(_lines(chosen))
        installation.wait_until_idle()
        cpu = {name: (now - began[name]) / count for name, now in _cpu(installation).items()}
        in_bytes, out_bytes = (now - then for now, then in zip(_network(client), network, strict=True))
        kept = _kept(client)
    words = [count_words(each) for each in chosen]
    mean_words = sum(words) / len(words)
    by_length = sorted(cpu["worker"] * each / mean_words for each in words)
    return {
        "mean_words": mean_words,
        "shares": SHARES,
        "service_s": [round(_quantile(by_length, share), 4) for share in SHARES],
        "gateway_cpu_s": cpu["gateway"],
        "redis_cpu_s": cpu["redis"],
        "http_bytes": len(_lines(chosen)) / count,
        "redis_in_bytes": in_bytes / count,
        "redis_out_bytes": out_bytes / count,
        "waiting_bytes": waiting,
        **kept,
    }


def _cpu(installation: Installation) -> dict[str, float]:
    found = {name: cpu_s(family(each.pid)) for name, each in installation.processes.items()}
    return {**found, "redis": cpu_s([installation.server.pid])}


def _kept(client: Any) -> dict[str, float]:
    """Give what an article leaves in Redis, by what it is."""
    done = int(client.xlen(STREAM_RESULTS))
    streams = (STREAM_EVENTS, STREAM_RESULTS)
    return {
        "record_bytes": _typical_bytes(client, f"{KEY_ARTICLE}*"),
        "result_bytes": _typical_bytes(client, f"{KEY_RESULT}*"),
        "stream_bytes": sum(int(client.memory_usage(each, samples=0) or 0) for each in streams) / done,
        "stream_entries": max(int(client.xlen(each)) for each in streams) / done,
    }


def _typical_bytes(client: Any, pattern: str) -> float:
    found = [int(client.memory_usage(key, samples=0)) for key in client.scan_iter(pattern, count=1_000)]
    return sum(found) / len(found)


def _lines(articles: list[Article]) -> bytes:
    return b"".join(each.model_dump_json(exclude_none=True).encode() + b"\n" for each in articles)


def _memory(client: Any) -> int:
    return int(client.info("memory")["used_memory"])


def _network(client: Any) -> tuple[int, int]:
    found = client.info("stats")
    return int(found["total_net_input_bytes"]), int(found["total_net_output_bytes"])


def _quantile(rising: list[float], share: float) -> float:
    return rising[min(len(rising) - 1, round(share * (len(rising) - 1)))]
