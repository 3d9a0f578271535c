"""The time limit of one article, watched inside the process that works on it."""

from __future__ import annotations

import faulthandler
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from worker.service.errors import ArticleTimeout

REPEAT_S: Final = 5.0
"""The signal comes again: a first one may be lost in a callback that cannot raise."""


@contextmanager
def time_limit(limit_s: float, *, grace_s: float) -> Iterator[None]:
    """End what is inside after a time.

    Python code is interrupted by a signal. Code in C that never returns to Python is not: then, after ``grace_s``
    more, a thread outside the interpreter's lock writes where it hangs to stderr and ends the process. The broker
    hands the message to another process, and the ledger counts the attempt.

    Args:
        limit_s: Seconds.
        grace_s: Seconds beyond that.

    Raises:
        ArticleTimeout: The time ran out.

    Note:
        Only in the main thread of a process.
    """
    earlier = signal.signal(signal.SIGALRM, _raise)
    faulthandler.dump_traceback_later(limit_s + grace_s, exit=True, file=sys.__stderr__ or sys.stderr)
    signal.setitimer(signal.ITIMER_REAL, limit_s, REPEAT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, earlier)


def _raise(_number: int, _frame: FrameType | None) -> None:
    raise ArticleTimeout
