"""One format for the log of every service: a line per happening, JSON in production, readable on a terminal."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

import structlog

from ledger.log_format import LogFormat

FRAMES_SHOWN: Final = 3
OURS: Final = frozenset({"depesche", "schemas", "ledger", "producer", "consumer", "gateway", "worker", "cli"})

Happening = MutableMapping[str, Any]


def configure_logs(*, level: str, log_format: LogFormat = "auto") -> None:
    """Send the log of this process and of the libraries below to stderr, in one format.

    Warnings of Python and errors that end the process or a thread are lines of it too. An error is told by its type
    and place alone: its message may quote the article.

    Args:
        level: The least that is written, such as ``info``.
        log_format: See :mod:`ledger.log_format`.
    """
    stream = sys.__stderr__ or sys.stderr
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        *_about_when_and_where(as_json=is_json(log_format, stream)),
        name_error,
        add_trace,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[keep_first_line, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(stream, log_format)],
            keep_exc_info=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.captureWarnings(capture=True)
    _log_what_ends_a_thread()


def is_json(log_format: LogFormat, stream: TextIO | None = None) -> bool:
    """Tell whether the log is written as JSON."""
    written_to = stream or sys.__stderr__ or sys.stderr
    return log_format == "json" or (log_format == "auto" and not written_to.isatty())


def _renderer(stream: TextIO, log_format: LogFormat) -> Any:
    if is_json(log_format, stream):
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), pad_event_to=24, sort_keys=False)


def _about_when_and_where(*, as_json: bool) -> list[Any]:
    """Programs get the time in UTC and the module; people the time of their clock, and whose line it is if not ours."""
    if as_json:
        return [structlog.stdlib.add_logger_name, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    return [_name_article_first, _name_libraries, structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False)]


def _name_article_first(_logger: Any, _method: str, happening: Happening) -> Happening:
    return {"article_id": happening["article_id"], **happening} if "article_id" in happening else happening


def _name_libraries(logger: Any, method: str, happening: Happening) -> Happening:
    name = structlog.stdlib.add_logger_name(logger, method, dict(happening))["logger"].partition(".")[0]
    if name not in OURS:
        happening["logger"] = name
    return happening


def keep_first_line(_logger: Any, _method: str, happening: Happening) -> Happening:
    """Cut what a library says to its first line: below it stand tracebacks and whole messages."""
    first, *rest = str(happening.get("event", "")).strip().splitlines() or [""]
    happening["event"] = f"{first} …" if rest else first
    return happening


def name_error(_logger: Any, _method: str, happening: Happening) -> Happening:
    """Put the type and the place of an error where its message and traceback would be."""
    found = happening.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        happening.setdefault("error", type(error).__name__)
        happening.setdefault("place", _place(error.__traceback__))
    happening.pop("stack_info", None)
    return happening


def _place(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-FRAMES_SHOWN:]
    return " > ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames)


def add_trace(_logger: Any, _method: str, happening: Happening) -> Happening:
    """Add the ids of the trace that this line belongs to, where there is one."""
    api = sys.modules.get("opentelemetry.trace")
    if api is not None:
        context = api.get_current_span().get_span_context()
        if context.is_valid:
            happening["trace_id"] = api.format_trace_id(context.trace_id)
            happening["span_id"] = api.format_span_id(context.span_id)
    return happening


def _log_what_ends_a_thread() -> None:
    log = structlog.get_logger("depesche")

    def on_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("ended by an error", error=kind.__name__, place=_place(trace))

    def on_thread_end(ended: threading.ExceptHookArgs) -> None:
        log.critical(
            "thread ended by an error",
            thread=getattr(ended.thread, "name", None),
            error=ended.exc_type.__name__,
            place=_place(ended.exc_traceback),
        )

    sys.excepthook = on_end
    threading.excepthook = on_thread_end
