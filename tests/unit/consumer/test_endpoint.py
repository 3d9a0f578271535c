"""One try: to the checked address, under the given name, signed; judged by its status."""

import httpx
import pytest

from consumer.errors import DeliveryFailed
from consumer.webhook.signature import is_genuine
from consumer.webhook.transport import Endpoint

KEY = b"k" * 24
NOW = 1_700_000_000


def endpoint(answer, url="https://hooks.example/events?key=1", requests=None):
    def handle(request):
        if requests is not None:
            requests.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Endpoint(
        url,
        KEY,
        resolve=lambda _host, _port: ["93.184.215.14"],
        transport=httpx.MockTransport(handle),
        clock=lambda: NOW,
    )


@pytest.mark.parametrize("status", [200, 202, 204])
def test_success_is_enough(status):
    endpoint(httpx.Response(status)).deliver("e1:1", b"{}")


def test_request_goes_to_the_address_that_was_checked():
    """A second look-up could give another one: the name is used for TLS and the header only."""
    requests = []
    endpoint(httpx.Response(200), requests=requests).deliver("e1:1", b'{"a": 1}')
    (request,) = requests
    assert str(request.url) == "https://93.184.215.14/events?key=1"
    assert request.headers["host"] == "hooks.example"
    assert request.extensions["sni_hostname"] == "hooks.example"
    assert request.headers["content-type"] == "application/cloudevents+json"
    assert is_genuine(KEY, request.headers, request.content, now=NOW)


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 410, 429, 500, 503])
def test_other_status_is_a_failure(status):
    """A redirect is none of success: it could lead inside."""
    with pytest.raises(DeliveryFailed) as caught:
        endpoint(httpx.Response(status, headers={"location": "http://127.0.0.1/"})).deliver("e1:1", b"{}")
    assert str(status) in caught.value.message
    assert caught.value.is_final == (status == 410)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("120", 120),
        ("Tue, 14 Nov 2023 22:14:20 GMT", 60),
        ("Tue, 14 Nov 2023 22:00:00 GMT", 0),
        ("99999999999", 86_400),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_both_forms(written, expected):
    with pytest.raises(DeliveryFailed) as caught:
        endpoint(httpx.Response(503, headers={"retry-after": written})).deliver("e1:1", b"{}")
    assert caught.value.retry_after_s == expected


def test_connection_error_names_its_kind_and_no_url():
    with pytest.raises(DeliveryFailed) as caught:
        endpoint(httpx.ConnectTimeout("https://hooks.example/events?key=1")).deliver("e1:1", b"{}")
    assert caught.value.message == "expected an answer, found ConnectTimeout"
