"""Writes docs/reference/settings.md from the settings: ``python -m worker.service.settings_page``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from ledger.settings import LedgerSettings
from worker.service.settings import WorkerSettings

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"
_HEAD: Final = """# Settings

Read once at the start of a process, from environment variables; an empty value counts as not set. Each may also stand
in a file that the variable with `_FILE` behind its name leads to (`DEPESCHE_REDIS_URL_FILE=/run/secrets/redis_url`), as
Docker and Kubernetes hand over secrets; the variable itself wins. A value that is not
allowed ends the process with `settings_invalid` and the name of the variable. `.env.example` lists the same for
`docker compose`. This page is made from the settings classes (`python -m worker.service.settings_page`).

"""
_SHARED: Final = """## Of everybody who talks to the queue
Producers and workers of one installation should have the same values: the producer decides on time limits and which
articles travel together, the worker checks that its broker waits long enough for them.

"""
_WORKER: Final = """## Of a worker
"""


def render() -> str:
    """Give the page."""
    shared = LedgerSettings.model_fields
    own = {name: field for name, field in WorkerSettings.model_fields.items() if name not in shared}
    return f"{_HEAD}{_SHARED}{_table(shared)}\n{_WORKER}\n{_table(own)}"


def shown_default(field: FieldInfo) -> str:
    """Write a default as a user would."""
    value: Any = field.default
    if value is None or value is PydanticUndefined:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _table(fields: dict[str, FieldInfo]) -> str:
    lines = ["| variable | default | |", "|---|---|---|"]
    for name, field in fields.items():
        default = shown_default(field)
        shown = f"`{default}`" if default else "not set"
        lines.append(f"| `DEPESCHE_{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
