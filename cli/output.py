"""The three ways to write results: JSON Lines, one JSON document, or a table for people."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Literal, Protocol

from cli.engine.done import Extracted
from cli.screen import Screen
from schemas.article import Article

Format = Literal["json", "jsonl", "table"]


class Writer(Protocol):
    """Writes result by result."""

    def write(self, extracted: Extracted, article: Article | None) -> None:
        """Write one result."""

    def close(self) -> None:
        """Write what belongs at the end."""


def build_writer(output_format: Format | None, screen: Screen, *, is_batch: bool) -> Writer:
    """Choose the writer.

    Args:
        output_format: As asked for; else JSON Lines for a batch and JSON for one article.
        screen: Where to write.
        is_batch: There may be many results.
    """
    chosen = output_format or ("jsonl" if is_batch else "json")
    set_up_stdout(is_json=chosen != "table")
    if chosen == "table":
        return _TableWriter(screen)
    if chosen == "jsonl":
        return _JsonLinesWriter(screen)
    return _JsonArrayWriter(screen) if is_batch else _JsonWriter(screen)


def set_up_stdout(*, is_json: bool) -> None:
    """Have JSON written as UTF-8 wherever it goes, and a table not stop at a sign that the terminal lacks."""
    reconfigure: Callable[..., None] | None = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is None:
        return
    if is_json:
        reconfigure(encoding="utf-8")
    else:
        reconfigure(errors="replace")


def as_json(extracted: Extracted, *, indent: int | None = None) -> str:
    """Write a result as JSON, with the evidence beside the events where there is any."""
    if not extracted.evidence:
        return extracted.result.model_dump_json(indent=indent)
    evidence = {key: [vars(item) for item in items] for key, items in extracted.evidence.items()}
    return extracted.result.model_copy(update={"evidence": evidence}).model_dump_json(indent=indent)


class _JsonLinesWriter:
    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def write(self, extracted: Extracted, article: Article | None) -> None:
        del article
        self._screen.out(as_json(extracted) + "\n")

    def close(self) -> None:
        """Nothing follows the last line."""


class _JsonWriter:
    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def write(self, extracted: Extracted, article: Article | None) -> None:
        del article
        self._screen.out(as_json(extracted, indent=2) + "\n")

    def close(self) -> None:
        """One document stands alone."""


class _JsonArrayWriter:
    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._is_first = True

    def write(self, extracted: Extracted, article: Article | None) -> None:
        del article
        self._screen.out(("[\n" if self._is_first else ",\n") + as_json(extracted, indent=2))
        self._is_first = False

    def close(self) -> None:
        """Close the array, or write an empty one."""
        self._screen.out("[]\n" if self._is_first else "\n]\n")


class _TableWriter:
    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def write(self, extracted: Extracted, article: Article | None) -> None:
        from cli.table.article import print_result  # noqa: PLC0415 - the frames of rich, needed here alone

        self._screen.out(print_result(extracted.result, article, evidence=extracted.evidence))

    def close(self) -> None:
        """Nothing follows the last panel."""
