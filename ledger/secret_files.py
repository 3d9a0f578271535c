"""Settings out of files: what is secret stands in a file that only the process may read, not in its environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from ledger.errors import SettingsInvalid


class FileVariables(PydanticBaseSettingsSource):
    """Takes a setting from the file that the variable of its name with ``_FILE`` behind it names.

    As Docker and Kubernetes mount secrets: ``DEPESCHE_REDIS_URL_FILE=/run/secrets/redis_url``. The variable itself wins
    where both are set.
    """

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        super().__init__(settings_cls)
        self._prefix = str(settings_cls.model_config.get("env_prefix", ""))

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Give the content of the file, without the line end; None where none is named.

        Raises:
            SettingsInvalid: The file cannot be read.
        """
        del field
        variable = f"{self._prefix}{field_name}_file".upper()
        name = os.environ.get(variable)
        if not name:
            return None, field_name, False
        try:
            return Path(name).read_text(encoding="utf-8").strip() or None, field_name, False
        except (OSError, UnicodeDecodeError) as error:
            found = getattr(error, "strerror", None) or "no text"
            raise SettingsInvalid(f"{variable}: expected a file that can be read, found: {found}") from error

    def __call__(self) -> dict[str, Any]:
        """Give all of them; a setting that has a ``_file`` of its own looks after that itself."""
        fields = self.settings_cls.model_fields
        found = {
            name: self.get_field_value(field, name)[0] for name, field in fields.items() if f"{name}_file" not in fields
        }
        return {name: value for name, value in found.items() if value is not None}
