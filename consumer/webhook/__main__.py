"""``python -m consumer.webhook``: pass the events on to DEPESCHE_WEBHOOK_URL until SIGTERM."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from contextlib import closing, suppress
from typing import Final

import structlog

from consumer.reader import Consumer
from consumer.webhook.sender import WebhookSender
from consumer.webhook.settings import WebhookSettings
from consumer.webhook.transport import Endpoint
from consumer.webhook.waiting import Waiting
from ledger.connection import open_redis, resolve_url, shown
from ledger.logs import configure_logs
from ledger.settings import read_settings
from schemas.errors import DepescheError, Transient

PAUSE_S: Final = 2.0

log = structlog.get_logger(__name__)


def main() -> int:
    """Run until asked to stop, and give the exit status."""
    configure_logs(level="info")
    try:
        run(read_settings(WebhookSettings))
    except DepescheError as error:
        print(f"{error.code}: {error.message}", file=sys.stderr)  # noqa: T201 - a command
        return 2
    return 0


def run(settings: WebhookSettings) -> None:
    """Pass messages on until SIGTERM or Ctrl-C.

    Raises:
        AddressRefused: The endpoint's URL is not allowed.
        SettingsInvalid: The secret cannot be used.
        RedisUnreachable: No server is named or running; one that goes away later is waited for.
    """
    with closing(open_endpoint(settings)) as endpoint, suppress(Transient):
        endpoint.check()  # a name that is not known now may be known later
    url = resolve_url(settings)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.is_set():
        try:
            _pass_on(settings, url, stopped)
        except Transient as error:
            # What was at hand is not acknowledged: under the same name, the next round gets it back at once.
            log.warning("webhook interrupted", code=error.code, message=error.message)
            stopped.wait(PAUSE_S)


def _pass_on(settings: WebhookSettings, url: str, stopped: threading.Event) -> None:
    waiting = Waiting(open_redis(settings, url=url), settings.webhook_name, where=shown(url))
    sender = WebhookSender(open_endpoint(settings), waiting, retries_s=settings.webhook_retries_s)
    consumer = Consumer(
        url,
        group=f"webhook-{settings.webhook_name}",
        stream=settings.webhook_stream,
        name=socket.gethostname(),
        settings=settings,
    )
    with consumer, closing(sender):
        for batch in consumer.batches():
            sender.take(batch)
            if stopped.is_set():
                return


def open_endpoint(settings: WebhookSettings) -> Endpoint:
    """Open the endpoint that the settings name."""
    return Endpoint(
        settings.webhook_url,
        settings.secret(),
        allow_private=settings.webhook_allow_private,
        timeout_s=settings.webhook_timeout_s,
    )


if __name__ == "__main__":
    sys.exit(main())
