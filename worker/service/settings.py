"""The settings of a worker, read once when it starts."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, model_validator

from ledger.log_format import FORMAT_DESCRIPTION, LogFormat
from ledger.message import MESSAGE_MARGIN_S
from ledger.metrics import METRICS_HOST_DESCRIPTION, METRICS_PORT_DESCRIPTION, MetricsPort
from ledger.settings import LedgerSettings, Seconds

SPARE_S: Final = 60
"""Above twice the longest message, for the broker's own rounds."""


_zones: Final = cache(available_timezones)
"""Each asking goes through all folders of time zones."""


def _is_zone(name: str) -> str:
    if name not in _zones():
        msg = "expected an IANA time zone such as Europe/Berlin"
        raise ValueError(msg)
    return name


Zone = Annotated[str, AfterValidator(_is_zone)]


def default_heartbeat_file() -> Path:
    """Give a file in a folder of this user, so that nobody else can put something in its place."""
    return Path(tempfile.gettempdir()) / f"depesche-{os.getuid()}" / "worker.heartbeat"


class WorkerSettings(LedgerSettings):
    """What a worker can be told: which models, how many children, how patient it is."""

    model: Literal["small", "accurate"] = Field(
        default="accurate", description="Language pipelines: accurate, or small and fast."
    )
    model_de: str | None = Field(default=None, description="Another German pipeline: its name or folder.")
    model_en: str | None = Field(default=None, description="Another English pipeline: its name or folder.")
    threads: int = Field(
        default=1, ge=1, description="Processor cores that each extracting process may use for the accurate model."
    )
    cascade: bool = Field(
        default=True, description="Parse only the sentences that an event can depend on, instead of whole articles."
    )
    zone_de: Zone = Field(
        default="Europe/Berlin", description="Time zone of German articles whose date-time has no offset."
    )
    zone_en: Zone = Field(default="UTC", description="Time zone of English articles whose date-time has no offset.")

    concurrency: int | None = Field(
        default=None, ge=1, description="Processes that extract at the same time; one per processor when not set."
    )
    max_messages_per_child: int = Field(
        default=1_000, ge=1, description="Celery messages after which a process is replaced by a fresh one."
    )
    max_memory_mib_per_child: int = Field(
        default=1_536, ge=64, description="Memory after which a process is replaced, in MiB."
    )
    article_memory_mib: int = Field(
        default=1_024,
        ge=16,
        description="Memory that an article may take beyond what its process has at the start, in MiB; one that needs "
        "more fails (on Linux).",
    )
    stop_patience_s: Seconds = Field(
        default=20, description="How long running articles may go on after SIGTERM before they go back, in seconds."
    )
    hang_grace_s: Seconds = Field(
        default=10,
        description="How long after its time limit an article that hangs in C code ends its process, in seconds.",
    )
    visibility_timeout_s: float | None = Field(
        default=None,
        gt=0,
        description="After how long the broker hands an unacknowledged message to another worker, in seconds; "
        "computed from the limits when not set, and never less.",
    )
    sweep_every_s: Seconds = Field(default=5, description="How often lost articles are looked for, in seconds.")
    trim_every_s: Seconds = Field(default=60, description="How often the streams are trimmed, in seconds.")

    heartbeat_file: Path = Field(
        default_factory=default_heartbeat_file,
        description="File that a living worker touches; several workers on one machine each need their own. "
        "When not set, one in a folder of this user among the temporary files.",
    )
    heartbeat_every_s: Seconds = Field(default=5, description="How often the worker gives a sign of life, in seconds.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Least level logged.")
    log_format: LogFormat = Field(default="auto", description=FORMAT_DESCRIPTION)
    metrics_host: str = Field(default="127.0.0.1", description=METRICS_HOST_DESCRIPTION)
    metrics_port: MetricsPort = Field(default=None, description=METRICS_PORT_DESCRIPTION)

    @property
    def least_visibility_timeout_s(self) -> float:
        """Give the least time after which a message may count as lost.

        A message may wait in a worker while another of the longest kind runs, and then take as long itself. Below
        that, it would run a second time each time it passes.
        """
        longest = self.longest_message_s() + 2 * MESSAGE_MARGIN_S
        return 2 * longest + SPARE_S

    @property
    def broker_visibility_timeout_s(self) -> float:
        """Give the time after which the broker hands a message to another worker."""
        return self.visibility_timeout_s or self.least_visibility_timeout_s

    @model_validator(mode="after")
    def _visibility_timeout_is_long_enough(self) -> Self:
        if self.broker_visibility_timeout_s < self.least_visibility_timeout_s:
            msg = (
                f"visibility_timeout_s: expected at least {self.least_visibility_timeout_s:g} s, twice the longest "
                f"message and a margin, found {self.broker_visibility_timeout_s:g}"
            )
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _lease_outlives_a_hang(self) -> Self:
        if self.hang_grace_s >= self.lease_margin_s:
            msg = (
                f"hang_grace_s: expected less than lease_margin_s ({self.lease_margin_s:g}), found "
                f"{self.hang_grace_s:g}; an article would be started again while its first attempt still runs"
            )
            raise ValueError(msg)
        return self
