"""Example articles, German and English: invented events and persons, written for Depesche."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from schemas.article import Article
from schemas.reading import read_article

NAMES: Final = ("beispiel-tunnel", "beispiel-fangquoten", "example-harbour", "example-canal")
"""The files of this folder, German ones first."""


def read_example(name: str) -> Article:
    """Read an example article by its name."""
    file = files(__name__) / f"{name}.json"
    return read_article(file.read_bytes(), where=f"{name}.json")
