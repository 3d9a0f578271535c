"""Keeps the streams short: by age, but never what a group has still to read; a count only as a last resort."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from ledger.connection import Client, translated
from ledger.settings import LedgerSettings
from schemas.names import STREAM_EVENTS, STREAM_FAILURES, STREAM_RESULTS

STREAMS: Final = (STREAM_EVENTS, STREAM_RESULTS, STREAM_FAILURES)
IDS_AT_ONCE: Final = 500
"""Redis gives ids only with their entries."""


@dataclass(frozen=True, slots=True)
class Trim:
    """What was done to a stream.

    Args:
        stream: Its name.
        by_age: Entries removed because they were old and read by every group.
        by_cap: Entries removed because there were too many; a group may have lost some: raise the alarm.
        waiting_group: The group that holds old entries back, if one does.
        fill: Share of the hard cap that was in use; near 1, entries will soon go that the slowest group has not read.
        slowest_group: The group that is furthest behind, if there are groups.
    """

    stream: str
    by_age: int
    by_cap: int
    waiting_group: str | None
    fill: float = 0.0
    slowest_group: str | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """What a group is about to lose: the hard cap takes entries that it has not read or not acknowledged."""

    stream: str
    group: str
    entries: int


def trim_streams(
    client: Client,
    settings: LedgerSettings,
    *,
    where: str = "redis",
    report: Callable[[Loss], object] = lambda _loss: None,
) -> list[Trim]:
    """Trim every stream that Depesche writes.

    Args:
        client: The server; its clock decides on age.
        settings: ``stream_lifetime_s`` and ``stream_max_entries``.
        where: The server as messages name it.
        report: Told what a group loses, before it does.
    """
    with translated(where):
        return [_trim(client, settings, stream, report) for stream in STREAMS]


def _trim(client: Client, settings: LedgerSettings, stream: str, report: Callable[[Loss], object]) -> Trim:
    seconds, _ = client.time()
    oldest = (max(0, int((seconds - settings.stream_lifetime_s) * 1000)), 0)
    groups = _groups(client, stream)
    unread = [(_first_unread(client, stream, group), str(group["name"])) for group in groups]
    first, slowest = min(unread, default=(oldest, None))
    waiting = slowest if first < oldest else None
    oldest = min(first, oldest)
    by_age = int(client.xtrim(stream, minid=f"{oldest[0]}-{oldest[1]}", approximate=False))
    fill = client.xlen(stream) / settings.stream_max_entries
    by_cap = _cut(client, stream, groups, cap=settings.stream_max_entries, report=report)
    return Trim(stream, by_age, by_cap, waiting, fill, slowest)


def _cut(
    client: Client, stream: str, groups: list[dict[str, Any]], *, cap: int, report: Callable[[Loss], object]
) -> int:
    """Remove what is above the cap: exactly those entries about which was reported."""
    over = int(client.xlen(stream)) - cap
    if over <= 0:
        return 0
    *going, first_kept = _first_ids(client, stream, over + 1)
    for group in groups:
        name = str(group["name"])
        delivered = bisect_right(going, entry_order(str(group["last-delivered-id"])), key=entry_order)
        pending = client.xpending_range(stream, name, min="-", max=going[-1], count=len(going))
        if entries := len(going) - delivered + len(pending):
            report(Loss(stream, name, entries))
    return int(client.xtrim(stream, minid=first_kept, approximate=False))


def _first_ids(client: Client, stream: str, count: int) -> list[str]:
    found: list[str] = []
    while len(found) < count:
        after = f"({found[-1]}" if found else "-"
        some: Any = client.xrange(stream, min=after, count=min(IDS_AT_ONCE, count - len(found)))
        if not some:
            break
        found.extend(str(entry_id) for entry_id, _ in some)
    return found


def _groups(client: Client, stream: str) -> list[dict[str, Any]]:
    return list(client.xinfo_groups(stream)) if client.exists(stream) else []


def _first_unread(client: Client, stream: str, group: dict[str, Any]) -> tuple[int, int]:
    """Give the id of the first entry that a group has not acknowledged, or what follows the last it was given."""
    if group["pending"]:
        return entry_order(str(client.xpending(stream, group["name"])["min"]))
    milliseconds, number = entry_order(str(group["last-delivered-id"]))
    return milliseconds, number + 1


def may_miss(client: Client, stream: str, *, after: str) -> bool:
    """Tell whether entries after a place in a stream may be gone already, so that who goes on there misses some."""
    first: Any = client.xrange(stream, count=1)
    return bool(first) and (0, 0) < entry_order(after) < entry_order(str(first[0][0]))


def entry_order(entry_id: str) -> tuple[int, int]:
    """Give what entries of a stream are in the order of.

    Example:
        >>> entry_order("1700000000000-1") < entry_order("1700000000000-12")
        True
    """
    milliseconds, _, number = entry_id.partition("-")
    return int(milliseconds), int(number or 0)
