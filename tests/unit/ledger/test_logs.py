"""Every line of the log has one form, whoever writes it, and tells of an error without what it says."""

import json
import logging
import subprocess
import sys
import threading
import warnings

import pytest
import structlog

from ledger.logs import configure_logs, keep_first_line

MARKER = "Zwetschgenkompott"


@pytest.fixture
def log(monkeypatch):
    """Set the log up as a service does, on the stderr of the test; give what was written, line by line."""
    written = _Stream()
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    monkeypatch.setattr(sys, "__stderr__", written)

    def set_up(log_format="auto", *, is_terminal=False):
        written.is_terminal = is_terminal
        configure_logs(level="info", log_format=log_format)
        return written.lines

    yield set_up
    root.handlers[:], root.level, sys.excepthook, threading.excepthook = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


class _Stream:
    def __init__(self):
        self.text, self.is_terminal = "", False

    def write(self, text):
        self.text += text

    def flush(self):
        """Nothing is held back."""

    def isatty(self):
        return self.is_terminal

    def lines(self):
        return self.text.splitlines()


@pytest.mark.parametrize(
    ("log_format", "is_terminal", "is_json", "is_coloured"),
    [
        ("auto", False, True, False),
        ("auto", True, False, True),
        ("json", True, True, False),
        ("console", False, False, False),
    ],
    ids=["to a file or pipe", "to a terminal", "JSON on a terminal", "for people in a file"],
)
def test_format_is_that_of_the_reader(log, log_format, is_terminal, is_json, is_coloured):
    lines = log(log_format, is_terminal=is_terminal)
    structlog.get_logger("depesche").info("article done", article_id="ä-1")
    (line,) = lines()
    assert (line.startswith("{"), "\x1b[" in line) == (is_json, is_coloured)
    assert "article done" in line
    assert "ä-1" in line


def test_libraries_write_the_same_form(log):
    """Celery and uvicorn use logging; Python its warnings."""
    lines = log()
    structlog.contextvars.bind_contextvars(article_id="a-1")
    logging.getLogger("celery.worker").warning("consumer: cannot connect to %s", "redis")
    logging.getLogger("uvicorn.error").info("Started")
    warnings.warn("something is old", stacklevel=1)
    structlog.contextvars.clear_contextvars()
    found = [json.loads(line) for line in lines()]
    assert [each["logger"] for each in found] == ["celery.worker", "uvicorn.error", "py.warnings"]
    assert all({"event", "level", "timestamp", "article_id"} <= set(each) for each in found)


@pytest.mark.parametrize("log_format", ["json", "console"])
@pytest.mark.parametrize(
    "write",
    [
        lambda: structlog.get_logger("depesche").exception("failed"),
        lambda: structlog.get_logger("depesche").error("failed", exc_info=True),
        lambda: logging.getLogger("kombu").exception("failed"),  # noqa: LOG004 - called within one
        lambda: logging.getLogger("kombu").error("failed", exc_info=True, stack_info=True),  # noqa: LOG014 - the same
        lambda: logging.getLogger("kombu").error("failed\nbody: %s", MARKER),
    ],
    ids=["structlog", "structlog with exc_info", "logging", "logging with a stack", "a message that quotes a body"],
)
def test_error_is_told_by_type_and_place(log, log_format, write):
    lines = log(log_format)
    try:
        int(MARKER)  # says what it was given
    except ValueError:
        write()
    (line,) = lines()
    assert "failed" in line
    assert MARKER not in line
    assert "body" in repr(write.__code__.co_consts) or ("ValueError" in line and "test_logs.py:" in line)


def test_thread_that_ends_by_an_error_is_told_without_its_message(log):
    lines = log()

    def broken():
        raise ValueError(MARKER)

    thread = threading.Thread(target=broken, name="sweeper")
    thread.start()
    thread.join()
    (line,) = map(json.loads, lines())
    assert (line["level"], line["thread"], line["error"]) == ("critical", "sweeper", "ValueError")
    assert MARKER not in str(line)


def test_process_that_ends_by_an_error_tells_it_without_its_message():
    program = f"""
from ledger.logs import configure_logs
configure_logs(level="info")
raise ValueError("{MARKER}")
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    (line,) = map(json.loads, ended.stderr.splitlines())
    assert (line["event"], line["error"], line["place"]) == ("ended by an error", "ValueError", "<string>:4 <module>")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("one line", "one line"),
        ("\n first\nsecond", "first …"),
        ("", ""),
    ],
)
def test_first_line_is_kept(said, kept):
    assert keep_first_line(None, "info", {"event": said})["event"] == kept
