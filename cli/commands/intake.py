"""``depesche intake``: the bridge from the plain stream of articles into the queue."""

from __future__ import annotations

import signal

from cli.guard import guarded
from cli.options import RedisUrl


@guarded
def intake(*, redis_url: RedisUrl = None) -> None:
    """Take over articles that others XADD to the stream depesche:articles, until SIGTERM.

    The gateway does the same by itself; this is for those who run none.
    """
    from contextlib import closing  # noqa: PLC0415

    import structlog  # noqa: PLC0415

    from ledger.logs import configure_logs  # noqa: PLC0415
    from ledger.settings import LedgerSettings, read_settings  # noqa: PLC0415 - of the extra producer
    from producer.intake import Intake  # noqa: PLC0415

    configure_logs(level="info")
    with closing(Intake.open(read_settings(LedgerSettings), url=redis_url)) as bridge:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: bridge.stop())
        structlog.get_logger("depesche").info("taking over", stream="depesche:articles")
        bridge.run()
