"""Writes the measured figures of the time layer into its reference page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- figures: python -m evaluation.times -->", "<!-- end of figures -->"
MEASURES = ("strict", "relaxed", "value", "interval")
# HeidelTime with TreeTagger, measured once on the same documents by the same scorer.
HEIDELTIME = {
    "krauts_dev": {"strict": 70.5, "relaxed": 80.2, "value": 64.6, "interval": 72.3},
    "tbaq_dev": {"strict": 84.7, "relaxed": 91.1, "value": 80.1, "interval": 84.4},
}
TITLES = {
    "krauts_dev": "German news (KRAUTS, {} documents)",
    "tbaq_dev": "English news (TimeBank and AQUAINT, {} documents)",
}


def write_page(page: Path, figures: Mapping[str, Any]) -> str:
    """Replace the figures between the marks of the page.

    Args:
        page: A Markdown file with both marks.
        figures: As results/times.json holds them.

    Returns:
        The tables, for the terminal.

    Raises:
        ValueError: A mark is missing.
    """
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page.name}: expected the marks {BEGIN!r} and {END!r}")
    tables = "\n".join(_tables(figures))
    page.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", encoding="utf-8")
    return tables


def _tables(figures: Mapping[str, Any]) -> Iterator[str]:
    for name, title in TITLES.items():
        corpus = figures[name]
        yield f"{title.format(corpus['documents'])}, {corpus['expressions']} expressions, F1:\n"
        yield "| | " + " | ".join(MEASURES) + " |"
        yield "|---" * (len(MEASURES) + 1) + "|"
        yield _row("dateparser.search", corpus["dateparser.search"])
        yield _row("HeidelTime with TreeTagger", HEIDELTIME[name])
        yield _row("**Depesche**", corpus["depesche"])
        share = 100 * corpus["answered_by_dateparser"] / max(1, corpus["dated"])
        yield (
            f"\n{corpus['characters_a_second']:,} characters a CPU second; "
            f"of the dated expressions {share:.0f} % are normalised by `dateparser.parse`, the others by the grammar.\n"
        )
    items = figures["items"]
    yield (
        f"Hand-made list: German {items['de exact']} of {items['de expressions']} exact, "
        f"English {items['en exact']} of {items['en expressions']}; {items['false hits in them']} false hits in "
        f"{items['sentences without a time']} sentences without a time. HeidelTime: 64 % and 86 %, 6 false hits."
    )


def _row(name: str, scores: Mapping[str, float]) -> str:
    return f"| {name} | " + " | ".join(f"{scores[measure]:.1f}" for measure in MEASURES) + " |"
