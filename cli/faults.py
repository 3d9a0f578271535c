"""Errors as the command line shows them: a Failure for programs, one sentence for people, an exit status for shells."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path

from schemas.article import Article
from schemas.errors import Defect, DepescheError
from schemas.failure import Failure
from schemas.failure_codes import FAILURE_CODES


def sentence(code: str, message: str) -> str:
    """Say what was found, what was expected and where, and what mends it.

    Example:
        >>> sentence("text_empty", "a.txt: expected text, found only whitespace")
        "text_empty: a.txt: expected text, found only whitespace. Send the article's text in the field text."
    """
    return f"{code}: {message.rstrip('.')}. {FAILURE_CODES[code].remedy}"


def status_of(code: str) -> int:
    """Give the exit status of a failure code."""
    return FAILURE_CODES[code].exit_status


def with_notes(error: BaseException, message: str) -> str:
    """Append what was noted on the error on its way."""
    return " ".join((message, *getattr(error, "__notes__", ())))


def as_depesche_error(error: Exception, *, code: str = "internal_error") -> DepescheError:
    """Give an error its stable code; an unforeseen one is named by its type and place, never by its text.

    Args:
        error: What was raised.
        code: The code of an unforeseen error.
    """
    if isinstance(error, DepescheError):
        return error
    # What the system says of a file or a device ("No space left on device") holds no text of an article.
    reason = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
    return Defect(f"{type(error).__name__}{reason}{_place(error)}", code=code)


def _place(error: Exception) -> str:
    frame = error.__traceback__
    if frame is None:
        return ""
    while frame.tb_next is not None:
        frame = frame.tb_next
    code = frame.tb_frame.f_code
    return f" in {Path(code.co_filename).name}, line {frame.tb_lineno} ({code.co_name})"


def build_failure(
    error: DepescheError,
    *,
    article_id: str | None = None,
    attempts: int = 0,
    article: Article | None = None,
    raw: bytes | None = None,
) -> Failure:
    """Make the Failure of an article.

    Args:
        error: Why it failed.
        article_id: Its id, where that could be read.
        attempts: How often the extraction was started.
        article: What came in, where nothing else keeps it and it was an article.
        raw: The same, where it was none.
    """
    return Failure(
        article_id=article_id,
        code=error.code,
        family=FAILURE_CODES[error.code].family,
        message=error.message,
        attempts=attempts,
        failed_at=datetime.now(UTC),
        article=article,
        raw=base64.b64encode(raw).decode("ascii") if raw else None,
    )
