"""``python -m worker.service.health``: exit status 0 when the worker on this machine gives signs of life.

It asks the worker's file alone: a worker is not to be restarted because its broker is away, nor because it is busy.
"""

from __future__ import annotations

import sys

from ledger.settings import read_settings
from schemas.errors import DepescheError
from worker.service.heartbeat import age_s, is_alive
from worker.service.settings import WorkerSettings


def check_health(settings: WorkerSettings) -> tuple[bool, str]:
    """Say whether the worker lives, and what was found."""
    age = age_s(settings.heartbeat_file)
    if age is None:
        return False, f"no worker: there is no sign of life at {settings.heartbeat_file}"
    found = f"last sign of life {age:.0f} s ago, expected every {settings.heartbeat_every_s:g} s"
    is_well = is_alive(settings.heartbeat_file, every_s=settings.heartbeat_every_s)
    return is_well, f"{'alive' if is_well else 'stuck or gone'}: {found}"


def main() -> int:
    """Print what was found and give the exit status."""
    try:
        is_well, found = check_health(read_settings(WorkerSettings))
    except DepescheError as error:
        print(f"{error.code}: {error.message}", file=sys.stderr)  # noqa: T201 - a command
        return 2
    print(found)  # noqa: T201 - a command
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
