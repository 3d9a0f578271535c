"""How long an article may be, in characters and in bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass

from schemas.article import MAX_TEXT_CHARS
from schemas.errors import Invalid

_VARIABLE = "DEPESCHE_MAX_TEXT_CHARS"
_JSON_BYTES_A_CHAR = 12
"""The most that JSON needs for one character: two escaped surrogates."""
_UTF8_BYTES_A_CHAR = 4
_OTHER_FIELDS_BYTES = 1 << 20
"""Title, url, metadata and the names of fields, all at their longest."""


@dataclass(frozen=True)
class Limits:
    """Bounds that keep memory flat whatever comes in."""

    text_chars: int = MAX_TEXT_CHARS

    @property
    def json_bytes(self) -> int:
        """No valid article is longer than this as JSON."""
        return self.text_chars * _JSON_BYTES_A_CHAR + _OTHER_FIELDS_BYTES

    @property
    def text_bytes(self) -> int:
        """No valid text is longer than this in UTF-8, byte order mark included."""
        return self.text_chars * _UTF8_BYTES_A_CHAR + 3


def read_limits() -> Limits:
    """Read the limit of this installation from ``DEPESCHE_MAX_TEXT_CHARS``.

    Raises:
        Invalid: The value is no positive number.
    """
    value = os.environ.get(_VARIABLE)
    if not value:
        return Limits()
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise Invalid(f"{_VARIABLE}: expected a positive number, found {value[:20]!r}", code="settings_invalid")
    return Limits(text_chars=int(value))
