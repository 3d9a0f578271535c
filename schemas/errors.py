"""The errors of Depesche.

    DepescheError            code, family
    ├── Invalid              the caller's input; never retried
    │   └── InvalidArticle   an article that does not keep the contract
    ├── Transient            a dependency failed; retried with limit and jitter
    └── Defect               ours; reported and set aside

Each package adds its own classes below these three in its own ``errors.py``.
Codes are stable; ``schemas.failure_codes`` lists them with meaning and remedy.
"""

from __future__ import annotations

from typing import ClassVar, Literal

Family = Literal["invalid", "transient", "defect"]


class DepescheError(Exception):
    """Something went wrong in a way that has a stable code.

    Args:
        message: What was found, what was expected, where. Never article text or a secret.
        code: A stable code out of ``schemas.failure_codes``; the class default when left out.
    """

    family: ClassVar[Family] = "defect"
    default_code: ClassVar[str] = "internal_error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code


class Invalid(DepescheError):
    """What came in does not keep the contract; a retry does not help."""

    family: ClassVar[Family] = "invalid"
    default_code: ClassVar[str] = "field_invalid"


class InvalidArticle(Invalid):
    """An article does not keep the contract."""


class Transient(DepescheError):
    """A dependency failed; the same call may work later."""

    family: ClassVar[Family] = "transient"
    default_code: ClassVar[str] = "redis_unreachable"


class Defect(DepescheError):
    """A fault of Depesche itself or of its installation."""
