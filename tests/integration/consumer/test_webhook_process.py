"""The sender as users run it: a process, and an endpoint that listens."""

import base64
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from consumer.webhook.signature import is_genuine

pytestmark = pytest.mark.redis

ROOT = Path(__file__).parents[3]
KEY = b"k" * 32


@pytest.fixture
def endpoint():
    """Refuse the first message once, take everything else; keep whether each was genuine."""
    got = []
    refused = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            if refused.is_set():
                got.append((headers["webhook-id"], is_genuine(KEY, headers, body, now=int(time.time()))))
            self.send_response(204 if refused.is_set() else 503)
            refused.set()
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/events", got
    server.shutdown()
    server.server_close()


def start(redis_url, url, **variables):
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("DEPESCHE_")},
        "DEPESCHE_REDIS_URL": redis_url,
        "DEPESCHE_WEBHOOK_URL": url,
        "DEPESCHE_WEBHOOK_RETRIES_S": "[0.2, 0.2]",
        **variables,
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "consumer.webhook"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def secret_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text(f"whsec_{base64.b64encode(KEY).decode()}\n")
    return str(path)


def test_messages_arrive_signed_also_what_was_refused_at_first(publish, endpoint, redis_url, secret_file, wait_until):
    url, got = endpoint
    events = publish("a-1", events=3)
    private = {"DEPESCHE_WEBHOOK_ALLOW_PRIVATE": "true", "DEPESCHE_WEBHOOK_SECRET_FILE": secret_file}
    with start(redis_url, url, **private) as process:
        try:
            wait_until(lambda: len(got) >= 3 or process.poll() is not None, what="three messages at the endpoint")
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(90) == 0
    assert got == [(f"{event}:1", True) for event in events]


def test_private_address_is_refused_at_start(redis_url, secret_file):
    with start(redis_url, "https://127.0.0.1/events", DEPESCHE_WEBHOOK_SECRET_FILE=secret_file) as process:
        assert process.wait(90) == 2
        assert process.stderr.read().startswith("address_refused: expected a public address")


@pytest.mark.parametrize("variables", [{}, {"DEPESCHE_WEBHOOK_SECRET": "short"}], ids=["no secret", "weak secret"])
def test_secret_is_needed(redis_url, variables):
    with start(redis_url, "https://hooks.example/", **variables) as process:
        assert process.wait(90) == 2
        assert process.stderr.read().startswith("settings_invalid: DEPESCHE_")
