"""The programs in the how-tos do what they say, as they stand there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.redis

ROOT = Path(__file__).parents[3]
PAGES = "".join(
    (ROOT / "docs" / "how-to" / name).read_text(encoding="utf-8")
    for name in ("submit-from-another-service.md", "consume.md")
)
COMMANDS = {".py": [sys.executable], ".mjs": ["node"], ".go": ["go", "run"]}


def program(name, folder):
    """Take a program out of its page; it begins with its name."""
    found = re.search(rf"```\w+\n(?:#|//) {re.escape(name)}\n(.*?)```", PAGES, re.DOTALL)
    path = folder / name
    path.write_text(found.group(1), encoding="utf-8")
    command = COMMANDS[path.suffix]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return [*command, str(path)]


@pytest.fixture
def environment(gateway, redis_url, tmp_path):
    return {
        **os.environ,
        "DEPESCHE_GATEWAY": gateway.base,
        "DEPESCHE_REDIS_URL": redis_url,
        "PYTHONPATH": str(ROOT),
        "GOCACHE": str(tmp_path / "go"),
    }


def run(command, environment, folder):
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd=folder, timeout=100
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "article_id"),
    [("submit_http.py", "python-1"), ("submit_http.mjs", "node-1"), ("submit_http.go", "go-1")],
)
def test_article_is_submitted_over_http(name, article_id, *, gateway, environment, tmp_path):
    assert run(program(name, tmp_path), environment, tmp_path) == "202 queued"
    assert gateway.http.get(f"/v1/articles/{article_id}").json()["status"] == "queued"


def test_article_is_submitted_over_redis(environment, tmp_path):
    assert re.fullmatch(r"\d+-\d+", run(program("submit_redis.py", tmp_path), environment, tmp_path))


@pytest.mark.parametrize(
    ("name", "words"), [("consume.py", "meeting asserted"), ("follow.mjs", "depesche.event.v1 p1")]
)
def test_events_are_read(name, words, *, gateway, environment, article, finish, tmp_path):
    gateway.http.post("/v1/articles", json=article(1))
    finish(article(1)["id"], "p1")
    command = program(name, tmp_path)
    unbuffered = {**environment, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=unbuffered, cwd=tmp_path) as process:
        assert any(words in line for line in process.stdout)
        process.kill()
