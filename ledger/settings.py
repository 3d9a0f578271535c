"""The settings that everybody who talks to the queue shares: where Redis is, limits, lifetimes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ledger.errors import SettingsInvalid
from ledger.message import longest_limit_s
from ledger.secret_files import FileVariables
from schemas.article import MAX_TEXT_CHARS

DAY_S = 86_400

Seconds = Annotated[float, Field(gt=0)]


class LedgerSettings(BaseSettings):
    """Where Redis is, how long things live in it, and how much an article may cost.

    Every field is read from the environment variable of its name in capitals with ``DEPESCHE_`` before it, or from the
    file that the same variable with ``_FILE`` behind it names.
    """

    model_config = SettingsConfigDict(
        env_prefix="DEPESCHE_", frozen=True, extra="ignore", env_ignore_empty=True, validate_default=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is given, then the environment, then the files that it names."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, FileVariables(settings_cls)

    redis_url: str | None = Field(
        default=None,
        repr=False,
        pattern=r"^(rediss?|unix|sentinels?)://",
        description="The Redis server: redis://[user:password@]host:port/db, rediss:// with TLS, unix:// for a socket, "
        "sentinel://[user:password@]host:port,host:port/SERVICE/db for one that fails over (sentinels:// with TLS). "
        "Without one, the server that `depesche up` started in this folder.",
    )
    broker_url: str | None = Field(
        default=None,
        repr=False,
        pattern=r"^amqps?://",
        description="RabbitMQ for the queue: amqp://user:password@host:port/vhost, amqps:// with TLS. Without one, the "
        "queue is on Redis, where articles and results are in any case.",
    )
    data_dir: Path = Field(
        default=Path(".depesche/redis"),
        description="Folder of the server that `depesche up` starts; used only without DEPESCHE_REDIS_URL.",
    )
    redis_timeout_s: Seconds = Field(default=5, description="Longest wait for one answer of Redis, in seconds.")
    redis_connect_timeout_s: Seconds = Field(default=2, description="Longest wait for a connection, in seconds.")
    redis_headroom: float = Field(
        default=0.9,
        gt=0,
        le=1,
        description="Share of Redis' maxmemory from which on no new article is taken; the rest is for those under way.",
    )

    max_text_chars: int = Field(default=MAX_TEXT_CHARS, gt=0, description="Longest text of an article, in characters.")
    article_timeout_s: Seconds = Field(default=30, description="Time limit of an article without words, in seconds.")
    words_per_s: Seconds = Field(default=500, description="Words that extend an article's time limit by one second.")
    max_attempts: int = Field(default=3, ge=1, description="How often an article is started before it is set aside.")
    retry_delay_s: Seconds = Field(default=5, description="Wait before another attempt, in seconds.")
    lease_margin_s: Seconds = Field(
        default=15, description="How long after its time limit a started article counts as lost, in seconds."
    )
    resend_after_s: Seconds = Field(
        default=60, description="How long after it was sent an article that nobody took is looked at again, in seconds."
    )
    queue_patience_s: Seconds = Field(
        default=3_600, description="How long an article may wait in a list before it is sent again, in seconds."
    )

    message_max_articles: int = Field(default=8, ge=1, le=1_000, description="Articles per Celery message at most.")
    message_max_limit_s: Seconds = Field(
        default=1_200, description="Sum of the time limits in one Celery message at most, in seconds."
    )
    message_alone_chars: int = Field(default=50_000, gt=0, description="An article with more characters travels alone.")

    result_lifetime_s: Seconds = Field(default=7 * DAY_S, description="How long a result can be asked for, in seconds.")
    record_lifetime_s: Seconds = Field(
        default=30 * DAY_S, description="How long a finished article is recognised when it comes again, in seconds."
    )
    text_lifetime_s: float = Field(
        default=0,
        ge=0,
        description="How long the text of a finished article is kept, so that it can be worked on once more without "
        "being handed in again, in seconds; 0 does not keep it.",
    )
    failure_lifetime_s: Seconds = Field(
        default=30 * DAY_S, description="How long a failure and its article are kept, in seconds."
    )
    stream_lifetime_s: Seconds = Field(
        default=3 * DAY_S,
        description="Age from which on entries of the streams are removed, once every group has read them, in seconds.",
    )
    stream_max_entries: int = Field(
        default=200_000, gt=0, description="Hard cap of entries per stream; reaching it is logged as an error."
    )

    tracing: bool = Field(
        default=False,
        description="Send traces by OpenTelemetry; needs depesche[tracing]. Where to, and how many, say its own "
        "variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER and others).",
    )

    def longest_message_s(self) -> float:
        """Give the largest sum of time limits that one Celery message can have, in seconds."""
        longest = longest_limit_s(
            max_text_chars=self.max_text_chars, base_s=self.article_timeout_s, words_per_s=self.words_per_s
        )
        return max(self.message_max_limit_s, longest)


S = TypeVar("S", bound=BaseSettings)


def read_settings(kind: type[S]) -> S:
    """Read the settings of a process from its environment.

    Raises:
        SettingsInvalid: A variable has a value that is not allowed; the message names it, never its value.
    """
    try:
        return kind()
    except ValidationError as error:
        faults = [f"DEPESCHE_{_name(fault['loc'])}: {fault['msg']}" for fault in error.errors(include_input=False)]
        raise SettingsInvalid("; ".join(faults)) from None


def _name(loc: tuple[int | str, ...]) -> str:
    return str(loc[0]).upper() if loc else "*"
