"""The Lua scripts of the ledger: each one atomic step, timed by the server's clock."""

from __future__ import annotations

from importlib.resources import files


def read_script(name: str) -> str:
    """Read a script by its name, without ``.lua``."""
    return (files(__package__) / f"{name}.lua").read_text(encoding="utf-8")
