"""``python -m consumer.webhook``: pass the events on to DEPESCHE_WEBHOOK_URL until SIGTERM."""

from __future__ import annotations

import signal
import socket
import sys
from contextlib import suppress

from consumer.reader import Consumer
from consumer.sinks.pump import pump
from consumer.webhook.sender import WebhookSender
from consumer.webhook.settings import WebhookSettings
from consumer.webhook.transport import Endpoint
from consumer.webhook.waiting import Waiting
from ledger.connection import open_redis, resolve_url, shown
from ledger.settings import read_settings
from schemas.errors import DepescheError, Transient


def main() -> int:
    """Run until asked to stop, and give the exit status."""
    try:
        run(read_settings(WebhookSettings))
    except DepescheError as error:
        print(f"{error.code}: {error.message}", file=sys.stderr)  # noqa: T201 - a command
        return 2
    return 0


def run(settings: WebhookSettings) -> None:
    """Pass messages on until SIGTERM or Ctrl-C."""
    endpoint = Endpoint(
        settings.webhook_url,
        settings.secret(),
        allow_private=settings.webhook_allow_private,
        timeout_s=settings.webhook_timeout_s,
    )
    with suppress(Transient):  # a name that is not known now may be known later
        endpoint.check()
    url = resolve_url(settings)
    waiting = Waiting(open_redis(settings, url=url), settings.webhook_name, where=shown(url))
    consumer = Consumer(
        url,
        group=f"webhook-{settings.webhook_name}",
        stream=settings.webhook_stream,
        # Started again on the same machine, it gets back at once what it had not sent.
        name=socket.gethostname(),
        settings=settings,
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: consumer.stop())
    with consumer:
        pump(consumer, WebhookSender(endpoint, waiting, retries_s=settings.webhook_retries_s))


if __name__ == "__main__":
    sys.exit(main())
