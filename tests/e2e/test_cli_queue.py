"""The commands against a real broker and a real worker, as a user runs them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from ledger import EmbeddedServer

pytestmark = pytest.mark.redis
in_folder = pytest.mark.xdist_group("cli-queue")
"""For tests that use the one folder in which a broker and a worker run."""

DEPESCHE = str(Path(sys.executable).with_name("depesche"))
EXAMPLES = Path(__file__).parents[2] / "cli" / "examples"
READY_S = 150
"""More than `depesche up` itself waits."""


def environment(**changes):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DEPESCHE_")}
    return kept | {"NO_COLOR": "1", "COLUMNS": "100", "DEPESCHE_LOG_FORMAT": "json"} | changes


def wait_for(condition, seconds=READY_S):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("the condition did not come true in time")


def start_up(folder, *options):
    """Start broker and one worker; give the process once they are ready."""
    log = folder / "up.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [DEPESCHE, "up", "--workers", "1", *map(str, options)],
            cwd=folder,
            env=environment(),
            stdout=file,
            stderr=file,
        )
    wait_for(lambda: "workers  1 ready" in log.read_text() or process.poll() is not None)
    assert process.poll() is None, log.read_text()
    return process


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which ``depesche up`` runs."""
    folder = tmp_path_factory.mktemp("up")
    process = start_up(folder)
    yield folder
    process.send_signal(signal.SIGINT)
    assert process.wait(90) == 0


@pytest.fixture
def depesche(folder):
    """Run a command in that folder; it finds the broker by itself."""

    def run(*args, stdin=None):
        return subprocess.run(
            [DEPESCHE, *map(str, args)],
            cwd=folder,
            env=environment(),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=250,
        )

    return run


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def events(result):
    return json.dumps(result["events"], sort_keys=True)


@in_folder
def test_results_of_the_queue_are_those_of_extract(depesche):
    """Queue or not, the events are the same."""
    files = sorted(EXAMPLES.glob("*.json"))
    queued, here = depesche("submit", *files, "--wait"), depesche("extract", *files)
    assert (queued.returncode, here.returncode) == (0, 0), queued.stderr + here.stderr
    assert [each["article_id"] for each in lines(queued.stdout)] == [file.stem for file in files]
    assert list(map(events, lines(queued.stdout))) == list(map(events, lines(here.stdout)))


@in_folder
def test_the_same_article_again_is_the_same_work(depesche):
    article = json.dumps({"id": "twice", "language": "de", "text": "Nora Feldt traf Luca Arnaud in Bern."})
    first, again = (lines(depesche("submit", stdin=article).stdout)[0] for _ in range(2))
    assert (first["article_id"], first["revision"], first["is_new"]) == ("twice", 1, True)
    assert (again["article_id"], again["revision"], again["is_new"]) == ("twice", 1, False)


@in_folder
def test_a_broken_line_fails_alone(depesche):
    good = ('{"id": "l-1", "language": "de", "text": "Eins."}', '{"id": "l-3", "language": "de", "text": "Drei."}')
    stdin = "\n".join((good[0], '{"id": "l-2", ', good[1], ""))
    done = depesche("submit", "--wait", stdin=stdin)
    assert [each["article_id"] for each in lines(done.stdout)] == ["l-1", "l-3"]
    [failure] = lines(done.stderr)
    assert (done.returncode, failure["code"]) == (3, "json_invalid")
    assert failure["message"].startswith("standard input line 2: ")


@in_folder
def test_an_article_is_submitted_before_the_next_one_comes(folder):
    process = subprocess.Popen(
        [DEPESCHE, "submit"], cwd=folder, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    for name in ("slow-1", "slow-2"):
        process.stdin.write(json.dumps({"id": name, "language": "de", "text": "Kurz."}) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["article_id"] == name
    process.stdin.close()
    assert process.wait(90) == 0


@in_folder
def test_a_result_can_be_looked_up_as_json_and_as_a_table(depesche):
    depesche("submit", EXAMPLES / "beispiel-tunnel.json", "--wait")
    found = depesche("result", "beispiel-tunnel")
    assert json.loads(found.stdout)["article_id"] == "beispiel-tunnel"
    assert "beispiel-tunnel · 2025-10-16 · German" in depesche("result", "beispiel-tunnel", "--format", "table").stdout


@in_folder
def test_an_unknown_id_has_its_own_status(depesche):
    done = depesche("result", "nobody-sent-this")
    assert done.returncode == 23
    assert json.loads(done.stderr)["code"] == "not_found"


@in_folder
def test_an_article_that_no_worker_could_read_is_a_failure_that_can_be_shown(depesche):
    text = "Le président a rencontré son homologue à Genève. Ils ont parlé de la coopération entre les deux pays. " * 3
    done = depesche("submit", "--wait", stdin=json.dumps({"id": "français", "text": text}))
    assert done.returncode == 3
    assert lines(done.stderr)[0]["code"] == "language_unsupported"
    assert depesche("result", "français").returncode == 14
    listed = {each["article_id"]: each for each in lines(depesche("failures", "list").stdout)}
    assert "article" not in listed["français"], "the list does not repeat what came in"
    shown = depesche("failures", "show", listed["français"]["failure_id"])
    assert json.loads(shown.stdout)["article"]["text"] == text
    assert "language_unsupported" in depesche("failures", "list", "--format", "table").stdout


@in_folder
def test_a_failure_can_be_replayed(depesche):
    """The cause is not mended, so it fails once more."""
    article = {"id": "encore", "text": "Le président a rencontré son homologue à Genève. Ils ont parlé longtemps. " * 4}
    assert depesche("submit", "--wait", stdin=json.dumps(article)).returncode == 3
    done = depesche("failures", "replay", "encore", "nobody")
    assert [(each["article_id"], each["status"]) for each in lines(done.stdout)] == [("encore", "queued")]
    assert (done.returncode, lines(done.stderr)[0]["code"]) == (3, "not_found")
    assert depesche("result", "encore", "--timeout", 60).returncode == 14
    assert depesche("failures", "replay", "--code", "attempts_exhausted").stdout == ""


@in_folder
def test_a_finished_article_is_worked_on_again(depesche):
    def extracted_at(command):
        [result] = lines(depesche(command, "--wait", stdin=article).stdout)
        return result["revision"], result["extracted_at"]

    article = json.dumps({"id": "once-more", "language": "de", "text": "Nora Feldt traf Luca Arnaud in Bern."})
    first, same, again = map(extracted_at, ("submit", "submit", "reextract"))
    assert first == same
    assert (again[0], again[1] > first[1]) == (1, True)


@in_folder
def test_an_unknown_failure_has_its_own_status(depesche):
    assert depesche("failures", "show", "none").returncode == 23


@in_folder
def test_the_doctor_finds_broker_and_worker(depesche):
    done = depesche("doctor")
    assert done.returncode == 0, done.stdout
    assert "1 alive" in done.stdout
    assert "append-only" in done.stdout


def family(pid):
    """List the processes below a process: the worker and its children have sessions of their own."""
    below = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            below.setdefault(int(path.read_text().rpartition(")")[2].split()[1]), []).append(int(path.parent.name))
    found, todo = [], [pid]
    while todo:
        children = below.get(todo.pop(), [])
        found += children
        todo += children
    return found


def is_alive(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def get(url):
    with httpx.Client(trust_env=False) as http:
        return http.get(url)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_up_leaves_nothing_behind(tmp_path):
    process = start_up(tmp_path)
    below = family(process.pid)
    assert len(below) >= 3, "broker, worker and its child"
    process.terminate()
    assert process.wait(90) == 0
    wait_for(lambda: not any(map(is_alive, below)))
    assert not list((tmp_path / ".depesche").glob("*.heartbeat"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_up_serves_http_and_stops_that_too(tmp_path):
    """The gateway belongs to it: its URL is printed, and it ends with the rest."""
    port = free_port()
    process = start_up(tmp_path, "--gateway", "--gateway-port", port)
    wait_for(lambda: f"gateway  http://127.0.0.1:{port}\n" in (tmp_path / "up.log").read_text())
    wait_for(lambda: get(f"http://127.0.0.1:{port}/health/ready").json()["checks"]["workers"] == "ok, 1 alive")
    assert (tmp_path / ".depesche" / "index.sqlite3").exists()
    below = family(process.pid)
    process.terminate()
    assert process.wait(90) == 0
    wait_for(lambda: not any(map(is_alive, below)))
    with pytest.raises(httpx.ConnectError):
        get(f"http://127.0.0.1:{port}/health/live")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_up_starts_again_what_was_killed(tmp_path, wait_until):
    process = start_up(tmp_path, "--gateway", "--gateway-port", free_port())
    [gateway] = gateways(process.pid)
    os.kill(gateway, signal.SIGKILL)
    wait_until(lambda: (found := gateways(process.pid)) and found != [gateway], what="another gateway")
    assert "gateway was ended by signal 9; it is started again" in (tmp_path / "up.log").read_text()
    below = family(process.pid)
    process.terminate()
    assert process.wait(90) == 0
    wait_for(lambda: not any(map(is_alive, below)))


def gateways(pid):
    """Give the gateways among the processes below one."""
    return [each for each in family(pid) if is_alive(each) and b"\0gateway\0" in command_line(each)]


def command_line(pid):
    with suppress(OSError):  # it may end between two looks
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def test_up_starts_nothing_when_the_port_of_the_gateway_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [DEPESCHE, "up", "--gateway", "--gateway-port", str(port)],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
        )
    assert done.returncode == 45
    assert done.stderr.startswith(f"depesche: not_ready: expected to listen on 127.0.0.1, port {port}, found: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel does this on Linux only")
def test_everything_ends_when_up_is_killed(tmp_path):
    """The broker too; the next start finds its files and goes on."""
    process = start_up(tmp_path, "--gateway", "--gateway-port", free_port())
    below = family(process.pid)
    assert len(below) > 2
    process.kill()
    process.wait()
    wait_for(lambda: not any(map(is_alive, below)))
    with EmbeddedServer(tmp_path / ".depesche" / "redis") as server:
        assert server.url


@in_folder
def test_up_with_a_url_starts_no_broker(folder, tmp_path):
    url = json.loads((folder / ".depesche" / "redis" / "server.json").read_text())["port"]
    process = start_up(tmp_path, "--redis-url", f"redis://127.0.0.1:{url}/0")
    assert not (tmp_path / ".depesche" / "redis").exists()
    process.terminate()
    assert process.wait(90) == 0


COMMANDS = {
    "submit": ("submit", EXAMPLES / "beispiel-tunnel.json"),
    "submit-and-wait": ("submit", EXAMPLES / "beispiel-tunnel.json", "--wait"),
    "result": ("result", "a"),
    "failures-list": ("failures", "list"),
    "failures-show": ("failures", "show", "a"),
    "failures-replay": ("failures", "replay", "--all"),
    "reextract": ("reextract", EXAMPLES / "beispiel-tunnel.json"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("url", ["redis://:geheim@127.0.0.1:1/0", None], ids=["not-listening", "none-given"])
def test_a_redis_that_is_not_reachable_gets_one_sentence(tmp_path, command, url):
    given = {"DEPESCHE_REDIS_URL": url} if url else {}
    done = subprocess.run(
        [DEPESCHE, *map(str, command)],
        cwd=tmp_path,
        env=environment(**given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 5
    assert done.stderr.startswith("depesche: redis_unreachable: ")
    assert done.stderr.count("\n") == 1
    assert "geheim" not in done.stderr
    assert done.stdout == ""


def test_the_demo_shows_events_of_both_languages(tmp_path):
    done = subprocess.run(
        [DEPESCHE, "demo"], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stderr
    assert "beispiel-tunnel · 2025-10-16 · German" in done.stdout
    assert "example-harbour · 2025-10-09 · English" in done.stdout
    results = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert all(result["events"] for result in results)
    assert len(results) == 2
    assert list(tmp_path.iterdir()) == [], "it leaves nothing behind"
