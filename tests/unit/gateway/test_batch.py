"""Many articles in one body: the good ones are taken, each line is answered for, nothing is held whole."""

import asyncio
import json

import pytest
from starlette.testclient import TestClient

from gateway.app import create_app
from gateway.intake.lines import read_lines

NDJSON = {"content-type": "application/x-ndjson"}


def article(number):
    return json.dumps({"id": f"a-{number}", "text": f"Nora Feldt traf Gast {number} in Bern."}).encode()


def post(http, *lines, end=b"\n", **options):
    return http.post("/v1/articles", content=b"\n".join(lines) + end, headers=NDJSON, **options)


def rows(response):
    assert response.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.content.splitlines()]


def test_every_line_is_answered_for(http, world):
    response = post(http, *map(article, range(600)))
    assert response.status_code == 202
    assert [row["id"] for row in rows(response)] == [f"a-{number}" for number in range(600)]
    assert (response.headers["depesche-accepted"], response.headers["depesche-refused"]) == ("600", "0")
    assert world.count_waiting() == 600


def test_bad_line_is_named_and_stops_nothing(http, world):
    response = post(http, article(1), b"{", b"", b'{"text": ""}', article(2))
    assert response.status_code == 207
    found = [(row["line"], row.get("id") or row["problem"]["code"]) for row in rows(response)]
    assert found == [(1, "a-1"), (2, "json_invalid"), (4, "text_empty"), (5, "a-2")]
    assert rows(response)[1]["problem"]["detail"].startswith("line 2: ")
    assert world.count_waiting() == 2


def test_cut_last_line_is_refused_with_its_number(http, world):
    response = post(http, article(1), article(2), article(3)[:-7], end=b"")
    assert [row["line"] for row in rows(response) if "problem" in row] == [3]
    assert world.count_waiting() == 2


def test_last_line_needs_no_end(http):
    assert post(http, article(1), article(2), end=b"").headers["depesche-accepted"] == "2"


def test_same_article_twice_is_one(http, world):
    assert [row["is_new"] for row in rows(post(http, article(1), article(1)))] in ([True, False], [True, True])
    assert world.count_waiting() == 1


def test_empty_body_has_an_empty_report(http):
    response = post(http)
    assert (response.status_code, rows(response)) == (202, [])


@pytest.fixture
def bounded(make_world):
    """A gateway with limits, and its world."""
    opened = []

    def make(**settings):
        world = make_world(gateway_access="open", **settings)
        opened.append(TestClient(create_app(world.parts)).__enter__())
        return opened[-1], world

    yield make
    for each in opened:
        each.__exit__(None, None, None)


def test_line_that_is_too_long_is_passed_over(bounded):
    http, world = bounded(gateway_max_body_bytes=200)
    response = post(http, article(1), b'{"text": "' + b"x" * 5_000 + b'"}', article(2))
    assert [row.get("id") or row["problem"]["code"] for row in rows(response)] == ["a-1", "text_too_long", "a-2"]
    assert world.count_waiting() == 2


@pytest.mark.parametrize(
    ("settings", "status", "code"),
    [
        pytest.param({"gateway_max_batch_articles": 300}, 413, "body_too_large", id="too many articles"),
        pytest.param({"gateway_max_waiting": 200}, 429, "queue_full", id="queue gets full"),
    ],
)
def test_refused_rest_says_where_to_go_on(bounded, problem, settings, status, code):
    http, world = bounded(**settings)
    found = problem(post(http, *map(article, range(600))), status, code)
    assert found["accepted"] == world.count_waiting() == 256
    assert found["next_line"] == 257


def test_too_many_bytes_are_a_problem(bounded, problem):
    http, world = bounded(gateway_max_batch_bytes=1_000)
    problem(post(http, *map(article, range(100))), 413, "body_too_large")
    assert world.count_waiting() == 0


def lines_of(pieces, max_bytes=10):
    async def run():
        async def give():
            for piece in pieces:
                yield piece

        return [line async for chunk in read_lines(give(), max_bytes=max_bytes) for line in chunk]

    return [(line.number, line.content) for line in asyncio.run(run())]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        pytest.param([b"a\nb\n"], [(1, b"a"), (2, b"b")], id="whole lines"),
        pytest.param([b"a", b"b\nc", b"\n"], [(1, b"ab"), (2, b"c")], id="cut anywhere"),
        pytest.param([b"a\n", b"\n", b" \nb"], [(1, b"a"), (4, b"b")], id="empty lines count"),
        pytest.param([b"x" * 9, b"x" * 9, b"\na"], [(1, None), (2, b"a")], id="too long in pieces"),
        pytest.param([b"x" * 11], [(1, None)], id="too long at the end"),
        pytest.param([b"\n" * 3], [], id="nothing"),
        pytest.param([b"a\r\nb"], [(1, b"a\r"), (2, b"b")], id="carriage returns stay; JSON allows them"),
    ],
)
def test_body_is_cut_into_lines(pieces, expected):
    assert lines_of(pieces) == expected
