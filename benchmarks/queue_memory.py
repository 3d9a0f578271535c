"""Shows that Redis' memory does not depend on how many articles have passed.

    python -m benchmarks.queue_memory --articles 50000 --quick

Starts a server and workers of its own, with lifetimes of two seconds, sends short articles through in ten equal parts,
and looks at the memory that Redis uses after each, once what has a lifetime is gone. With ``--quick`` the extraction
takes no time and finds two events in each article; without, it is the small model. Exit status 1 when it has grown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ledger import EmbeddedServer, LedgerSettings, RedisLedger
from producer import Client
from schemas import Article
from schemas.names import KEY_LEASES, KEY_WORKER

RESULTS = Path(__file__).parent / "results" / "queue_memory.json"
LIFETIME_S = 2
PARTS = 10
ALLOWED_GROWTH = 200_000
"""Bytes; buffers of connections and the allocator come and go."""
SENTENCES = (
    "Am Dienstag trafen sich Außenministerin Nora Feldt und der Minister Luca Arnaud in Bern zu Gesprächen.",
    "Die Regierung bot an, im kommenden Monat über die Fangquoten zu verhandeln.",
    "Ein Sprecher sagte, die Präsidentin werde am 3. Mai nach Wien reisen.",
)


def main() -> int:
    """Run the benchmark and print the figures."""
    options = _read_options()
    with tempfile.TemporaryDirectory() as folder, EmbeddedServer(Path(folder) / "redis") as server:
        environment = {**os.environ, **_settings(server.url, folder, options.processes)}
        ledger = RedisLedger.open(LedgerSettings(), url=server.url)
        log = Path(folder) / "worker.log"
        with _worker(environment, log, is_quick=options.quick) as worker:
            _wait_until(lambda: ledger.client.keys(f"{KEY_WORKER}*") or worker.poll() is not None, 120)
            if worker.poll() is not None:
                sys.exit(log.read_text(encoding="utf-8"))
            started = time.monotonic()
            part = options.articles // PARTS
            used = [_pass(server.url, ledger, range(n * part, (n + 1) * part)) for n in range(PARTS)]
            seconds = time.monotonic() - started
        failed = len(Client(server.url).failures())
    speed = options.articles / seconds
    print(f"articles {options.articles}, failed {failed}, {speed:.0f}/s with {options.processes} processes")
    print(f"memory after each tenth, in bytes: {', '.join(f'{each:,}' for each in used)}")
    figures = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "articles": options.articles,
        "failed": failed,
        "extraction": "none, two events each" if options.quick else "small model",
        "articles_per_s": round(speed),
        "bytes_after_each_tenth": used,
    }
    options.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0 if used[-1] - used[0] <= ALLOWED_GROWTH and not failed else 1


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Memory of Redis against articles passed.")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="An extraction that takes no time.")
    parser.add_argument("--out", type=Path, default=RESULTS, help="Where the figures go, as JSON.")
    return parser.parse_args()


def _settings(url: str, folder: str, processes: int) -> dict[str, str]:
    lifetimes = ("RESULT_LIFETIME_S", "RECORD_LIFETIME_S", "STREAM_LIFETIME_S")
    return {
        **{f"DEPESCHE_{name}": str(LIFETIME_S) for name in lifetimes},
        "DEPESCHE_TRIM_EVERY_S": "1",
        "DEPESCHE_REDIS_URL": url,
        "DEPESCHE_MODEL": "small",
        "DEPESCHE_CONCURRENCY": str(processes),
        "DEPESCHE_HEARTBEAT_FILE": f"{folder}/heartbeat",
        "DEPESCHE_LOG_LEVEL": "warning",
    }


@contextmanager
def _worker(environment: dict[str, str], log_path: Path, *, is_quick: bool) -> Iterator[subprocess.Popen[bytes]]:
    app = ["celery", "--quiet", "-A", "benchmarks.quick_app", "worker", "--without-gossip", "--without-mingle"]
    command = [sys.executable, "-m", *(app if is_quick else ["worker.service"])]
    with log_path.open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own commands
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)


def _pass(url: str, ledger: RedisLedger, numbers: range) -> int:
    """Send articles through; gives the memory in use once everything that has a lifetime is gone."""
    with Client(url) as client:
        for _ in client.submit_many(_article(number) for number in numbers):
            pass
    _wait_until(lambda: ledger.client.zcard(KEY_LEASES) == 0, 3_600)
    _wait_until(lambda: _is_settled(ledger), 60)
    return int(ledger.client.info("memory")["used_memory"])


def _article(number: int) -> Article:
    text = f"Meldung {number}. {SENTENCES[number % 3]} {SENTENCES[(number + 1) % 3]}"
    return Article(id=f"m-{number}", text=text, language="de", published="2025-11-05")


def _is_settled(ledger: RedisLedger) -> bool:
    """Look at every key: that lets go of those whose time is over."""
    kept = [
        key for key in ledger.client.scan_iter("depesche:*", count=1_000) if ":article:" in key or ":result:" in key
    ]
    return not kept and all(ledger.client.xlen(stream) == 0 for stream in ("depesche:events", "depesche:results"))


def _wait_until(condition: Callable[[], object], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {timeout_s:g} s")
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
