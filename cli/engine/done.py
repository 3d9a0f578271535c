"""What became of one input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cli.reading.inputs import Input
from cli.table.explanation import Evidence
from schemas.errors import DepescheError
from schemas.result import Result


@dataclass(frozen=True)
class Extracted:
    """A result, and why its fields have their values where that was asked for."""

    result: Result
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """By event id."""


@dataclass(frozen=True)
class Done:
    """An input and what it gave; None where the input was refused before."""

    input: Input
    outcome: Extracted | DepescheError | None
