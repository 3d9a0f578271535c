"""The one label scheme that every pipeline's documents follow after loading."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_TABLE = tomllib.loads((files(__package__) / "scheme.toml").read_text(encoding="utf-8"))

RELATIONS: frozenset[str] = frozenset(_TABLE["relations"])
"""The dependency relations, as UD version 2 names them; the root of a sentence is ROOT, as spaCy writes it."""

NAME_LABELS: frozenset[str] = frozenset(_TABLE["name_labels"])
"""The labels of ``doc.ents``."""
