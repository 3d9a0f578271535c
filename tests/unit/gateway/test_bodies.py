"""Bodies that come slowly, or not to their end."""

import asyncio
import json

import pytest

from gateway.app import create_app


def ask(world, messages, content_type):
    """Send a body in pieces; None is a pause without end. Gives the answer's status and code."""
    answer = []
    rest = iter(messages)

    async def receive():
        message = next(rest, None)
        if message is None:
            await asyncio.Event().wait()
        return message

    async def send(message):
        answer.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/v1/articles",
        "raw_path": b"/v1/articles",
        "query_string": b"",
        "headers": [(b"content-type", content_type.encode())],
        "scheme": "http",
        "root_path": "",
        "client": None,
        "server": None,
    }
    asyncio.run(create_app(world.parts)(scope, receive, send))
    return answer[0]["status"], json.loads(answer[1]["body"])


def piece(body):
    return {"type": "http.request", "body": body, "more_body": True}


@pytest.fixture
def world(make_world):
    return make_world(gateway_access="open", gateway_body_patience_s=0.05)


@pytest.mark.parametrize("content_type", ["application/json", "application/x-ndjson"])
def test_body_that_does_not_come_is_not_waited_for(world, content_type):
    status, problem = ask(world, [piece(b'{"te')], content_type)
    assert (status, problem["code"]) == (408, "request_timeout")


@pytest.mark.parametrize("content_type", ["application/json", "application/x-ndjson"])
def test_body_that_breaks_off_is_no_article(world, content_type):
    status, problem = ask(world, [piece(b'{"text": "x"}'), {"type": "http.disconnect"}], content_type)
    assert (status, problem["code"]) == (400, "request_invalid")
    assert world.count_waiting() == 0


def test_lines_before_a_pause_without_end_are_taken(world):
    lines = b"".join(b'{"text": "Gast %d"}\n' % number for number in range(300))
    status, problem = ask(world, [piece(lines), piece(b"{")], "application/x-ndjson")
    assert (status, problem["accepted"], problem["next_line"]) == (408, 256, 257)
    assert world.count_waiting() == 256
