"""How far a file was submitted, kept beside it, so that a run that broke off goes on where it stopped."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SUFFIX: Final = ".submitted"
EVERY_S: Final = 1.0


@dataclass
class Bookmark:
    """The place in a file up to which everything is in safe hands.

    It is written after what it counts was accepted: what came in between a crash and the last note is submitted again,
    which is harmless.

    Args:
        path: Of the file of articles.
    """

    path: Path

    def __post_init__(self) -> None:
        self._file = self.path.with_name(self.path.name + SUFFIX)
        self._written_at = float("-inf")
        self.count = self._read()

    @property
    def name(self) -> str:
        """The file that it is kept in."""
        return str(self._file)

    def _read(self) -> int:
        """Give the number of articles to pass over: none when the file is another one by now."""
        try:
            noted = json.loads(self._file.read_text(encoding="utf-8"))
            return int(noted["articles"]) if noted["of"] == self._identity() else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def _identity(self) -> list[int]:
        found = self.path.stat()
        return [found.st_size, found.st_mtime_ns]

    def advance(self, articles: int) -> None:
        """Count articles that are in safe hands; written down once a second."""
        self.count += articles
        if time.monotonic() - self._written_at >= EVERY_S:
            self.write()

    def write(self) -> None:
        """Write the place down, whole or not at all; where that is not allowed, do without."""
        self._written_at = time.monotonic()
        beside = self._file.with_name(self._file.name + ".new")
        try:
            beside.write_text(json.dumps({"articles": self.count, "of": self._identity()}), encoding="utf-8")
            beside.replace(self._file)
        except OSError:
            return

    def remove(self) -> None:
        """Forget it: the file was submitted to its end."""
        self._file.unlink(missing_ok=True)
