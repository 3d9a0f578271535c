"""Health, contract, document; and that every fault is a problem."""

import json

import jsonschema
import pytest
from starlette.testclient import TestClient

from gateway.app import create_app
from gateway.monitor import MemoryMonitor
from gateway.problems import status_of
from ledger.errors import RedisRefused, RedisUnreachable
from ledger.record import Work
from schemas import Article, content_hash
from schemas.failure_codes import FAILURE_CODES


def test_live_asks_nobody(http, world):
    world.monitor.fault = RedisUnreachable("away")
    assert http.get("/health/live").json()["status"] == "live"


def test_ready_says_what_was_looked_at(http):
    found = http.get("/health/ready").json()
    expected = {
        "broker": "ok",
        "workers": "ok, 1 alive",
        "queue": "ok, 0 waiting",
        "failures": "ok, 0 of 0 articles failed in 10 min",
    }
    assert found == {"status": "ready", "checks": expected}


@pytest.mark.parametrize(
    ("code", "failed", "done", "found"),
    [
        ("extraction_failed", 20, 19, "too many, 20 of 39"),
        ("extraction_failed", 20, 20, "ok, 20 of 40"),
        ("extraction_failed", 19, 0, "ok, 19 of 19"),
        ("redis_unreachable", 20, 0, "too many, 20 of 20"),
        ("language_unsupported", 60, 1, "ok, 0 of 1"),
    ],
    ids=["most fail", "half of them fail", "too few to tell", "a dependency is away", "one client's articles"],
)
def test_not_ready_while_most_articles_fail(world, code, failed, done, found):
    """All bad means a bad deploy; what is wrong with the articles of one client is not."""
    articles = [Article(id=f"a-{number}", text="Ein Text.") for number in range(failed + done)]
    world.ledger.accept([Work(each.id, content_hash(each), each) for each in articles])
    for number, each in enumerate(articles):
        world.fail(each.id, code) if number < failed else world.finish(each.id)
    with TestClient(create_app(world.parts)) as http:
        response = http.get("/health/ready")
    assert response.json()["checks"]["failures"].startswith(found)
    assert response.status_code == (200 if found.startswith("ok") else 503)


@pytest.mark.parametrize(
    ("monitor", "check"),
    [
        pytest.param(MemoryMonitor(workers=0), "workers", id="no worker"),
        pytest.param(MemoryMonitor(waiting=lambda: 100_000), "queue", id="queue full"),
    ],
)
def test_not_ready_names_what_is_wrong(world, problem, monitor, check):
    world.parts.monitor = monitor
    with TestClient(create_app(world.parts)) as http:
        found = problem(http.get("/health/ready"), 503, "not_ready")
    assert check in found["detail"]
    assert not found["checks"][check].startswith("ok")


def test_not_ready_without_broker(http, world, problem):
    world.monitor.fault = RedisUnreachable("away")
    assert problem(http.get("/health/ready"), 503, "not_ready")["checks"]["broker"] == "redis_unreachable"


@pytest.mark.parametrize("error", [RedisUnreachable("away"), RedisRefused("full")], ids=["away", "full"])
def test_redis_away_is_a_problem_with_retry_after(submit, world, problem, error):
    world.monitor.fault = error
    response = submit("a-1")
    problem(response, 503, error.code)
    assert int(response.headers["retry-after"]) > 0


def test_unforeseen_error_is_a_problem_without_what_it_says(http, world, problem):
    def fail(_query):
        raise KeyError("words of an article")

    world.index.find = fail
    response = http.get("/v1/events")
    found = problem(response, 500, "internal_error")
    assert "KeyError" in found["detail"]
    assert "words" not in response.text


def test_unknown_address_and_method_are_problems(http, problem):
    problem(http.get("/v2/articles"), 404, "not_found")
    response = http.put("/v1/events")
    problem(response, 405, "method_not_allowed")
    assert "GET" in response.headers["allow"]


@pytest.mark.parametrize("code", FAILURE_CODES)
def test_every_code_has_a_status_of_its_family(code):
    expected = {"invalid": range(400, 500), "transient": (408, 429, 503), "defect": (500,)}
    allowed = (503,) if code == "redis_unfit" else expected[FAILURE_CODES[code].family]
    assert status_of(code) in allowed


def test_answers_are_safe_in_a_browser(http):
    for path in ("/v1/events", "/nowhere", "/health/live"):
        headers = http.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]


def test_schemas_are_those_of_the_contract(http, problem):
    names = http.get("/v1/schemas").json()["schemas"]
    for name in names:
        response = http.get(f"/v1/schemas/{name}")
        assert response.headers["content-type"] == "application/schema+json"
        assert response.json()["$id"] == f"urn:depesche:v1:{name}"
    problem(http.get("/v1/schemas/..%2f..%2fpyproject"), 404, "not_found")
    problem(http.get("/v1/schemas/nothing"), 404, "not_found")


@pytest.fixture
def document(http):
    return http.get("/openapi.json").json()


def test_document_points_to_what_is_there(document):
    text = json.dumps(document)
    names = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert names <= set(document["components"]["schemas"])
    assert "$defs" not in text


def test_every_operation_is_described_with_its_problems(document):
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["description"], where
            answers = operation["responses"]
            assert {"500", "503"} <= set(answers), where
            for status, found in answers.items():
                if int(status) >= 400:
                    assert set(found["content"]) == {"application/problem+json"}, where
            needs_token = not path.startswith(("/health", "/v1/schemas"))
            assert ("401" in answers) == ("security" in operation) == needs_token, where


def test_examples_keep_their_schemas(document):
    components = {"components": document["components"]}
    checked = 0
    for operations in document["paths"].values():
        for operation in operations.values():
            contents = [found.get("content", {}) for found in operation["responses"].values()]
            contents.append(operation.get("requestBody", {}).get("content", {}))
            for content in contents:
                for described in content.values():
                    if "example" in described:
                        jsonschema.Draft202012Validator({**described["schema"], **components}).validate(
                            described["example"]
                        )
                        checked += 1
    assert checked > 10
