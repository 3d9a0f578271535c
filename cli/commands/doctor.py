"""``depesche doctor``: what is there, what is missing, what mends it."""

from __future__ import annotations

import typer

from cli.guard import guarded
from cli.options import RedisUrl


@guarded
def doctor(*, redis_url: RedisUrl = None) -> None:
    """Say what works on this machine, what is missing, and how to mend it.

    The exit status is 0 when all that is set up works, else that of the first fault's code.
    """
    from cli.doctor.examination import examine  # noqa: PLC0415 - loads what only this command needs
    from cli.doctor.page import print_checks  # noqa: PLC0415
    from cli.faults import status_of  # noqa: PLC0415

    checks = tuple(examine(redis_url))
    print_checks(checks)
    for check in checks:
        if check.state == "fault":
            raise typer.Exit(status_of(check.code))
