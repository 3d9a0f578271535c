"""Scores as tables that a person reads: per field, per type, and the errors by kind."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evaluation.scoring import Scores

PAIRS = ("event", "mentions", "participants", "exact names", "place", "sources")
RATES = ("role", "kind", "stage", "time value", "time relation", "factuality")


def score_tables(sets: Mapping[str, Scores]) -> RenderableType:
    """Set one column for each set of articles: F1 with precision and recall, accuracies, and what must stay low."""
    return Group(_fields(sets), Text(), _types(sets))


def _fields(sets: Mapping[str, Scores]) -> Table:
    table = Table(title="By field: F1 (precision / recall), accuracy", title_justify="left")
    table.add_column("field")
    for name in sets:
        table.add_column(name, justify="right")
    for key in PAIRS:
        table.add_row(key, *(_triple(scores, key) for scores in sets.values()))
    table.add_section()
    for key in RATES:
        table.add_row(key, *(f"{scores.accuracy(key):.3f}" for scores in sets.values()))
    table.add_section()
    table.add_row("times invented", *(f"{scores.invented_times:.3f}" for scores in sets.values()))
    table.add_row("topic overlap", *(f"{scores.topic_overlap:.3f}" for scores in sets.values()))
    table.add_row("trap hits", *(str(scores.trap_hits) for scores in sets.values()))
    return table


def _triple(scores: Scores, key: str) -> str:
    counts = scores.pairs[key]
    return f"{counts.f1:.3f} ({counts.precision:.2f} / {counts.recall:.2f})"


def _types(sets: Mapping[str, Scores]) -> Table:
    table = Table(title="Events by type: F1 (precision / recall)", title_justify="left")
    table.add_column("type")
    for name in sets:
        table.add_column(name, justify="right")
    for event_type in sorted({key for scores in sets.values() for key in scores.by_type}):
        row = []
        for scores in sets.values():
            counts = scores.by_type[event_type]
            row.append(f"{counts.f1:.3f} ({counts.precision:.2f} / {counts.recall:.2f})")
        table.add_row(event_type, *row)
    return table


def mistake_table(scores: Scores, *, kind: str | None = None) -> Table:
    """List the errors, most frequent kinds first; of one kind where it is named."""
    order = [name for name, _ in scores.kinds_of_mistakes()]
    table = Table(title="Errors", title_justify="left")
    for column in ("kind", "article", "expected", "found"):
        table.add_column(column, overflow="fold")
    for mistake in sorted(scores.mistakes, key=lambda m: order.index(m.kind)):
        if kind is None or mistake.kind.startswith(kind):
            # As text: a bracket in a found wording is no markup.
            table.add_row(mistake.kind, mistake.article_id, Text(mistake.expected), Text(mistake.found))
    return table


def as_data(scores: Scores) -> dict[str, float]:
    """Give every figure by its name, rounded to four digits, for files and floors."""
    figures: dict[str, float] = {}
    for key in PAIRS:
        counts = scores.pairs[key]
        figures |= {f"{key} P": counts.precision, f"{key} R": counts.recall, f"{key} F1": counts.f1}
    figures |= {key: scores.accuracy(key) for key in RATES}
    figures |= {
        "times invented": scores.invented_times,
        "topic overlap": scores.topic_overlap,
        "trap hits": scores.trap_hits,
    }
    return {key: round(value, 4) for key, value in figures.items()}
