"""Who may do what: scopes, revocation, and what is open to this machine alone."""

from datetime import UTC, datetime

import pytest
import redis
from starlette.testclient import TestClient

from gateway.access.gatekeeper import Gatekeeper
from gateway.access.store import MemoryTokens, RedisTokens
from gateway.access.tokens import find_token, make_token
from gateway.app import create_app
from gateway.errors import AccessDenied, RequestInvalid, TokenInvalid
from ledger.errors import RedisUnreachable

NOW = datetime(2025, 11, 5, tzinfo=UTC)


@pytest.fixture
def guarded(make_world):
    world = make_world(gateway_access="tokens")
    with TestClient(create_app(world.parts)) as http:
        yield world, http


def bearer(world, *scopes, name="desk"):
    token, kept = make_token(name, scopes, now=NOW)
    assert world.tokens.add(kept)
    return {"authorization": f"Bearer {token}"}


OPERATIONS = [
    ("POST", "/v1/articles", "submit"),
    ("POST", "/v1/articles/a/reextract", "submit"),
    ("GET", "/v1/articles/a", "read"),
    ("GET", "/v1/events", "read"),
    ("DELETE", "/v1/articles/a", "admin"),
    ("GET", "/v1/failures", "admin"),
    ("GET", "/v1/failures/a", "admin"),
    ("POST", "/v1/failures/a/replay", "admin"),
]


@pytest.mark.parametrize(("method", "path", "scope"), OPERATIONS)
@pytest.mark.parametrize("held", ["submit", "read", "admin"])
def test_scope_decides(guarded, problem, *, method, path, scope, held):
    world, http = guarded
    response = http.request(method, path, headers=bearer(world, held))
    if held in {scope, "admin"}:
        assert response.status_code not in {401, 403}
    else:
        assert scope in problem(response, 403, "access_denied")["detail"]


@pytest.mark.parametrize(("method", "path", "_scope"), [*OPERATIONS, ("GET", "/v1/events/stream", "read")])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": "Bearer "},
        {"authorization": "Basic ZDpk"},
        {"authorization": b"Bearer \xff"},
    ],
    ids=["none", "wrong", "empty", "another kind", "beyond ASCII"],
)
def test_without_a_valid_token_nothing_is_done(guarded, problem, *, method, path, _scope, headers):
    world, http = guarded
    bearer(world, "admin")
    response = http.request(method, path, headers=headers)
    problem(response, 401, "token_invalid")
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert "wrong" not in response.text


@pytest.mark.parametrize("path", ["/health/live", "/v1/schemas", "/v1/schemas/event", "/openapi.json"])
def test_what_is_no_secret_needs_no_token(guarded, path):
    assert guarded[1].get(path).status_code == 200


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_revoked_token_opens_nothing_after_some_seconds():
    tokens, clock = MemoryTokens(), Clock()
    token, kept = make_token("desk", ["read"], now=NOW)
    tokens.add(kept)
    keeper = Gatekeeper(tokens, access="tokens", clock=clock)
    ask = {"authorization": f"bearer {token}", "host": "any"}
    assert keeper.check("read", **ask) == "desk"
    assert tokens.revoke("desk")
    clock.now = 5.0
    with pytest.raises(TokenInvalid):
        keeper.check("read", **ask)


def test_known_tokens_hold_while_redis_is_away():
    tokens, clock = MemoryTokens(), Clock()
    token, kept = make_token("desk", ["read"], now=NOW)
    tokens.add(kept)
    keeper = Gatekeeper(tokens, access="tokens", clock=clock)
    ask = {"authorization": f"Bearer {token}", "host": None}
    keeper.check("read", **ask)

    def fail():
        raise RedisUnreachable("away")

    tokens.all = fail
    clock.now = 60.0
    assert keeper.check("read", **ask) == "desk"
    with pytest.raises(RedisUnreachable):
        Gatekeeper(tokens, access="tokens").check("read", **ask)


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080"])
def test_open_to_this_machine_as_long_as_there_is_no_token(host):
    assert Gatekeeper(MemoryTokens()).check("admin", authorization=None, host=host) == ""


@pytest.mark.parametrize("host", ["depesche.example", "localhost.evil.example", "evil.example:8080", "", None, "[::1"])
def test_other_names_get_nothing_without_tokens(host):
    """A page in a browser on this machine, or a proxy, comes by another name."""
    with pytest.raises(AccessDenied):
        Gatekeeper(MemoryTokens()).check("read", authorization=None, host=host)


def test_first_token_ends_what_was_open():
    tokens = MemoryTokens()
    tokens.add(make_token("desk", ["read"], now=NOW)[1])
    with pytest.raises(TokenInvalid):
        Gatekeeper(tokens).check("read", authorization=None, host="localhost")


def test_beyond_this_machine_nothing_is_open_by_itself():
    with pytest.raises(TokenInvalid):
        Gatekeeper(MemoryTokens(), is_on_loopback=False).check("read", authorization=None, host="localhost")


@pytest.mark.parametrize("name", ["", "-x", "a b", "x" * 65, "a\n", "ä"])
def test_bad_name_of_a_token_is_refused(name):
    with pytest.raises(RequestInvalid):
        make_token(name, ["read"], now=NOW)


def test_token_needs_a_scope():
    with pytest.raises(RequestInvalid):
        make_token("desk", [], now=NOW)


def test_what_is_kept_does_not_hold_the_token():
    token, kept = make_token("desk", ["submit", "read"], now=NOW)
    assert token not in kept.model_dump_json()
    assert find_token([kept], token) is kept
    assert find_token([kept], token[:-1]) is None
    assert kept.scopes == ("submit", "read")


@pytest.mark.redis
def test_redis_keeps_tokens_by_name(redis_url):
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        store = RedisTokens(client)
        token, kept = make_token("desk", ["read"], now=NOW)
        assert store.add(kept)
        assert not store.add(kept)
        client.hset("depesche:tokens", "stranger", "no token")
        assert store.all() == [kept]
        assert token not in str(client.hgetall("depesche:tokens"))
        assert store.revoke("desk")
        assert not store.revoke("desk")


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("192.0.2.1", False), ("10.0.0.1", False), ("db", False)],
)
def test_loopback_is_recognised(make_world, host, expected):
    assert make_world(gateway_host=host).settings.is_on_loopback is expected
