"""Becomes another program, which the kernel ends when the parent goes, also when that is killed (Linux).

Run as a script: ``python -I -S ended_with_parent.py PARENT PROGRAM [ARGUMENTS]``. It runs between the fork and the
program, where code of our own is only safe in a process without threads.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


def tied(command: Sequence[str]) -> list[str]:
    """Give the command that runs another one and has it ended with this process.

    Note:
        The kernel means the thread that starts it. So only what the main thread starts is tied, and nothing where the
        system has no such signal.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not sys.platform.startswith("linux") or not is_main or not sys.executable:
        return list(command)
    return [sys.executable, "-I", "-S", str(Path(__file__)), str(os.getpid()), *command]


def main() -> None:
    """Ask for the signal, and become the program."""
    parent, *command = sys.argv[1:]
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):
        sys.exit(0)  # it went before the signal was asked for
    os.execv(command[0], command)  # noqa: S606 - no shell is what is wanted


if __name__ == "__main__":
    main()
