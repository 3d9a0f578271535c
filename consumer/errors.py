"""The errors of the consumers.

Invalid
├── EntryUnreadable    an entry of a stream that this version cannot read
└── AddressRefused     a webhook's URL that is not allowed
Transient
└── DeliveryFailed     a webhook's endpoint did not take a message
"""

from __future__ import annotations

from schemas.errors import Invalid, Transient


class EntryUnreadable(Invalid):
    """An entry does not keep the contract as this version knows it; its JSON is still at hand in ``raw``."""

    default_code = "field_invalid"


class AddressRefused(Invalid):
    """A webhook's URL is not allowed; a retry does not help."""

    default_code = "address_refused"


class DeliveryFailed(Transient):
    """A webhook's endpoint did not take a message.

    Args:
        message: What was expected and found.
        retry_after_s: How long the endpoint asked to be left alone, in seconds.
        is_final: True when the endpoint said that it wants no more.
    """

    default_code = "delivery_failed"

    def __init__(self, message: str, *, retry_after_s: float | None = None, is_final: bool = False) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.is_final = is_final
