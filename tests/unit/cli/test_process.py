"""The command as a process: what it imports, how it ends, what it shows on a terminal."""

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
RUN = "from cli.main import run; run()"
SWAP = "from test_extracting import FakeExtraction; from cli.engine import inline; inline.Extraction = FakeExtraction"
FAKE = f"{SWAP}; {RUN}"
ARTICLE = {"id": "a", "text": "traf"}


def command(script, *args):
    return [sys.executable, "-c", f"import sys; sys.argv[0] = 'depesche'; {script}", *args]


def environment(**changes):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DEPESCHE_", "FORCE_", "TTY_"))}
    return kept | {"PYTHONPATH": str(HERE), "NO_COLOR": "1", "COLUMNS": "100", "TERM": "xterm"} | changes


def run(script, *args, stdin=None):
    return subprocess.run(
        command(script, *args), input=stdin, capture_output=True, text=True, env=environment(), check=False
    )


def write_jsonl(folder, *articles):
    path = folder / "a.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path


def test_help_loads_nothing_heavy():
    """It answers at once: neither the models of the contract nor any library of an extra but the cli's are loaded."""
    script = f"""
import atexit
atexit.register(lambda: print("LOADED", sorted(m for m in sys.modules if "." not in m)))
{RUN}"""
    done = run(script, "--help")
    loaded = done.stdout.rpartition("LOADED")[2]
    assert done.returncode == 0
    assert "'typer'" in loaded
    for heavy in ("pydantic", "schemas", "spacy", "redis", "celery", "numpy"):
        assert f"'{heavy}'" not in loaded


def test_version_is_the_distribution_s():
    assert re.fullmatch(r"depesche \d+\.\d+.*\n", run(RUN, "--version").stdout)


@pytest.mark.parametrize(
    ("module", "command", "extra"),
    [
        ("typer", "extract", "worker"),
        ("typer", "--help", "cli"),
        ("spacy", "extract", "worker"),
        ("pydantic_settings", "extract", "worker"),
        ("celery", "submit", "producer"),
        ("redis", "up", "worker,embedded"),
    ],
)
def test_a_missing_extra_gets_one_sentence_and_its_status(module, command, extra):
    done = run(f"sys.modules[{module!r}] = None; {RUN}", command, stdin=json.dumps(ARTICLE))
    assert done.returncode == 32
    assert done.stderr.count("\n") == 1
    assert f"pip install 'depesche[{extra}]'" in done.stderr


def test_wrong_usage_has_status_2():
    done = run(RUN, "extract", "--min-confidence", "2")
    assert done.returncode == 2
    assert "--min-confidence" in done.stderr


def test_an_option_that_is_no_date_has_one_sentence_and_its_status(tmp_path):
    done = run(RUN, "extract", str(write_jsonl(tmp_path, ARTICLE)), "--published", "gestern")
    assert done.returncode == 15
    assert done.stderr.startswith("depesche: date_invalid: --published: expected an ISO 8601 date")
    assert done.stderr.count("\n") == 1


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path):
    path = write_jsonl(tmp_path, *[ARTICLE] * 2000)
    process = subprocess.Popen(
        command(FAKE, "extract", str(path)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141


def test_ctrl_c_ends_it_quietly():
    # A shell that runs the tests in the background has its processes ignore Ctrl-C.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    process = subprocess.Popen(
        command(f"{heard}; {FAKE}", "extract"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    process.stdin.write(json.dumps(ARTICLE).encode() + b"\n")
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert process.communicate()[1] == b""
    assert process.returncode == 130


def test_results_come_as_the_articles_come():
    """A slow producer sees its first result before it sends its second article."""
    process = subprocess.Popen(
        command(FAKE, "extract"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
    )
    for number in range(2):
        process.stdin.write(json.dumps({"id": f"a-{number}", "text": "traf"}) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["article_id"] == f"a-{number}"
    process.stdin.close()
    assert process.wait() == 0


def run_on_terminal(*args, stdout=None):
    """Run with stderr, and stdout unless another is given, on a terminal; give what it showed and the status."""
    master, terminal = pty.openpty()
    process = subprocess.Popen(
        command(FAKE, *args), stdin=terminal, stdout=stdout or terminal, stderr=terminal, env=environment()
    )
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # what Linux raises when the last writer has gone
        while piece := os.read(master, 65536):
            shown += piece
    os.close(master)
    return shown.decode(), process.wait()


def test_a_bar_is_shown_on_a_terminal_for_many_articles(tmp_path):
    shown, status = run_on_terminal("extract", str(write_jsonl(tmp_path, *[ARTICLE] * 300)))
    assert status == 0
    assert re.search(r"Extracting .*\d+ articles", shown)
    assert shown.count('"article_id":"a"') == 300


def test_no_bar_is_shown_for_a_few_articles(tmp_path):
    shown, _ = run_on_terminal("extract", str(write_jsonl(tmp_path, *[ARTICLE] * 3)))
    assert "Extracting" not in shown


def test_a_bar_on_the_terminal_leaves_the_output_file_alone(tmp_path):
    out = tmp_path / "out.jsonl"
    with out.open("w") as stdout:
        shown, _ = run_on_terminal("extract", str(write_jsonl(tmp_path, *[ARTICLE] * 300)), stdout=stdout)
    assert "Extracting" in shown
    assert [json.loads(line)["article_id"] for line in out.read_text().splitlines()] == ["a"] * 300


def test_no_bar_is_shown_in_a_pipe(tmp_path):
    done = run(FAKE, "extract", str(write_jsonl(tmp_path, *[ARTICLE] * 300)))
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 300


def test_a_failure_on_a_terminal_is_a_sentence(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(" ")
    shown, status = run_on_terminal("extract", str(path))
    assert shown.startswith("text_empty: ")
    assert "Send the article's text" in shown
    assert status == 12


def test_a_failure_of_jsonl_input_is_json_on_a_terminal_too(tmp_path):
    shown, status = run_on_terminal("extract", str(write_jsonl(tmp_path, {"text": ""})))
    assert json.loads(shown)["code"] == "text_empty"
    assert status == 3


def test_who_types_no_file_is_told_what_is_awaited():
    master, terminal = pty.openpty()
    process = subprocess.Popen(
        command(FAKE, "extract"), stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    os.close(terminal)
    assert process.stderr.readline() == b"Reading articles as JSON Lines from standard input; end with Ctrl-D.\n"
    os.write(master, b"\x04")
    assert process.wait(90) == 0
    os.close(master)


def test_a_table_in_a_pipe_has_no_colour(tmp_path):
    done = run(FAKE, "extract", str(write_jsonl(tmp_path, ARTICLE)), "--format", "table")
    assert "‹traf›" in done.stdout
    assert "\x1b" not in done.stdout
