"""Redis with accounts and TLS, by its URL: the accounts are those that deploy/compose.port.yml sets up."""

import re
import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import pytest
import redis
import yaml

from consumer import Consumer
from ledger import EmbeddedServer, LedgerSettings, RedisLedger
from ledger.errors import RedisUnreachable
from producer import Client
from producer.intake import Intake
from schemas import Article, Result
from schemas.names import KEY_TOKENS, QUEUE_LIVE, STREAM_ARTICLES, STREAM_EVENTS, STREAM_RESULTS

pytestmark = pytest.mark.redis

OVERLAY = Path(__file__).parents[3] / "deploy" / "compose.port.yml"
WORDS = {"depesche": "own-word", "submitter": "word-in", "reader": "word-out"}
VARIABLES = {
    "REDIS_PASSWORD": WORDS["depesche"],
    "REDIS_SUBMITTER_PASSWORD": WORDS["submitter"],
    "REDIS_READER_PASSWORD": WORDS["reader"],
}


def accounts():
    """Give the accounts as compose writes them into the container."""
    content = yaml.safe_load(OVERLAY.read_text(encoding="utf-8"))["configs"]["redis-users"]["content"]
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda found: VARIABLES[found[1]], content)


@pytest.fixture
def port(tmp_path):
    """Start a server that knows these accounts; gives its port. Who starts it must be able to ask whether it lives."""
    without_name = "user default on nopass -@all +ping +info"
    (tmp_path / "users.acl").write_text(accounts().replace("user default off", without_name))
    with EmbeddedServer(tmp_path / "redis", arguments=["--aclfile", str(tmp_path / "users.acl")]) as server:
        yield int(server.url.split(":")[2].removesuffix("/0"))


class TlsDoor:
    """Ends TLS before a server that has none itself, as stunnel or a cloud's proxy does."""

    def __init__(self, context, port):
        self._context, self._port = context, port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with suppress(OSError):
            while True:
                plain, _ = self._listener.accept()
                threading.Thread(target=self._open, args=(plain,), daemon=True).start()

    def _open(self, plain):
        with (
            suppress(OSError),
            self._context.wrap_socket(plain, server_side=True) as outside,
            socket.create_connection(("127.0.0.1", self._port)) as inside,
        ):
            back = threading.Thread(target=self._pass_on, args=(inside, outside), daemon=True)
            back.start()
            self._pass_on(outside, inside)
            inside.shutdown(socket.SHUT_RDWR)
            back.join()

    def _pass_on(self, source, target):
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)

    def close(self):
        self._listener.close()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    """Make a certificate for localhost that vouches for itself, and another one that nobody knows."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("known", "unknown"):
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", f"{name}.key", "-out", f"{name}.pem"]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
        except FileNotFoundError:
            pytest.skip("openssl is not installed")
    return folder


@pytest.fixture
def door(port, certificates):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "known.pem", certificates / "known.key")
    door = TlsDoor(context, port)
    yield door
    door.close()


def test_whole_way_by_tls_with_accounts(start_worker, settings, port, door, certificates):
    """Worker, producer, intake and reader, each with its account; the certificate is checked."""
    url = f"rediss://depesche:{WORDS['depesche']}@localhost:{door.port}/0?ssl_ca_certs={certificates / 'known.pem'}"
    start_worker(url=url).wait_ready()
    with Client(url, settings=settings) as client:
        client.submit(Article(id="a-1", text="Anna traf Ben ."))
        assert isinstance(client.wait("a-1"), Result)
        outside = redis.Redis(port=port, username="submitter", password=WORDS["submitter"])
        outside.xadd(STREAM_ARTICLES, {"article": '{"id": "a-2", "text": "Cora traf Dora ."}'})
        intake = Intake.open(settings, url=url)
        assert intake.take() == 1
        intake.close()
        assert isinstance(client.wait("a-2"), Result)
    reader = f"redis://reader:{WORDS['reader']}@127.0.0.1:{port}/0"
    with Consumer(reader, group="others", start="oldest") as consumer:
        arriving = iter(consumer)  # one iterator: what it was given with the first it still holds
        received = [next(arriving) for _ in range(2)]
        for each in received:
            each.ack()
    assert sorted(each.article_id for each in received) == ["a-1", "a-2"]


@pytest.mark.parametrize(
    ("account", "command"),
    [
        ("submitter", ("LPUSH", QUEUE_LIVE, "x")),
        ("submitter", ("XADD", STREAM_EVENTS, "*", "event", "{}")),
        ("submitter", ("XRANGE", STREAM_ARTICLES, "-", "+")),
        ("submitter", ("GET", "depesche:result:a-1")),
        ("reader", ("XADD", STREAM_EVENTS, "*", "event", "{}")),
        ("reader", ("XTRIM", STREAM_RESULTS, "MAXLEN", "0")),
        ("reader", ("XGROUP", "DESTROY", STREAM_EVENTS, "others")),
        ("reader", ("HGETALL", KEY_TOKENS)),
        ("reader", ("LRANGE", QUEUE_LIVE, "0", "-1")),
        ("depesche", ("FLUSHALL",)),
        ("depesche", ("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")),
        ("depesche", ("SET", "of-another-application", "x")),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0].lower(),
)
def test_accounts_may_do_no_more_than_they_need(port, account, command):
    with (
        redis.Redis(port=port, username=account, password=WORDS[account]) as client,
        pytest.raises(redis.exceptions.NoPermissionError),
    ):
        client.execute_command(*command)


def test_unknown_certificate_is_refused(door, certificates):
    """By ledger and Celery; a name that the certificate is not for, too."""
    for host, known in (("localhost", "unknown.pem"), ("127.0.0.1", "known.pem")):
        url = f"rediss://depesche:{WORDS['depesche']}@{host}:{door.port}/0?ssl_ca_certs={certificates / known}"
        with pytest.raises(RedisUnreachable, match="certificate"):
            RedisLedger.open(LedgerSettings(), url=url).check_fitness()
