"""The extras of the distribution, and the sentence that says which one to install."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODE: Final = "extra_missing"
DISTRIBUTION: Final = "depesche"
OWN_PACKAGES: Final = frozenset({"cli", "consumer", "gateway", "ledger", "producer", "schemas", "worker"})
"""These ship together: one that is missing is a fault of ours, not an extra."""

EXTRA_OF_COMMAND: Final[Mapping[str, str]] = MappingProxyType(
    {
        "extract": "worker",
        "times": "worker",
        "submit": "producer",
        "result": "producer",
        "reextract": "producer",
        "failures": "producer",
        "delete": "producer",
        "watch": "consumer,cli",
        "gateway": "gateway",
        "token": "gateway",
        "intake": "producer",
        "up": "worker,embedded",
        "worker": "worker",
        "demo": "worker,embedded",
        "plan": "producer",
        "schema": "cli",
        "doctor": "cli",
    }
)
"""What brings all that a command needs."""

_REQUIREMENT = re.compile(r"""([\w.-]+).*;\s*extra\s*==\s*["']([\w-]+)["']""")


def describe_missing(error: ModuleNotFoundError, *, command: str) -> str:
    """Say in one sentence which package is missing and what to install.

    Args:
        error: Names the package.
        command: What was to be run.

    Raises:
        ModuleNotFoundError: The same error again, where the package is one of ours.
    """
    module = (error.name or "").partition(".")[0]
    if not module or module in OWN_PACKAGES:
        raise error
    extra = EXTRA_OF_COMMAND.get(command, "cli")
    return (
        f"{CODE}: this command needs the package {module}, which is not installed; run: pip install 'depesche[{extra}]'"
    )


def modules_of(extra: str) -> tuple[str, ...]:
    """List the packages of an extra by the names they are imported with, as the installed distribution says.

    Raises:
        PackageNotFoundError: Depesche runs from a folder and was never installed.

    Example:
        >>> modules_of("cli")
        ('rich', 'typer')
    """
    from importlib.metadata import requires  # noqa: PLC0415 - reads the disk

    found = (_REQUIREMENT.match(requirement) for requirement in requires(DISTRIBUTION) or ())
    return tuple(sorted(match[1].replace("-", "_") for match in found if match and match[2] == extra))


def exit_status() -> int:
    """Give the exit status of a missing extra."""
    from schemas.failure_codes import FAILURE_CODES  # noqa: PLC0415 - costs a tenth of a second, needed only here

    return FAILURE_CODES[CODE].exit_status
