"""The gateway that ``up`` starts beside the workers."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Self

from gateway.health import is_live
from gateway.listening import listen
from gateway.settings import GatewaySettings
from ledger.settings import read_settings
from schemas.errors import Defect

HOST: Final = "127.0.0.1"
"""This machine alone, whatever the settings say: who opens it to others runs depesche gateway."""
NEEDED: Final = ("fastapi", "uvicorn")


@dataclass(frozen=True)
class StackGateway:
    """How to start the gateway, and whether it answers.

    Args:
        port: To listen on.
    """

    port: int

    @classmethod
    def prepare(cls, port: int | None) -> Self:
        """Look before anything is started whether it can be.

        Args:
            port: To listen on; None takes that of the settings.

        Raises:
            Defect: With code ``extra_missing``: what it needs is not installed.
            Transient: With code ``not_ready``: the port is taken.
            SettingsInvalid: A variable has a value that is not allowed.
        """
        missing = next((each for each in NEEDED if find_spec(each) is None), None)
        if missing is not None:
            message = f"--gateway needs the package {missing}, which is not installed: pip install 'depesche[gateway]'"
            raise Defect(message, code="extra_missing")
        chosen = port or read_settings(GatewaySettings).gateway_port
        listen(HOST, chosen).close()
        return cls(chosen)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    @property
    def command(self) -> tuple[str, ...]:
        """Program and arguments; it ends with this process."""
        return (
            *(sys.executable, "-P", "-m", "cli", "gateway"),
            *("--host", HOST, "--port", str(self.port), "--parent", str(os.getpid())),
        )

    def defaults(self, folder: Path) -> Mapping[str, str]:
        """Give the settings that hold where the environment gives none.

        Args:
            folder: Where the index of events is kept.
        """
        return {"DEPESCHE_INDEX_PATH": str(folder / "index.sqlite3")}

    def is_live(self) -> bool:
        """Ask whether it answers."""
        return is_live(self.port)
