"""What the gateway measures of its own requests, and who may see it."""

from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from gateway.access.tokens import make_token
from gateway.app import create_app
from gateway.metrics import OF_REQUESTS
from gateway.metrics_queue import article_ids


def series(text):
    """Give every series as its name and the values of its labels in the order of the labels' names."""
    found = text_string_to_metric_families(text)
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in found
        for sample in family.samples
    }


@pytest.fixture
def measured(http):
    return lambda: series(http.get("/metrics").text)


def test_requests_are_counted_by_route_and_status(http, measured, submit):
    """By the route's template: an id in a label would make a series for each article."""
    submit("a-1")
    for name in ("a-1", "a-2", "a-3"):
        http.get(f"/v1/articles/{name}")
    found = measured()
    assert found["depesche_http_requests_total", "POST", "/v1/articles", "202"] == 1
    assert found["depesche_http_requests_total", "GET", "/v1/articles/{article_id:path}", "200"] == 1
    assert found["depesche_http_requests_total", "GET", "/v1/articles/{article_id:path}", "404"] == 2
    assert found["depesche_http_request_duration_seconds_count", "GET", "/v1/articles/{article_id:path}"] == 3
    assert found["depesche_http_requests_in_progress",] == 1


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/wp-admin/../../etc/passwd", ("GET", "unmatched", "404")),
        ("GET", "/v1/" + "x" * 500, ("GET", "unmatched", "404")),
        ("BREW", "/v1/articles", ("other", "unmatched", "405")),
    ],
    ids=["strange path", "long path", "strange method"],
)
def test_strangers_make_no_series_of_their_own(http, measured, method, path, expected):
    http.request(method, path)
    routes = {key[1:] for key in measured() if key[0] == "depesche_http_requests_total"}
    assert {(*key[:1], *key[2:]) for key in routes} >= {(expected[0], expected[2])}
    assert not any("x" * 50 in part or "passwd" in part or part == "BREW" for key in routes for part in key)


def test_fault_counts_as_such(world):
    world.monitor.fault = RuntimeError("bug")
    with TestClient(create_app(world.parts), raise_server_exceptions=False) as http:
        assert http.get("/health/ready").status_code == 500
        found = series(http.get("/metrics").text)
    assert found["depesche_http_requests_total", "GET", "/health/ready", "500"] == 1


@pytest.fixture
def ask(make_world):
    """Ask for the metrics of a gateway that needs tokens, and may be reached from elsewhere."""

    def get(scope=None, **settings):
        world = make_world(gateway_access="tokens", **settings)
        headers = {}
        if scope:
            token, kept = make_token("prometheus", [scope], now=datetime.now(UTC))
            world.tokens.add(kept)
            headers = {"authorization": f"Bearer {token}"}
        with TestClient(create_app(world.parts)) as http:
            return http.get("/metrics", headers=headers)

    return get


@pytest.mark.parametrize(
    ("rule", "scope", "status"),
    [
        ("token", None, 401),
        ("token", "submit", 403),
        ("token", "read", 200),
        ("token", "admin", 200),
        ("open", None, 200),
        ("off", "admin", 404),
    ],
)
def test_metrics_are_for_those_who_may_see_them(ask, rule, scope, status):
    """As Prometheus asks, with `authorization: {credentials: …}`; or without, where that is set."""
    assert ask(scope, gateway_metrics=rule).status_code == status


def test_answer_is_prometheus_text(http):
    answer = http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["cache-control"] == "no-store"
    for metric in OF_REQUESTS:
        assert f"# HELP {metric.name} " in answer.text


@pytest.mark.parametrize(
    "raw", ["", "no json", "{}", '{"body": "!"}', '{"body": "e30="}', '{"body": "W1sxXSwge30sIHt9XQ=="}', "[" * 9999]
)
def test_what_is_no_message_of_ours_has_no_articles(raw):
    """Anybody who reaches Redis may have put it there."""
    assert article_ids(raw) == []
