"""The stable failure codes, read from ``failure_codes.toml``: family, exit status, meaning and remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from pydantic import Field

from .errors import Family
from .model import Closed, NonEmpty


class FailureCode(Closed):
    """What a code means and what mends it."""

    family: Family
    exit_status: int = Field(ge=1, le=125)
    meaning: NonEmpty
    remedy: NonEmpty


def load_failure_codes() -> Mapping[str, FailureCode]:
    """Read the table, in the order of the file."""
    text = (files(__package__) / "failure_codes.toml").read_text(encoding="utf-8")
    return MappingProxyType({code: FailureCode.model_validate(entry) for code, entry in tomllib.loads(text).items()})


FAILURE_CODES = load_failure_codes()
"""Every failure code by its name."""
