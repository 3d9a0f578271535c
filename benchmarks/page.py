"""Writes the measured figures into docs/reference/benchmarks.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.plots import LANGUAGES, NAMES

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "benchmarks.md"
BEGIN, END = "<!-- figures: make bench -->", "<!-- end of figures -->"
PICTURE = "../../benchmarks/results/{}.png"
BUSY_CORES = 0.2
"""From so much work of other programs on, figures by the clock say little."""


def write_page(figures: Mapping[str, Any], *, keep: bool) -> str:
    """Put the figures between the marks of the page.

    Args:
        figures: As the results file holds them.
        keep: False prints only.

    Returns:
        The tables, for the terminal.

    Raises:
        ValueError: A mark is missing.
    """
    tables = "\n".join(line for name, section in SECTIONS.items() if name in figures for line in section(figures[name]))
    if keep:
        before, begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            raise ValueError(f"{PAGE.name}: expected the marks {BEGIN!r} and {END!r}")
        PAGE.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")
    return tables


def _head(title: str, section: Mapping[str, Any], picture: str | None = None) -> Iterator[str]:
    about = section["about"]
    words = {
        language: f"{about['words'][language]:,} words in {about['counts'][language]}" for language in about["words"]
    }
    yield f"\n## {title}\n"
    yield (
        f"{about['at']}, {about['articles']} ({words['de']} German, {words['en']} English ones), {about['pipeline']}, "
        f"{about['cores']} cores ({about['processor']}), Python {about['python']}, spaCy {about['spacy']}; load of the "
        f"machine at the end {about['load']:.0f}"
        + (": other programs had most of it, so figures by the clock say little.\n" if _is_shared(about) else ".\n")
    )
    if picture is not None:
        yield f"![{title}]({PICTURE.format(picture)})\n"


def _is_shared(about: Mapping[str, Any]) -> bool:
    """Tell whether far more was running than what was measured."""
    return bool(about["load"] > about["cores"] + 2)


def _throughput(section: Mapping[str, Any]) -> Iterator[str]:
    rows = section["figures"]
    yield from _head("Articles a second", section, "throughput")
    yield (
        "The ratio is to the bare pipeline in the same run, round by round (median), by seconds of the processor and "
        "by the clock.\n"
    )
    yield "| language | cores | way | articles/s | words/s | per core-second | ratio (processor) | ratio (clock) |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows:
        yield (
            f"| {LANGUAGES[row['language']]} | {row['cores']} | {NAMES[row['way']]} | {row['articles_per_s']:.1f} | "
            f"{row['words_per_s']:,.0f} | {row['articles_per_cpu_s']:.1f} | {row['ratio_cpu']:.2f} | "
            f"{row['ratio']:.2f} |"
        )
    yield from _busy(max(row["others_cores"] for row in rows))


def _first(section: Mapping[str, Any]) -> Iterator[str]:
    yield from _head("Words met for the first time", section)
    yield (
        "A fresh process on one core, after its first eight articles: what is found of a word is kept, and here hardly "
        "any word has been met. A stream of news lies between this and the table above.\n"
    )
    yield "| language | way | articles per core-second | words per core-second | ratio (processor) |"
    yield "|---|---|---|---|---|"
    for row in section["figures"]:
        yield (
            f"| {LANGUAGES[row['language']]} | {NAMES[row['way']]} | {row['articles_per_cpu_s']:.1f} | "
            f"{row['words_per_cpu_s']:,.0f} | {row['ratio_cpu']:.2f} |"
        )


def _busy(others: float) -> Iterator[str]:
    if others > BUSY_CORES:
        yield (
            f"\nOther programs used up to {others:.1f} cores of the machine meanwhile: go by the processor's seconds; "
            "by the clock everything is slower here than on a machine of its own."
        )


def _steps(section: Mapping[str, Any]) -> Iterator[str]:
    yield from _head("Where the time goes", section, "steps")
    ways = list(dict.fromkeys(row["way"] for row in section["figures"]))
    shares = {(row["way"], row["step"]): row["share"] for row in section["figures"]}
    steps = dict.fromkeys(row["step"] for row in section["figures"])
    yield "| step | " + " | ".join(NAMES[way] for way in ways) + " |"
    yield "|---|" + "---|" * len(ways)
    for step in steps:
        found = [shares.get((way, step), 0.0) for way in ways]
        if max(found) >= 0.005:
            yield f"| {step} | " + " | ".join(f"{100 * share:.1f} %" for share in found) + " |"


def _memory(section: Mapping[str, Any]) -> Iterator[str]:
    yield from _head("Memory of a worker", section, "memory")
    yield "| processes | worker (PSS) | to one process | parent | own memory of each process | gateway | Redis |"
    yield "|---|---|---|---|---|---|---|"
    for row in section["figures"]:
        yield (
            f"| {row['children']} | {row['pss_mib']:.0f} MiB | {row['ratio']:.2f} × | "
            f"{row['parent_pss_mib']:.0f} MiB | {row['child_private_mib']:.0f} MiB | "
            f"{row['gateway_pss_mib']:.0f} MiB | {row['server_pss_mib']:.0f} MiB |"
        )


def _lengths(section: Mapping[str, Any]) -> Iterator[str]:
    yield from _head("Length of the article", section, "lengths")
    yield "| way | words | seconds of one core | per word, to the shortest |"
    yield "|---|---|---|---|"
    for row in section["figures"]:
        yield f"| {NAMES[row['way']]} | {row['words']:,} | {row['cpu_s']:.3f} | {row['per_word_to_shortest']:.2f} × |"


def _latency(section: Mapping[str, Any]) -> Iterator[str]:
    found = section["figures"]
    yield from _head("Time to the result", section, "latency")
    yield (
        "From the request to the result on the stream; a worker with two processes, which do "
        f"{found['articles_per_s']:.1f} articles/s. Articles come at random.\n"
    )
    yield "| | articles/s | p50 | p99 |"
    yield "|---|---|---|---|"
    names = {
        "alone": "news alone, a tenth of the load",
        "beside_a_backfill": f"the same, {found['beside_a_backfill']['backfill']:,} articles of a corpus under way",
        "half_load": "news alone, half of the load",
    }
    for key, name in names.items():
        row = found[key]
        yield f"| {name} | {row['rate_per_s']:.1f} | {row['p50_s']:.2f} s | {row['p99_s']:.2f} s |"
    yield f"\nBeside the corpus the p99 of news is {found['p99_ratio']:.2f} × as long."
    yield from _busy(max(found[key]["others_cores"] for key in names))


def _depth(section: Mapping[str, Any]) -> Iterator[str]:
    yield from _head("A long queue", section, "depth")
    yield "| articles that wait | handed in, articles/s | Redis, per article | POST | submit, start, finish | sweep |"
    yield "|---|---|---|---|---|---|"
    for row in section["figures"]:
        yield (
            f"| {row['waiting']:,} | {row['submitted_per_s']:,.0f} | {row['bytes_per_article']:,.0f} bytes | "
            f"{row['post_ms']:.1f} ms | {row['start_and_finish_ms']:.1f} ms | {row['sweep_ms']:.1f} ms |"
        )


def _batch(section: Mapping[str, Any]) -> Iterator[str]:
    found = section["figures"]
    yield from _head("One batch over HTTP", section)
    yield (
        f"{found['articles']:,} articles ({found['bytes'] / 1e6:.1f} MB) as one NDJSON request: accepted at "
        f"{found['accepted_per_s']:,.0f} articles/s; the gateway's own memory grew by {found['growth_mib']:.1f} MiB at "
        f"most; {found['lost']} lost, {found['failed']} failed, {found['twice']} twice."
    )


SECTIONS: dict[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "throughput": _throughput,
    "first": _first,
    "steps": _steps,
    "memory": _memory,
    "lengths": _lengths,
    "latency": _latency,
    "depth": _depth,
    "batch": _batch,
}
