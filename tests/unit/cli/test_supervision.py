"""What is started is stopped, however this process ends."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from cli.supervision import Supervision
from schemas.errors import Defect
from worker.service.ending import STATUS

SLEEP = (sys.executable, "-c", "import time; time.sleep(60)")
STUBBORN_SCRIPT = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").write("ready")
time.sleep(60)
"""
FAMILY_SCRIPT = f"""
import subprocess, sys, time
child = subprocess.Popen({SLEEP!r})
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(60)
"""


def wait_for(condition, seconds=50):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("the condition did not come true in time")


def is_alive(pid):
    """Zombies do not count: they have ended, and wait for whoever adopted them."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def pids(supervision):
    return [each.process.pid for each in supervision._running]


def test_leaving_stops_all():
    with Supervision(grace_s=10) as supervision:
        for name in ("one", "two"):
            supervision.start(name, SLEEP, environment=os.environ)
        started = pids(supervision)
    assert not any(map(is_alive, started))


def test_an_error_stops_all():
    def fail(supervision):
        with supervision:
            supervision.start("one", SLEEP, environment=os.environ)
            started.extend(pids(supervision))
            raise ValueError("on purpose")

    started = []
    with pytest.raises(ValueError, match="on purpose"):
        fail(Supervision(grace_s=10))
    assert not any(map(is_alive, started))


def test_one_that_does_not_stop_is_killed(tmp_path):
    with Supervision(grace_s=0.5) as supervision:
        supervision.start(
            "stubborn", (sys.executable, "-c", STUBBORN_SCRIPT, str(tmp_path / "ready")), environment=os.environ
        )
        wait_for((tmp_path / "ready").exists)
        [pid] = pids(supervision)
    assert not is_alive(pid)


def test_what_a_process_has_started_is_stopped_with_it(tmp_path):
    path = tmp_path / "pid"
    with Supervision(grace_s=10) as supervision:
        supervision.start("family", (sys.executable, "-c", FAMILY_SCRIPT, str(path)), environment=os.environ)
        wait_for(lambda: path.exists() and path.read_text())
    wait_for(lambda: not is_alive(int(path.read_text())))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_a_signal_ends_the_waiting_and_is_given_back(number):
    before = signal.getsignal(number)
    with Supervision(grace_s=10) as supervision:
        supervision.start("one", SLEEP, environment=os.environ)
        [pid] = pids(supervision)
        os.kill(os.getpid(), number)
        supervision.wait()
        assert supervision.is_asked_to_stop
    assert not is_alive(pid)
    assert signal.getsignal(number) is before


def test_one_that_ends_by_itself_is_named():
    message = r"^worker 1: expected it to run, found that it ended with status 7$"
    with Supervision(grace_s=10) as supervision:
        supervision.start("worker 1", (sys.executable, "-c", "raise SystemExit(7)"), environment=os.environ)
        with pytest.raises(Defect, match=message):
            supervision.wait()


@pytest.mark.parametrize("status", [STATUS, -9], ids=["broke down", "killed"])
def test_one_that_breaks_down_is_started_again(tmp_path, capfd, status):
    """With the same command; and no more often than helps."""
    ending = f"raise SystemExit({status})" if status > 0 else "os.kill(os.getpid(), 9)"
    script = f"import os, sys; open(sys.argv[1], 'a').write('x'); {ending}"
    with Supervision(grace_s=10) as supervision:
        supervision.start("worker 1", (sys.executable, "-c", script, str(tmp_path / "starts")), environment=os.environ)
        with pytest.raises(Defect, match=f"worker 1: .* ended with status {status}"):
            supervision.wait()
    assert (tmp_path / "starts").read_text() == "x" * 6
    assert capfd.readouterr().err.count("worker 1") == 5


def test_one_of_our_own_commands_hands_its_code_on():
    with Supervision(grace_s=10) as supervision:
        supervision.start("worker 1", (sys.executable, "-c", "raise SystemExit(25)"), environment=os.environ)
        with pytest.raises(Defect) as caught:
            supervision.wait()
    assert caught.value.code == "redis_unfit"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel does this on Linux only")
def test_a_killed_parent_takes_its_children_along(tmp_path):
    path = tmp_path / "pid"
    child = """
import os, sys, time
from cli.supervision import end_with
end_with(int(sys.argv[2]))
open(sys.argv[1], "w").write(str(os.getpid()))
time.sleep(60)
"""
    parent = f"""
import os, sys, time
from cli.supervision import Supervision
with Supervision(grace_s=10) as supervision:
    supervision.start("child", (sys.executable, "-c", {child!r}, sys.argv[1], str(os.getpid())), environment=os.environ)
    supervision.wait()
"""
    process = subprocess.Popen([sys.executable, "-c", parent, str(path)])
    wait_for(lambda: path.exists() and path.read_text())
    process.kill()
    process.wait()
    wait_for(lambda: not is_alive(int(path.read_text())))
