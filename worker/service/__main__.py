"""``python -m worker.service [CELERY OPTIONS]``: run a worker with everything set as it should be."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def arguments(options: Sequence[str]) -> list[str]:
    """Give the arguments for Celery: ours, then those of the caller, which win.

    Example:
        >>> arguments(["--concurrency", "4"])[:4]
        ['--quiet', '-A', 'worker.service.main', 'worker']
    """
    return [
        "--quiet",  # no banner: each line of the log is one happening
        "-A",
        "worker.service.main",
        "worker",
        # Workers need nothing of each other.
        "--without-gossip",
        "--without-mingle",
        *options,
    ]


def main() -> None:
    """Run the worker in this process."""
    # Read when billiard is imported, so before Celery: SIGTERM gives running articles their time.
    os.environ.setdefault("REMAP_SIGTERM", "SIGQUIT")
    # One thread per process: the children share the processors.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from celery.__main__ import main as celery_main  # noqa: PLC0415

    sys.argv = ["depesche-worker", *arguments(sys.argv[1:])]
    celery_main()


if __name__ == "__main__":
    main()
