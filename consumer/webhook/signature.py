"""Signatures by Standard Webhooks: HMAC with SHA-256 over id, time and body.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from ledger.errors import SettingsInvalid

PREFIX: Final = "whsec_"
LEAST_BYTES: Final = 24
TOLERANCE_S: Final = 300
"""A message older than that may be one that somebody recorded and sends again."""


def read_secret(written: str) -> bytes:
    """Read a secret as it is written: ``whsec_`` and base64.

    Raises:
        SettingsInvalid: It is no base64, or too short.
    """
    try:
        key = base64.b64decode(written.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < LEAST_BYTES:
        raise SettingsInvalid(
            f"DEPESCHE_WEBHOOK_SECRET: expected {PREFIX} and at least {LEAST_BYTES} bytes in base64, found another form"
        )
    return key


def sign(key: bytes, *, message_id: str, timestamp: int, body: bytes) -> Mapping[str, str]:
    """Give the three headers that say who sent a message and when.

    Args:
        key: The secret, decoded.
        message_id: Stays the same at each try, so that the receiver recognises a message it has.
        timestamp: Of this try, in seconds since 1970.
        body: The message.
    """
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{_digest(key, message_id, str(timestamp), body)}",
    }


def is_genuine(key: bytes, headers: Mapping[str, str], body: bytes, *, now: int) -> bool:
    """Tell, as a receiver, whether a message comes from who has the secret, and is no old recording.

    Args:
        key: The secret, decoded.
        headers: Of the request; names in lower case.
        body: As it came, not parsed and written again.
        now: Seconds since 1970.
    """
    try:
        message_id, sent_at = headers["webhook-id"], headers["webhook-timestamp"]
        is_recent = abs(now - int(sent_at)) <= TOLERANCE_S
        signatures = headers["webhook-signature"].split(" ")
    except (KeyError, ValueError):
        return False
    expected = f"v1,{_digest(key, message_id, sent_at, body)}".encode()
    return is_recent and any(hmac.compare_digest(expected, each.encode()) for each in signatures)


def _digest(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
