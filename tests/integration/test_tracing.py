"""One trace from the HTTP request over the queue into each step of the extraction, without a word of the article."""

import base64
import json

import pytest
from celery import Celery
from celery.app.trace import build_tracer
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.testclient import TestClient

from gateway.app import create_app
from gateway.bootstrap import build_parts
from gateway.settings import GatewaySettings
from ledger.errors import SettingsInvalid
from ledger.tracing import carried, set_up_tracing, span, stop_tracing
from schemas import Article
from schemas.names import QUEUE_LIVE, STREAM_EVENTS, TASK_EXTRACT
from worker.extraction.steps.chain import STEPS
from worker.service.bootstrap import Parts
from worker.service.settings import WorkerSettings
from worker.service.tasks import register

pytestmark = pytest.mark.redis

MARKER = "Zwetschgenkompott"
TEXT = f"Außenministerin Nora Feldt traf am Dienstag in Bern ihren Kollegen Luca Arnaud und bot ihm {MARKER} an."
ARTICLE = {"id": "a-1", "title": f"Treffen bei {MARKER}", "text": TEXT, "language": "de", "published": "2025-11-05"}
CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans():
    """Trace in this process, and give the spans that have ended."""
    exporter = InMemorySpanExporter()
    set_up_tracing(service="test", exporter=exporter)
    yield exporter.get_finished_spans
    stop_tracing()


@pytest.fixture
def post(redis_url, tmp_path):
    """Hand an article in over HTTP, with what the caller's program sends along."""

    def send(article, **headers):
        settings = GatewaySettings(
            redis_url=redis_url, gateway_access="open", gateway_intake=False, index_path=tmp_path / "index"
        )
        with TestClient(create_app(build_parts(settings))) as http:
            return http.post("/v1/articles?wait=0", json=article, headers=headers)

    return send


@pytest.fixture
def work(redis_url):
    """Take the message from the queue and run its task as a process of a worker does."""

    def run(raw):
        app = Celery("test", set_as_current=False, fixups=[])
        parts = Parts(WorkerSettings(redis_url=redis_url, model="small", tracing=True), redis_url)
        register(app, parts)
        message = json.loads(raw)
        args, kwargs, _ = json.loads(base64.b64decode(message["body"]))
        request = {**message["headers"], "delivery_info": message["properties"]["delivery_info"]}
        task = app.tasks[TASK_EXTRACT]
        build_tracer(TASK_EXTRACT, task, app=app)(message["headers"]["id"], args, kwargs, request)
        parts.ledger.close()

    return run


def test_one_trace_holds_request_queue_and_every_step(spans, post, work, ledger, published):
    answer = post(ARTICLE, traceparent=CALLER)
    assert answer.status_code == 202
    work(ledger.client.rpop(QUEUE_LIVE))
    assert published(STREAM_EVENTS)
    found = {each.name: each for each in spans() if f"{each.context.trace_id:032x}" in CALLER}
    route, sent, worked = "POST /v1/articles", f"send {QUEUE_LIVE}", f"process {QUEUE_LIVE}"
    stages = {"start", "read", "parse", "structure", "output", "publish", *(step.name for step in STEPS)}
    assert {route, sent, worked, "extract"} | stages <= set(found)
    parents = {found[name].parent.span_id for name in stages - {"start", "publish"}}
    assert parents == {found["extract"].context.span_id}
    assert found[worked].parent.span_id == found[sent].context.span_id
    assert found[sent].parent.span_id == found[route].context.span_id
    assert f"{found[route].parent.span_id:016x}" in CALLER
    assert found[route].attributes["http.response.status_code"] == 202
    assert found["extract"].attributes["depesche.article.id"] == ("a-1",)
    assert MARKER not in "".join(each.to_json() for each in spans())


def test_request_that_is_refused_leaves_no_word_either(spans, post):
    """Nor its address: a query holds names."""
    assert post({"id": "a-2", "text": TEXT, MARKER: 1}).status_code == 422
    assert spans()
    assert MARKER not in "".join(each.to_json() for each in spans())


def test_error_is_named_by_its_type_alone(spans):
    """What it says may quote the article."""
    with pytest.raises(KeyError), span("step"):
        raise KeyError(MARKER)
    (found,) = spans()
    assert (found.attributes["error.type"], found.status.is_ok, found.events) == ("KeyError", False, ())
    assert MARKER not in found.to_json()


@pytest.mark.usefixtures("spans")
def test_trace_goes_on_in_the_processes_of_a_worker(start_worker, client):
    """Over a real queue, past the fork, and to the end of the process."""
    options = {"DEPESCHE_TRACING": "true", "OTEL_TRACES_EXPORTER": "console", "OTEL_BSP_SCHEDULE_DELAY": "100"}
    worker = start_worker(**options).wait_ready()
    with span("caller") as current:
        trace = f"0x{current.get_span_context().trace_id:032x}"
        client.submit(Article(id="a-1", text="Anna traf Ben .", language="de"))
    client.wait("a-1")
    worker.terminate()
    worker.process.wait(90)
    lines = [json.loads(line) for line in worker.text.splitlines() if line.startswith("{")]
    names = {line["name"] for line in lines if line.get("context", {}).get("trace_id") == trace}
    assert {f"process {QUEUE_LIVE}", "start", "extract", "publish"} <= names
    done = next(line for line in lines if line.get("event") == "article done")
    assert f"0x{done['trace_id']}" == trace


def test_without_tracing_nothing_is_made_and_nothing_travels():
    with span("step") as current:
        assert current is None
        assert carried() == {}


def test_unknown_exporter_is_named_at_the_start(monkeypatch):
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "jaeger")
    with pytest.raises(SettingsInvalid, match=r"OTEL_TRACES_EXPORTER: expected one of otlp, console, none"):
        set_up_tracing(service="test")
