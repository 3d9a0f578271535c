"""The errors of the gateway; each becomes one problem (RFC 9457).

Invalid
├── RequestInvalid          a parameter or header with a value that is not allowed
├── MediaTypeUnsupported    a body of another kind
├── BodyTooLarge            more than the limits allow
├── TokenInvalid            no token, or none that is valid
├── AccessDenied            not allowed to whoever asks
├── IdempotencyConflict     a key used before with another body
├── NotFound                nothing under this id
└── TextGone                the article's text is no longer kept
Transient
├── RequestTimeout          the body does not arrive
├── QueueFull               as many articles wait as may
├── GatewayBusy             as many connections as may be
└── NotReady                something that the service needs is away
"""

from __future__ import annotations

from schemas.errors import Invalid, Transient


class RequestInvalid(Invalid):
    """A parameter or header has a value that is not allowed."""

    default_code = "request_invalid"


class MediaTypeUnsupported(Invalid):
    """The body has a media type that is not taken here."""

    default_code = "media_type_unsupported"


class BodyTooLarge(Invalid):
    """The request has more bytes or articles than allowed."""

    default_code = "body_too_large"


class TokenInvalid(Invalid):
    """The request carries no token, or none that is valid."""

    default_code = "token_invalid"


class AccessDenied(Invalid):
    """What was asked for is not allowed to whoever asks."""

    default_code = "access_denied"


class IdempotencyConflict(Invalid):
    """The key was used before, with another body."""

    default_code = "idempotency_conflict"


class NotFound(Invalid):
    """There is nothing under this id."""

    default_code = "not_found"


class TextGone(Invalid):
    """The article's text is no longer kept."""

    default_code = "text_gone"


class Busy(Transient):
    """Something that passes by itself.

    Args:
        message: What was found and expected.
        retry_after_s: When another try is worth it, in whole seconds.
    """

    def __init__(self, message: str, *, retry_after_s: int = 5) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class RequestTimeout(Busy):
    """The request's body did not arrive in time."""

    default_code = "request_timeout"


class QueueFull(Busy):
    """As many articles as are allowed are waiting already."""

    default_code = "queue_full"


class GatewayBusy(Busy):
    """The gateway has as many connections as it may."""

    default_code = "gateway_busy"


class NotReady(Busy):
    """Something that the service needs is away."""

    default_code = "not_ready"
