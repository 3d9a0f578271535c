"""Schemathesis asks all that the OpenAPI document allows, and much that it does not.

No answer may be a 500, or have a status, a media type, a header or a body that the document does not say.
``make test-api`` does more of it: DEPESCHE_API_EXAMPLES is the number of requests for each operation.
"""

import json
import os
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, settings

from gateway.app import create_app
from gateway.memory import build_memory_parts
from gateway.settings import GatewaySettings
from schemas import Article

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")

EXAMPLES = int(os.environ.get("DEPESCHE_API_EXAMPLES", "10"))
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@schemathesis.serializer("application/x-ndjson")
def as_lines(_context, value):
    """The document says text; what is generated may be anything."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else json.dumps(value).encode()


@asynccontextmanager
async def stay_open(_app):
    yield


def open_document():
    """A gateway in memory, where some of what is asked for is there."""
    parts = build_memory_parts(GatewaySettings(redis_url=None, gateway_access="open", gateway_max_wait_s=0.001))
    for number in range(5):
        parts.client.submit(Article(id=str(number), text="Nora Feldt traf Luca Arnaud."))
    app = create_app(parts)
    # Schemathesis starts and stops the app around each request; the parts are to stay.
    app.router.lifespan_context = stay_open
    document = schemathesis.openapi.from_asgi("/openapi.json", app)
    # The stream has no end; its parameters are tested by themselves.
    return document.exclude(path="/v1/events/stream")


@open_document().parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
def test_every_answer_is_documented(case):
    case.call_and_validate(checks=CHECKS)
