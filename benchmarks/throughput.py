"""How many articles a second, in every way: interleaved rounds, their median, and the ratio to the bare pipeline."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.articles import ArticleSet, count_words, repeat
from benchmarks.command import LOADED_AFTER, run_extract
from benchmarks.installation import Installation
from benchmarks.processes import busy_ticks, cores, others_load
from benchmarks.reader import Reader
from benchmarks.ways import has_cascade
from schemas import Article


@dataclass(frozen=True)
class Took:
    """One run of one way.

    Args:
        seconds: By the clock.
        cpu_s: Of the processor, all processes together.
        others: Cores that other programs used meanwhile.
    """

    seconds: float
    cpu_s: float
    others: float


LOADS = 8
"""Articles after which a process has loaded what loads late."""
Run = Callable[[Sequence[Article]], Took]


def measure(articles: ArticleSet, *, model: str, rounds: int, queued: int) -> list[dict[str, Any]]:
    """Measure every way on one core and on two.

    Args:
        articles: What is read.
        model: accurate or small.
        rounds: How often each way has its turn.
        queued: Articles through the queue and through the command in one turn.
    """
    rows: list[dict[str, Any]] = []
    for number in (1, 2):
        if number > len(cores(number)):
            continue
        for language in articles.articles:
            with _ways_in_process(number, language, model) as ways:
                rows += _measure(ways, articles.articles[language], rounds, LOADS, language=language, cores=number)
        mixed = list(repeat(articles.mixed(), queued, prefix="b"))
        with _ways_of_the_service(number, model) as ways:
            rows += _measure(ways, mixed, max(2, rounds // 2), LOADED_AFTER * number, language="both", cores=number)
    return rows


def _measure(
    ways: dict[str, Run], articles: Sequence[Article], rounds: int, warm_up: int, **key: Any
) -> list[dict[str, Any]]:
    for run in ways.values():
        run(articles[:warm_up])  # what loads late is loaded, and each way has met as many words
    took: dict[str, list[Took]] = {name: [] for name in ways}
    for number in range(rounds):
        turn = list(ways) if number % 2 == 0 else list(reversed(ways))
        for name in turn:
            took[name].append(ways[name](articles))
    words = sum(count_words(each) for each in articles)
    rows = [_row(name, runs, took["bare"], len(articles), words) for name, runs in took.items()]
    return [{**key, **row} for row in rows]


def _row(name: str, runs: Sequence[Took], bare: Sequence[Took], articles: int, words: int) -> dict[str, Any]:
    """Give medians; the ratios are taken round by round, since a machine is not always as fast."""
    seconds = statistics.median(each.seconds for each in runs)
    cpu_s = statistics.median(each.cpu_s for each in runs)
    return {
        "way": name,
        "articles": articles,
        "words": words,
        "articles_per_s": articles / seconds,
        "words_per_s": words / seconds,
        "articles_per_cpu_s": articles / cpu_s,
        "ratio": statistics.median(b.seconds / r.seconds for b, r in zip(bare, runs, strict=True)),
        "ratio_cpu": statistics.median(b.cpu_s / r.cpu_s for b, r in zip(bare, runs, strict=True)),
        "others_cores": statistics.median(each.others for each in runs),
        "seconds": [round(each.seconds, 3) for each in runs],
    }


@contextmanager
def _ways_in_process(number: int, language: str, model: str) -> Iterator[dict[str, Run]]:
    names = ["bare", "full", *(["cascade"] if has_cascade() else [])]
    if language == "en":
        names.append("en_core_web_sm")
    with ExitStack() as stack:
        readers = [stack.enter_context(Reader(core, model=model)) for core in sorted(cores(number))]
        yield {name: _reading(readers, name) for name in names}


def _reading(readers: Sequence[Reader], way: str) -> Run:
    def run(articles: Sequence[Article]) -> Took:
        before = busy_ticks()
        for number, reader in enumerate(readers):
            reader.begin(way, articles[number :: len(readers)] or articles[:1])
        ends = [reader.end() for reader in readers]
        seconds, cpu_s = max(each["seconds"] for each in ends), sum(each["cpu_s"] for each in ends)
        return Took(seconds, cpu_s, others_load(cpu_s, seconds, before, busy_ticks()))

    return run


@contextmanager
def _ways_of_the_service(number: int, model: str) -> Iterator[dict[str, Run]]:
    """The whole way, and the command with as many processes; the bare pipeline beside them reads both languages."""
    with ExitStack() as stack:
        readers = [stack.enter_context(Reader(core, model=model)) for core in sorted(cores(number))]
        installation = stack.enter_context(Installation(children=number, on_cores=number, DEPESCHE_MODEL=model))
        yield {
            "bare": _both_languages(_reading(readers, "bare")),
            "command": lambda articles: run_extract(articles, processes=number, model=model),
            "queue": lambda articles: through_queue(installation, articles),
        }


def _both_languages(run: Run) -> Run:
    def both(articles: Sequence[Article]) -> Took:
        parts = [run([a for a in articles if a.language == language]) for language in ("de", "en")]
        seconds = sum(each.seconds for each in parts)
        return Took(seconds, sum(each.cpu_s for each in parts), max(each.others for each in parts))

    return both


_turn = iter(range(1_000_000))


def through_queue(installation: Installation, articles: Sequence[Article]) -> Took:
    """Send articles in over HTTP as one batch, and wait until each has its result on the stream."""
    turn = next(_turn)
    fresh = [each.model_copy(update={"id": f"q{turn}-{number}"}) for number, each in enumerate(articles)]
    lines = b"".join(each.model_dump_json(exclude_none=True).encode() + b"\n" for each in fresh)
    before, began_cpu = busy_ticks(), installation.cpu_s()
    began_s = _now(installation)
    answer = installation.send_lines(lines)
    if answer.status_code != 202:
        raise RuntimeError(f"the batch was answered with {answer.status_code}: {answer.text[:200]}")
    installation.wait_until_idle()
    seconds = _last_result_s(installation) - began_s
    cpu_s = installation.cpu_s() - began_cpu
    return Took(seconds, cpu_s, others_load(cpu_s, seconds, before, busy_ticks()))


def _now(installation: Installation) -> float:
    seconds, micros = installation.ledger.client.time()
    return float(seconds) + float(micros) / 1e6


def _last_result_s(installation: Installation) -> float:
    """Give when the last result was published, by the clock of the server."""
    ((entry, _),) = installation.ledger.client.xrevrange("depesche:results", count=1)
    return int(str(entry).partition("-")[0]) / 1000


def as_lines(articles: Sequence[Article]) -> str:
    """Give articles as JSON Lines."""
    return "".join(json.dumps(each.model_dump(mode="json", exclude_none=True)) + "\n" for each in articles)
