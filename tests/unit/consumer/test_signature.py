"""Webhooks are signed as Standard Webhooks says, so that receivers check them with the library they have."""

import base64

import pytest

from consumer.webhook.signature import is_genuine, read_secret, sign
from ledger.errors import SettingsInvalid

# The worked example of the specification's own libraries.
KEY = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
BODY = b'{"test": 2432232314}'
NOW = 1614265330


def test_signature_is_that_of_the_specification():
    signed = sign(KEY, message_id=HEADERS["webhook-id"], timestamp=NOW, body=BODY)
    assert dict(signed) == HEADERS


def test_genuine_message_is_recognised():
    assert is_genuine(KEY, HEADERS, BODY, now=NOW + 60)


def test_one_of_several_signatures_suffices():
    """Secrets are changed by signing with both for a while."""
    both = {**HEADERS, "webhook-signature": f"v1,AAAA {HEADERS['webhook-signature']}"}
    assert is_genuine(KEY, both, BODY, now=NOW)


@pytest.mark.parametrize(
    ("headers", "body", "now"),
    [
        pytest.param(HEADERS, b'{"test": 2432232315}', NOW, id="other body"),
        pytest.param({**HEADERS, "webhook-id": "msg_other"}, BODY, NOW, id="other id"),
        pytest.param({**HEADERS, "webhook-timestamp": str(NOW + 1)}, BODY, NOW, id="other time"),
        pytest.param(HEADERS, BODY, NOW + 301, id="too old"),
        pytest.param(HEADERS, BODY, NOW - 301, id="from the future"),
        pytest.param({**HEADERS, "webhook-timestamp": "soon"}, BODY, NOW, id="time is no number"),
        pytest.param({**HEADERS, "webhook-signature": "v1,ä"}, BODY, NOW, id="signature beyond ASCII"),
        pytest.param({}, BODY, NOW, id="no headers"),
    ],
)
def test_other_message_is_not(headers, body, now):
    assert not is_genuine(KEY, headers, body, now=now)


@pytest.mark.parametrize(
    "written",
    ["", "whsec_", "whsec_?", "whsec_" + base64.b64encode(b"short").decode()],
    ids=lambda each: each or "none",
)
def test_weak_secret_is_refused_without_being_shown(written):
    with pytest.raises(SettingsInvalid) as caught:
        read_secret(written)
    assert len(written) < 7 or written not in caught.value.message
