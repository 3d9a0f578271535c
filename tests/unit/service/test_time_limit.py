"""The time limit of one article."""

import contextlib
import signal
import subprocess
import sys
import time

import pytest

from worker.service.errors import ArticleTimeout
from worker.service.time_limit import time_limit


def spin(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            pass


def test_what_takes_too_long_ends():
    """Also inside code that swallows every error."""
    started = time.monotonic()
    with pytest.raises(ArticleTimeout), time_limit(0.05, grace_s=60):
        spin(60)
    assert time.monotonic() - started < 30


def test_what_is_quick_enough_is_left_alone():
    """And nothing ticks on behind it."""
    # Not less: a process that waits for its processor inside would be ended, and the tests with it.
    with time_limit(0.5, grace_s=0.5):
        pass
    spin(1.2)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_error_inside_stops_the_clock():
    with pytest.raises(KeyError), time_limit(60, grace_s=60):
        raise KeyError
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_code_in_c_that_never_returns_ends_its_process():
    """And says where it hung, in lines of code."""
    script = (
        "import itertools\n"
        "from worker.service.time_limit import time_limit\n"
        "with time_limit(0.5, grace_s=0.5):\n"
        "    sum(itertools.repeat(0))\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=90, check=False)
    assert ended.returncode == 1
    assert "Timeout (0:00:01)" in ended.stderr
    assert "ArticleTimeout" not in ended.stderr
