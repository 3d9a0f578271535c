"""The settings of a webhook sender, read once when it starts."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from consumer.webhook.signature import read_secret
from ledger.errors import SettingsInvalid
from ledger.settings import LedgerSettings, Seconds


class WebhookSettings(LedgerSettings):
    """Where messages are passed on to, and how patiently."""

    webhook_url: str = Field(description="Address that messages are sent to, by POST.")
    webhook_secret: SecretStr | None = Field(
        default=None, description="Secret that messages are signed with: whsec_ and at least 24 bytes in base64."
    )
    webhook_secret_file: Path | None = Field(default=None, description="File with the secret, instead of the secret.")
    webhook_name: str = Field(
        default="default", pattern=r"^[A-Za-z0-9_-]{1,64}$", description="Name of this webhook, unique in this Redis."
    )
    webhook_stream: Literal["events", "results", "failures"] = Field(
        default="events", description="Which stream is passed on."
    )
    webhook_allow_private: bool = Field(
        default=False, description="Allow plain http, and addresses in private networks and on this machine."
    )
    webhook_timeout_s: Seconds = Field(default=15, description="Longest wait for the endpoint's answer, in seconds.")
    webhook_retries_s: tuple[Seconds, ...] = Field(
        default=(5, 60, 300, 1_800, 7_200, 18_000, 36_000),
        description="Waits between the tries, in seconds, as a JSON list; after the last the message is given up.",
    )

    @model_validator(mode="after")
    def _has_one_secret(self) -> Self:
        if (self.webhook_secret is None) == (self.webhook_secret_file is None):
            msg = "webhook_secret: expected either webhook_secret or webhook_secret_file"
            raise ValueError(msg)
        return self

    def secret(self) -> bytes:
        """Give the key to sign with.

        Raises:
            SettingsInvalid: The file cannot be read, or the secret is too short or no base64.
        """
        return read_secret(self.webhook_secret.get_secret_value() if self.webhook_secret else self._from_file())

    def _from_file(self) -> str:
        try:
            return (self.webhook_secret_file or Path()).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise SettingsInvalid("DEPESCHE_WEBHOOK_SECRET_FILE: expected a readable file, found none") from None
