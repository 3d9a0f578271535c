"""One article's attempt: what is wrong with it alone comes back as an error, what is wrong with all is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final, TypeVar

from cli.faults import as_depesche_error
from schemas.errors import DepescheError

BROKEN_INSTALLATION: Final = frozenset({"model_missing", "model_invalid", "data_file_invalid", "settings_invalid"})
"""Codes that every other article would get as well: they end the run."""

T = TypeVar("T")


def attempt(work: Callable[[], T], *, where: str) -> T | DepescheError:
    """Do the work for an article.

    Args:
        work: Reads one article.
        where: Its file and line, for the message.

    Raises:
        DepescheError: The installation is broken.
        ModuleNotFoundError: A package is missing.
    """
    try:
        return work()
    except ModuleNotFoundError:
        raise
    except DepescheError as error:
        if error.code in BROKEN_INSTALLATION:
            raise
        return _placed(error, where)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not take the others with it
        known = as_depesche_error(error, code="extraction_failed")
        known.message = f"expected a result, found {known.message}"
        return _placed(known, where)


def attempt_all(outcomes: Iterable[T | Exception], *, where: Iterable[str]) -> Iterator[T | DepescheError]:
    """Take what came of several articles.

    Args:
        outcomes: A result, or what was raised.
        where: Each one's file and line.

    Raises:
        DepescheError: As for :func:`attempt`, when the turn of the article has come.
    """
    for outcome, place in zip(outcomes, where, strict=True):
        yield attempt(partial(_given, outcome), where=place)


def _given(outcome: T | Exception) -> T:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _placed(error: DepescheError, where: str) -> DepescheError:
    """Name file and line: the library knows neither."""
    error.message = f"{where}: {error.message}"
    return error
