"""One try to hand a message to an endpoint."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Final, Self

import httpx

from consumer.errors import DeliveryFailed
from consumer.webhook.address import Destination, Resolve, check_destination, look_up
from consumer.webhook.signature import sign

MEDIA_TYPE: Final = "application/cloudevents+json"
LONGEST_RETRY_AFTER_S: Final = 24 * 3_600.0


class Endpoint:
    """A webhook's endpoint.

    Args:
        url: Where to.
        key: The secret, decoded.
        allow_private: Also plain http and private addresses.
        timeout_s: Longest wait for the answer, in seconds.
        resolve: Looks up a host's addresses.
        transport: Another transport, for tests.
        clock: Seconds since 1970.

    Raises:
        AddressRefused: The URL is not allowed.
    """

    def __init__(
        self,
        url: str,
        key: bytes,
        *,
        allow_private: bool = False,
        timeout_s: float = 15.0,
        resolve: Resolve = look_up,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._url = url
        self._key = key
        self._allow_private = allow_private
        self._resolve = resolve
        self._clock = clock
        # No proxy of the environment and no redirect: both would lead elsewhere than to the address that was checked.
        self._client = httpx.Client(transport=transport, timeout=timeout_s, follow_redirects=False, trust_env=False)

    def check(self) -> Destination:
        """Make sure that messages may be sent there at all.

        Raises:
            AddressRefused: They may not.
            DeliveryFailed: Its name is not known at the moment.
        """
        return check_destination(self._url, allow_private=self._allow_private, resolve=self._resolve)

    def deliver(self, message_id: str, body: bytes) -> None:
        """Hand over a message.

        Raises:
            DeliveryFailed: The endpoint did not answer with success; the same call may work later.
            AddressRefused: The address may not be reached any more.
        """
        destination = self.check()
        headers = {
            "content-type": MEDIA_TYPE,
            "user-agent": "depesche-webhook",
            "host": httpx.URL(destination.url).netloc.decode("ascii"),
            **sign(self._key, message_id=message_id, timestamp=int(self._clock()), body=body),
        }
        try:
            # Only the status is read: an endpoint that sends a long answer must not fill our memory.
            with self._client.stream(
                "POST",
                httpx.URL(destination.url).copy_with(host=destination.address),
                content=body,
                headers=headers,
                extensions={"sni_hostname": destination.host},
            ) as response:
                self._judge(response.status_code, response.headers)
        except httpx.HTTPError as error:
            raise DeliveryFailed(f"expected an answer, found {type(error).__name__}") from error

    def _judge(self, status: int, headers: Mapping[str, str]) -> None:
        if 200 <= status < 300:
            return
        raise DeliveryFailed(
            f"expected a status of success, found {status}",
            retry_after_s=self._retry_after_s(headers.get("retry-after")),
            is_final=status == 410,
        )

    def _retry_after_s(self, written: str | None) -> float | None:
        """Read the header in both its forms; what cannot be read does not count."""
        if not written:
            return None
        try:
            seconds = (
                float(written) if written.isdecimal() else parsedate_to_datetime(written).timestamp() - self._clock()
            )
        except (ValueError, TypeError):
            return None
        return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_S)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
