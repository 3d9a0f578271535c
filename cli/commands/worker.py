"""``depesche worker``: one worker, or the question whether it is alive."""

from __future__ import annotations

import os
import sys
import warnings
from typing import Annotated

import typer

from cli.guard import guarded
from cli.options import RedisUrl


@guarded
def worker(
    celery_options: Annotated[
        list[str] | None, typer.Argument(metavar="[-- CELERY OPTIONS]", help="More options for Celery's worker.")
    ] = None,
    *,
    redis_url: RedisUrl = None,
    concurrency: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes that extract; one per processor unless given.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Of this worker, unique in the queue; else its process id.")] = None,
    health: Annotated[
        bool, typer.Option("--health", help="Start nothing: exit with 0 if the worker on this machine is alive.")
    ] = False,
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Run one worker until SIGTERM: it takes articles from the queue and publishes their events."""
    if redis_url:
        os.environ["DEPESCHE_REDIS_URL"] = redis_url
    if health:
        from worker.service.health import main as check_health  # noqa: PLC0415 - loads what only this needs

        raise typer.Exit(check_health())
    if parent is not None:
        from cli.supervision import end_with  # noqa: PLC0415

        end_with(parent)
    if concurrency is not None:
        os.environ["DEPESCHE_CONCURRENCY"] = str(concurrency)
    _quieten_celery()
    from worker.service.__main__ import main as run_worker  # noqa: PLC0415 - loads Celery

    sys.argv[1:] = ["--hostname", f"{name or os.getpid()}@%h", *(celery_options or ())]
    run_worker()


def _quieten_celery() -> None:
    """Leave out the banner, and the warning about root: it is about pickle, and workers accept JSON alone."""
    os.environ.setdefault("CELERY_QUIET", "1")
    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
