"""Everything the doctor looks at, in order."""

from __future__ import annotations

from collections.abc import Iterator

from cli.doctor.check import Check
from cli.doctor.machine import check_machine
from cli.doctor.packages import check_packages, is_installed


def examine(redis_url: str | None) -> Iterator[Check]:
    """Look at the machine, the packages, the language pipelines and the queue.

    Args:
        redis_url: Where the queue is; None looks for a server that could be started here.
    """
    yield from check_machine()
    yield from check_packages()
    if is_installed("worker"):
        from cli.doctor.pipelines import check_pipelines  # noqa: PLC0415 - loads spaCy

        yield from check_pipelines()
    if redis_url and is_installed("producer"):
        from cli.doctor.queue import check_queue  # noqa: PLC0415

        yield from check_queue(redis_url)
    elif not redis_url:
        from cli.doctor.embedded import check_embedded  # noqa: PLC0415

        yield from check_embedded()
