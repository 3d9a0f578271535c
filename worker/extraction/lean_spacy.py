"""Spares whoever imports spaCy its command line, which it brings along for the one function ``spacy.info``.

That command line imports requests, httpx, jinja2, typer and 360 more modules: a third of the time that spaCy takes to
import (0.17 of 0.52 s, 2026-11, spaCy 3.8.18). ``spacy.cli`` is imported as ever by whoever asks for it.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import ModuleType
from typing import Any

_COMMANDS = "spacy.cli"
_INFO = "spacy.cli.info"


def spare_commands() -> None:
    """Let the next import of spaCy do without its commands; does nothing where it is imported already."""
    if "spacy" not in sys.modules and not any(isinstance(finder, _SpacyFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _SpacyFinder())


class _SpacyFinder(MetaPathFinder):
    """Finds spaCy where it is, and gives way."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Find spaCy alone."""
        del path, target
        if fullname != "spacy":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _SpacyLoader(spec.loader.name, spec.loader.path)
        return spec


class _SpacyLoader(SourceFileLoader):
    """Loads spaCy with something light where its command line would be."""

    def exec_module(self, module: ModuleType) -> None:
        """Load it, and leave no trace of what stood in."""
        commands, info = ModuleType(_COMMANDS), ModuleType(_INFO)
        commands.__path__ = []
        info.info = _info  # type: ignore[attr-defined] # a module takes any attribute
        sys.modules.update({_COMMANDS: commands, _INFO: info})
        try:
            super().exec_module(module)
        finally:
            sys.modules.pop(_INFO, None)
            sys.modules.pop(_COMMANDS, None)


def _info(*args: Any, **options: Any) -> Any:
    """``spacy.info``: tell about spaCy or a pipeline."""
    from spacy.cli.info import info  # noqa: PLC0415 - this is what takes so long

    return info(*args, **options)
