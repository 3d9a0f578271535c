"""The ledger as commands open it: the URL as an option, else the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.redis_ledger import RedisLedger


@contextmanager
def open_ledger(redis_url: str | None) -> Iterator[RedisLedger]:
    """Open the ledger and close it again.

    Raises:
        RedisUnreachable: No server is named or running.
        SettingsInvalid: A variable has a value that is not allowed.
    """
    from ledger.redis_ledger import RedisLedger  # noqa: PLC0415 - of the extra producer
    from ledger.settings import LedgerSettings, read_settings  # noqa: PLC0415

    ledger = RedisLedger.open(read_settings(LedgerSettings), url=redis_url)
    try:
        yield ledger
    finally:
        ledger.close()
