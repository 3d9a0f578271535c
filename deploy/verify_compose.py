"""Shows on running services that three workers share the work, and that neither a stop nor a kill loses any.

For a test installation only: it stops and kills services, and what it submits appears in the streams.

    docker compose -p check up -d --build --scale worker=3
    DC="docker compose" P=check python3 deploy/verify_compose.py
    docker compose -p check down -v

It needs Python alone on this machine; the command ``depesche`` it takes from the image.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

WORKERS = 3
SHORT = 1
LONG = 60
"""Paragraphs of an article that takes a worker some tenths of a second: about 1,900 words."""
PATIENCE_S = 240
"""A killed worker's articles come back when their lease has run out: about a minute for long ones."""

PARAGRAPH = (
    "Außenministerin Nora Feldt und ihr Kollege Luca Arnaud haben sich am Dienstag in Bern zu Gesprächen getroffen. "
    "Die Straße am Hafen war am Abend wieder frei, und die Fähren fuhren nach Plan. "
)

PUBLISHED = """
import json
from collections import Counter
from ledger.connection import open_redis
from ledger.settings import LedgerSettings
from schemas.names import STREAM_EVENTS, STREAM_RESULTS
client = open_redis(LedgerSettings())
for stream in (STREAM_RESULTS, STREAM_EVENTS):
    subjects = Counter(json.loads(entry["event"])["subject"] for _, entry in client.xrange(stream))
    print(json.dumps(subjects))
"""
"""Runs in the image: how many results and events were published under each article id."""


class NotShownError(Exception):
    """What was to be shown did not happen."""


def expect(holds: bool, message: str) -> None:  # noqa: FBT001 - reads like an assertion
    """Stop with a sentence where something does not hold."""
    if not holds:
        raise NotShownError(message)


@dataclass(frozen=True)
class Container:
    """A container as the engine sees it."""

    name: str
    state: str
    health: str
    exit_code: int


@dataclass(frozen=True)
class Services:
    """The compose project under test.

    Args:
        command: How compose is called.
        project: Its project name.
    """

    command: tuple[str, ...]
    project: str

    def compose(self, *words: str, stdin: str | None = None, check: bool = True) -> str:
        """Run compose and give what it prints."""
        done = subprocess.run(  # noqa: S603 - the caller's own compose
            [*self.command, "-p", self.project, *words],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL if stdin is None else None,
        )
        if check and done.returncode != 0:
            last = " | ".join(done.stderr.strip().splitlines()[-5:])
            raise NotShownError(f"compose {' '.join(words[:6])}: exit status {done.returncode}: {last}")
        return done.stdout

    def containers(self, service: str) -> list[Container]:
        """List the containers of a service, stopped ones too."""
        lines = self.compose("ps", "--all", "--format", "json", service).splitlines()
        return [
            Container(each["Name"], each["State"], each["Health"], each["ExitCode"]) for each in map(json.loads, lines)
        ]

    def depesche(self, *words: str, stdin: str, check: bool = True) -> list[dict[str, object]]:
        """Run a command of Depesche in a container of its own and read its JSON Lines."""
        # One article per message, so that all workers get some.
        options = ("run", "--rm", "-T", "--no-deps", "-e", "DEPESCHE_MESSAGE_MAX_ARTICLES=1", "worker")
        return [json.loads(line) for line in self.compose(*options, *words, stdin=stdin, check=check).splitlines()]

    def published(self, ids: list[str]) -> tuple[Counter[str], Counter[str]]:
        """Count the entries of the streams of results and of events by article."""
        options = ("run", "--rm", "-T", "--no-deps", "--entrypoint", "python", "worker", "-c")
        counts = [json.loads(line) for line in self.compose(*options, PUBLISHED).splitlines()]
        results, events = (Counter({key: each[key] for key in ids if key in each}) for each in counts)
        return results, events

    def workers_of(self, ids: list[str]) -> Counter[str]:
        """Count by worker the articles it published, from the logs."""
        wanted, counts = set(ids), Counter[str]()
        for line in self.compose("logs", "--no-color", "worker").splitlines():
            name, _, entry = line.partition("|")
            if '"published"' in entry and json.loads(entry)["article_id"] in wanted:
                counts[name.strip()] += 1
        return counts


@dataclass(frozen=True)
class Batch:
    """Articles of one step: their ids begin alike.

    Args:
        prefix: Of the ids.
        size: How many.
        paragraphs: Length of each.
    """

    prefix: str
    size: int
    paragraphs: int
    ids: list[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", [f"{self.prefix}-{number:03}" for number in range(self.size)])

    def as_lines(self) -> str:
        """Give the articles as JSON Lines."""
        article = {"language": "de", "published": "2025-11-05", "text": PARAGRAPH * self.paragraphs}
        return "".join(json.dumps({"id": each, **article}, ensure_ascii=False) + "\n" for each in self.ids)


def wait_until(holds: Callable[[], bool], what: str, *, timeout_s: float) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + timeout_s
    while not holds():
        expect(time.monotonic() < deadline, f"{what}: not within {timeout_s:g} s")
        time.sleep(0.5)


def wait_until_healthy(services: Services) -> None:
    """Wait until Redis and the three workers are well."""

    def is_well() -> bool:
        found = [each.health for name in ("redis", "worker") for each in services.containers(name)]
        return found == ["healthy"] * (1 + WORKERS)

    wait_until(is_well, f"redis and {WORKERS} workers healthy", timeout_s=120)


def await_results(services: Services, batch: Batch) -> str:
    """Wait for the results of a batch and check them; submitting again what is known starts nothing twice."""
    options = ("submit", "--wait", "--timeout", str(PATIENCE_S), "--format", "jsonl", "-")
    found = services.depesche(*options, stdin=batch.as_lines(), check=False)  # its exit status repeats what is counted
    expect([each["article_id"] for each in found] == batch.ids, f"expected {batch.size} results, found {len(found)}")
    events = {str(each["article_id"]): len(list(each["events"])) for each in found}  # type: ignore[call-overload]
    expect(all(events.values()), "expected an event in each article, found articles without")
    results_published, events_published = services.published(batch.ids)
    expect(results_published == Counter(batch.ids), "expected each result published once")
    expect(events_published == Counter(events), "expected each event published once")
    return f"{batch.size} results, {sum(events.values())} events, each published once"


def submit_and_wait_for_first(services: Services, batch: Batch) -> int:
    """Submit a batch and return as soon as some of it is done; gives how many."""
    services.depesche("submit", "-", stdin=batch.as_lines())
    wait_until(lambda: bool(services.workers_of(batch.ids)), "first results", timeout_s=60)
    done = services.workers_of(batch.ids).total()
    expect(done < batch.size, "the work was over before it could be disturbed: nothing is shown")
    return done


def show_sharing(services: Services) -> str:
    """Thirty short articles: as many results, from all three workers."""
    batch = Batch("share", 30, SHORT)
    found = await_results(services, batch)
    shares = services.workers_of(batch.ids)
    expect(len(shares) == WORKERS, f"expected {WORKERS} workers at work, found {dict(shares)}")
    expect(shares.total() == batch.size, f"expected {batch.size} articles in the logs, found {dict(shares)}")
    return f"{found}; " + ", ".join(f"{name} {count}" for name, count in sorted(shares.items()))


def show_stop(services: Services) -> str:
    """All workers are stopped in the middle of the work and started again: nothing is lost, nothing twice."""
    batch = Batch("stop", 60, LONG)
    submit_and_wait_for_first(services, batch)
    began = time.monotonic()
    services.compose("stop", "worker")
    took = time.monotonic() - began
    codes = [each.exit_code for each in services.containers("worker")]
    expect(codes == [0] * WORKERS, f"expected all workers to end by themselves (0), found exit codes {codes}")
    done = services.workers_of(batch.ids).total()
    expect(done < batch.size, "the work was over before the workers stopped: nothing is shown")
    services.compose("start", "worker")
    return f"stopped in {took:.1f} s with {done} of {batch.size} done, exit codes 0; " + await_results(services, batch)


def show_kill(services: Services) -> str:
    """A worker and Redis are killed in the middle of the work and come back by themselves: nothing is lost."""
    batch = Batch("kill", 40, LONG)
    done = submit_and_wait_for_first(services, batch)
    for target in (("--index", "1", "worker"), ("redis",)):
        # Everything in the container but its first process, which then ends as after a crash.
        services.compose("exec", "-T", *target, "sh", "-c", "kill -9 -1", check=False)
    began = time.monotonic()
    wait_until_healthy(services)
    found = await_results(services, batch)
    return f"killed with {done} of {batch.size} done; {found}, {time.monotonic() - began:.0f} s later"


def run(services: Services) -> Iterator[str]:
    """Show one thing after the other."""
    wait_until_healthy(services)
    yield f"healthy: redis and {WORKERS} workers"
    yield "shared: " + show_sharing(services)
    yield "stop in the middle of work: " + show_stop(services)
    yield "kill -9 of a worker and of redis: " + show_kill(services)


def main() -> int:
    """Print a line per thing shown; exit status 1 when one does not hold."""
    services = Services(tuple(shlex.split(os.environ.get("DC", "docker compose"))), os.environ.get("P", "depesche"))
    began = time.monotonic()
    try:
        for line in run(services):
            print(f"ok    {line}", flush=True)
    except NotShownError as error:
        print(f"FAIL  {error}", flush=True)
        print(services.compose("logs", "--no-color", "--tail", "15", check=False))
        return 1
    print(f"all shown in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
