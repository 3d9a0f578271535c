"""Hands on what ``depesche plan`` calculates with: it ships with the package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "cli" / "planning" / "measured.json"


def keep_for_planning(figures: Mapping[str, Any]) -> None:
    """Write the figures of one article, where they were measured."""
    if "service" not in figures or "memory" not in figures:
        return
    about, first = figures["service"]["about"], figures["memory"]["figures"][0]
    found = {
        **{name: about[name] for name in ("processor", "at", "pipeline")},
        **figures["service"]["figures"],
        "parent_mib": first["parent_pss_mib"],
        "child_mib": first["pss_mib"] - first["parent_pss_mib"],
    }
    rounded = {key: _rounded(value) for key, value in found.items()}
    FILE.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


def _rounded(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value
