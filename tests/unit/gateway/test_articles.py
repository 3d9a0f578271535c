"""Articles over HTTP: handed in, asked for, deleted, worked on again; each fault a documented problem."""

import json
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from gateway.app import create_app

TEXT = "Nora Feldt traf am Dienstag in Bern Luca Arnaud."


def test_article_is_in_safe_hands(submit, world):
    response = submit("a-1")
    assert response.status_code == 202
    assert response.headers["location"] == "/v1/articles/a-1"
    assert {"id": "a-1", "status": "queued", "revision": 1, "is_new": True}.items() <= response.json().items()
    assert world.queue.take("live").article_ids == ("a-1",)


def test_same_article_is_the_same_work(submit, world):
    submit("a-1")
    assert submit("a-1").json()["is_new"] is False
    world.queue.take("live")
    assert world.queue.take("live") is None


def test_article_without_id_gets_one(http):
    response = http.post("/v1/articles", json={"text": TEXT})
    assert http.get(response.headers["location"]).json()["status"] == "queued"


def test_backfill_has_a_queue_of_its_own(submit, world):
    submit("a-1", params={"queue": "backfill"})
    assert world.queue.take("backfill").article_ids == ("a-1",)


def test_done_article_has_its_result(submit, http, world):
    submit("a-1")
    world.finish("a-1", "e1")
    found = http.get("/v1/articles/a-1").json()
    assert (found["status"], found["result"]["events"][0]["id"], found["failure"]) == ("done", "e1", None)


def test_failed_article_has_its_reason(submit, http, world):
    submit("a-1")
    world.fail("a-1")
    found = http.get("/v1/articles/a-1").json()
    assert (found["status"], found["failure"]["code"], found["result"]) == ("failed", "extraction_failed", None)
    assert found["failure"]["article"] is None


def test_waiting_gives_the_result_when_it_is_there_in_time(submit, world):
    submit("a-1")
    world.finish("a-1", "e1")
    response = submit("a-1", params={"wait": 5})
    assert response.status_code == 200
    assert response.json()["result"]["events"][0]["id"] == "e1"


def test_waiting_ends_in_time(submit):
    response = submit("a-1", params={"wait": 0.05})
    assert (response.status_code, response.json()["status"]) == (202, "queued")


@pytest.mark.parametrize("article_id", ["https://bote.example/a?b=c#d", "a/../b", "ä ö", "x/reextract", "..", "😀"])
def test_any_id_can_be_asked_for(article_id, submit, http):
    """Ids are the callers' own; in a path they are percent-encoded."""
    response = submit(article_id)
    assert response.headers["location"] == f"/v1/articles/{quote(article_id, safe='')}"
    if article_id != "..":  # clients shorten that away before they send it
        assert http.get(response.headers["location"]).json()["id"] == article_id


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param(b"", 400, "json_invalid", id="nothing"),
        pytest.param(b"{", 400, "json_invalid", id="broken JSON"),
        pytest.param(b"[]", 400, "json_invalid", id="a list"),
        pytest.param(b"[" * 100_000, 400, "json_invalid", id="nesting bomb"),
        pytest.param(
            b'{"text": "x", "metadata": {"n": 1' + b"0" * 5_000 + b"}}", 400, "json_invalid", id="huge number"
        ),
        pytest.param(b'{"text": "\xff"}', 400, "encoding_invalid", id="no UTF-8"),
        pytest.param(b'{"text": "\\ud800"}', 400, "encoding_invalid", id="lone surrogate"),
        pytest.param(b'{"text": " "}', 422, "text_empty", id="blank text"),
        pytest.param(b"{}", 422, "field_missing", id="no text"),
        pytest.param(b'{"text": "x", "colour": 1}', 422, "field_unknown", id="unknown field"),
        pytest.param(b'{"text": "x", "language": "fr"}', 422, "language_unsupported", id="French"),
        pytest.param(b'{"text": "x", "published": 1762334400}', 422, "date_invalid", id="number as date"),
        pytest.param(b'{"text": "x", "id": "a\\r\\nSet-Cookie: b"}', 422, "id_invalid", id="header injection"),
    ],
)
def test_what_is_no_article_is_a_problem(http, problem, body, status, code):
    response = http.post("/v1/articles", content=body, headers={"content-type": "application/json"})
    found = problem(response, status, code)
    assert "set-cookie" not in response.headers
    assert len(found["detail"]) < 500


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"content-type": "text/plain"}, id="plain text"),
        pytest.param({"content-type": ""}, id="none"),
        pytest.param({"content-type": "application/json; charset=latin-1"}, id="other charset"),
        pytest.param({"content-type": "application/json", "content-encoding": "gzip"}, id="compressed"),
        pytest.param({"content-type": "application/x-www-form-urlencoded"}, id="a form"),
    ],
)
def test_other_media_type_is_a_problem(http, problem, headers):
    problem(http.post("/v1/articles", content=b'{"text": "x"}', headers=headers), 415, "media_type_unsupported")


@pytest.mark.parametrize("query", ["wait=-1", "wait=soon", "wait=inf", "wait=nan", "queue=fast", "again=perhaps"])
def test_bad_parameter_is_a_problem(http, problem, query):
    problem(http.post(f"/v1/articles?{query}", json={"text": "x"}), 400, "request_invalid")


def test_idempotency_key_stands_for_one_body(submit, problem):
    key = {"headers": {"idempotency-key": "k-1"}}
    assert submit("a-1", **key).status_code == 202
    assert submit("a-1", **key).status_code == 202
    problem(submit("a-2", **key), 422, "idempotency_conflict")
    assert submit("a-2", headers={"idempotency-key": "k-2"}).status_code == 202


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"], ids=["empty", "long", "control character"])
def test_bad_idempotency_key_is_a_problem(submit, problem, key):
    problem(submit("a-1", headers={"idempotency-key": key}), 400, "request_invalid")


def test_unknown_article_is_a_problem(http, problem):
    problem(http.get("/v1/articles/nobody"), 404, "not_found")
    problem(http.delete("/v1/articles/nobody"), 404, "not_found")
    problem(http.post("/v1/articles/nobody/reextract"), 404, "not_found")


@pytest.mark.parametrize(
    "path", ["%00", "a%0db", "x" * 201, "%E2%80%A8"], ids=["null", "carriage return", "long", "U+2028"]
)
def test_what_can_be_no_id_is_a_problem(http, problem, path):
    problem(http.get(f"/v1/articles/{path}"), 422, "id_invalid")


def test_deleted_article_is_gone(submit, http, problem, world):
    submit("a-1")
    world.finish("a-1", "e1")
    assert http.delete("/v1/articles/a-1").status_code == 204
    problem(http.get("/v1/articles/a-1"), 404, "not_found")


def test_failed_article_is_worked_on_again(submit, http, world):
    submit("a-1")
    world.fail("a-1")
    response = http.post("/v1/articles/a-1/reextract")
    assert (response.status_code, response.json()["status"]) == (202, "queued")


def test_text_of_a_done_article_is_gone(submit, http, problem, world):
    submit("a-1")
    world.finish("a-1")
    problem(http.post("/v1/articles/a-1/reextract"), 409, "text_gone")
    assert submit("a-1", params={"again": True}).json()["is_new"] is True


def test_text_that_is_kept_is_worked_on_again(make_world):
    world = make_world(gateway_access="open", text_lifetime_s=60)
    with TestClient(create_app(world.parts)) as http:
        http.post("/v1/articles", json={"id": "a-1", "text": "Nora Feldt traf Luca Arnaud."})
        world.finish("a-1")
        response = http.post("/v1/articles/a-1/reextract")
        assert (response.status_code, response.json()["status"], response.json()["revision"]) == (202, "queued", 1)


def test_full_queue_holds_back(make_world, problem):
    world = make_world(gateway_access="open", gateway_max_waiting=5)
    with TestClient(create_app(world.parts)) as http:
        for number in range(4):
            assert http.post("/v1/articles?queue=backfill", json={"text": f"t{number}"}).status_code == 202
        response = http.post("/v1/articles?queue=backfill", json={"text": "t5"})
        problem(response, 429, "queue_full")
        assert int(response.headers["retry-after"]) > 0
        assert http.post("/v1/articles", json={"text": "t6"}).status_code == 202
        problem(http.post("/v1/articles", json={"text": "t7"}), 429, "queue_full")


def test_large_body_is_a_problem(make_world, problem):
    world = make_world(gateway_access="open", gateway_max_body_bytes=1_000)
    with TestClient(create_app(world.parts)) as http:
        body = json.dumps({"text": "x" * 1_000}).encode()
        declared = http.post("/v1/articles", content=body, headers={"content-type": "application/json"})
        problem(declared, 413, "body_too_large")
        pieces = http.post(
            "/v1/articles", content=iter([body[:600], body[600:]]), headers={"content-type": "application/json"}
        )
        problem(pieces, 413, "body_too_large")
    assert world.count_waiting() == 0
