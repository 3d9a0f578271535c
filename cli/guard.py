"""What stands around every command: each foreseen error becomes one sentence and its exit status."""

from __future__ import annotations

import functools
import os
import sys
import traceback
from collections.abc import Callable
from typing import Final, NoReturn, ParamSpec, TypeVar

import typer

P = ParamSpec("P")
R = TypeVar("R")

STATUS_INTERRUPTED: Final = 130
"""Ctrl-C: 128 + SIGINT, as shells count."""
STATUS_BROKEN_PIPE: Final = 141
"""The reader went away: 128 + SIGPIPE, as of other commands."""


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Wrap a command so that its errors end in one sentence on stderr, never in a traceback.

    The command has the name of its module: that says what to install when a package is missing.
    Set ``DEPESCHE_DEBUG=1`` to see the traceback of an unforeseen error as well.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            result = command(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except KeyboardInterrupt:
            sys.exit(STATUS_INTERRUPTED)
        except BrokenPipeError:
            _end_quietly()
        except ModuleNotFoundError as error:
            _end_extra_missing(error, command.__module__.rpartition(".")[2])
        except Exception as error:  # noqa: BLE001 - the outermost border: everything becomes a sentence
            _end(error)
        return result

    return run


def _end_quietly() -> NoReturn:
    """Leave without a word: the interpreter would complain when it flushes stdout at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(STATUS_BROKEN_PIPE)


def _end_extra_missing(error: ModuleNotFoundError, name: str) -> NoReturn:
    from cli.extras import describe_missing, exit_status  # noqa: PLC0415

    try:
        sentence = describe_missing(error, command=name)
    except ModuleNotFoundError:
        _end(error)
    print(f"depesche: {sentence}", file=sys.stderr)
    sys.exit(exit_status())


def _end(error: Exception) -> NoReturn:
    """Print the sentence, with the remedy of its code, and exit with the code's status."""
    from cli.faults import as_depesche_error, sentence, status_of, with_notes  # noqa: PLC0415

    if os.environ.get("DEPESCHE_DEBUG"):
        traceback.print_exception(error)
    known = as_depesche_error(error)
    print(f"depesche: {with_notes(error, sentence(known.code, known.message))}", file=sys.stderr)
    sys.exit(status_of(known.code))
