"""What was measured of an article: seconds of extraction, bytes here and there."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Figure = Annotated[float, Field(gt=0)]


class Measured(BaseModel):
    """Figures of one article, as ``make bench`` wrote them.

    Attributes:
        processor: Where; another one is so much faster or slower.
        at: When.
        pipeline: Which language model.
        mean_words: Words of an article; its time and its bytes grow with them.
        shares: Shares of the articles, rising from 0 to 1.
        service_s: So long at most takes the extraction of each share, on one core, in seconds.
        gateway_cpu_s: Of the gateway, in seconds of a core.
        redis_cpu_s: Of Redis.
        http_bytes: In, over HTTP.
        redis_in_bytes: Into Redis, from all who talk to it.
        redis_out_bytes: Out of it.
        waiting_bytes: In Redis while it waits.
        record_bytes: In Redis once it is done: that it was there.
        result_bytes: Its result.
        stream_bytes: Its messages on the streams.
        stream_entries: How many they are on the longest of them.
        parent_mib: Memory of a worker without its processes.
        child_mib: Memory of each of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    processor: str
    at: str
    pipeline: str
    mean_words: Figure
    shares: tuple[Annotated[float, Field(ge=0, le=1)], ...]
    service_s: tuple[Figure, ...]
    gateway_cpu_s: Figure
    redis_cpu_s: Figure
    http_bytes: Figure
    redis_in_bytes: Figure
    redis_out_bytes: Figure
    waiting_bytes: Figure
    record_bytes: Figure
    result_bytes: Figure
    stream_bytes: Figure
    stream_entries: Figure
    parent_mib: Figure
    child_mib: Figure

    def service_times(self, count: int = 200) -> tuple[float, ...]:
        """Give so many extraction times that stand for all, each for the same share of the articles, rising."""
        return tuple(self._service_at((number + 0.5) / count) for number in range(count))

    def _service_at(self, share: float) -> float:
        above = next(n for n, each in enumerate(self.shares) if each >= share)
        below = max(0, above - 1)
        width = self.shares[above] - self.shares[below]
        part = (share - self.shares[below]) / width if width else 0.0
        return self.service_s[below] + part * (self.service_s[above] - self.service_s[below])


@cache
def read_measured() -> Measured:
    """Read the figures that ship with the package."""
    return Measured.model_validate_json((files(__package__) / "measured.json").read_text(encoding="utf-8"))
