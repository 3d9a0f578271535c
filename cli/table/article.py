"""One result as a heading and a panel for each event."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.text import Text

from cli.table.event import Look, event_panel
from cli.table.explanation import Evidence
from cli.table.printable import printable_article, printable_result
from schemas.article import Article
from schemas.result import Result

MAX_COLUMNS: Final = 120
"""Longer lines are hard to read."""
_LANGUAGES = {"de": "German", "en": "English"}


def print_result(
    result: Result, article: Article | None = None, *, evidence: Mapping[str, Sequence[Evidence]] | None = None
) -> str:
    """Lay out a result for the terminal that standard output is, or for 80 columns.

    Args:
        result: Of one article.
        article: As submitted, so that sentences can be quoted.
        evidence: By event id, what gave each field its value.
    """
    console = _console()
    look = Look(is_unicode=console.encoding.startswith("utf"))
    with console.capture() as captured:
        for part in _parts(printable_result(result), printable_article(article), look, evidence or {}):
            console.print(part)
    return captured.get()


def _console() -> Console:
    """Measure standard output; what is no terminal gets 80 columns, a very wide one is not filled."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, MAX_COLUMNS)
    return console


def _parts(
    result: Result, article: Article | None, look: Look, evidence: Mapping[str, Sequence[Evidence]]
) -> Iterator[RenderableType]:
    yield Rule(_heading(result, look), align="left", characters="─" if look.is_unicode else "-", style="dim")
    if result.article.title:
        yield Text(" ".join(result.article.title.split()), style="bold")
    for event in result.events:
        yield event_panel(event, article, look=look, evidence=evidence.get(event.id, ()))
    if not result.events:
        yield Text("no event found", style="dim")
    for warning in result.warnings:
        yield Text(f"note: {warning}", style="yellow")
    yield Text("")


def _heading(result: Result, look: Look) -> Text:
    published = result.article.published
    count = len(result.events)
    parts = [
        result.article_id,
        published.isoformat() if published else "no date",
        _LANGUAGES[result.language],
        f"{count} event{'' if count == 1 else 's'}",
    ]
    return Text(f" {look.dot} ".join(parts))
