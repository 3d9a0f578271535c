"""What a sink can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from consumer.received import Received


class Sink(Protocol):
    """Takes messages, and acknowledges each once it is safe."""

    def take(self, batch: Sequence[Received]) -> None:
        """Take the next messages; an empty batch says that time has passed."""
        ...

    def close(self) -> None:
        """Make safe what was taken, and acknowledge it."""
        ...
