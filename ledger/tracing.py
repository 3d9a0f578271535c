"""Traces by OpenTelemetry: from the HTTP request over the queue into each step of the extraction; off by default.

Spans are made here by hand. The instrumentation for Celery never ends the span of a task that is sent by its name
(0.66b2, opentelemetry/instrumentation/celery), and it and that for FastAPI write down what errors say and what was
asked for: both may hold words of an article.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Final, Literal

from ledger.errors import SettingsInvalid

Kind = Literal["internal", "server", "producer", "consumer"]
Attributes = Mapping[str, Any]
"""Names to texts and numbers."""

CARRIED: Final = ("traceparent", "tracestate")
"""What travels with a message, as the W3C names it."""

EXPORTERS: Final = ("otlp", "console", "none")

_tracer: Any = None
_provider: Any = None


def check_tracing() -> None:
    """Make sure that traces can be made.

    Raises:
        SettingsInvalid: The extra ``tracing`` is not installed, or OTEL_TRACES_EXPORTER names no exporter of these.
    """
    if importlib.util.find_spec("opentelemetry") is None or importlib.util.find_spec("opentelemetry.sdk") is None:
        raise SettingsInvalid("DEPESCHE_TRACING: expected the extra depesche[tracing], found it not installed")
    if _exporter_name() not in EXPORTERS:
        raise SettingsInvalid(f"OTEL_TRACES_EXPORTER: expected one of {', '.join(EXPORTERS)}, found another")


def set_up_tracing(*, service: str, exporter: Any = None) -> None:
    """Begin to trace in this process; after a fork, in the child.

    Args:
        service: Name of the process in the traces, unless OTEL_SERVICE_NAME gives another.
        exporter: Takes the spans at once, for tests; else OTEL_TRACES_EXPORTER says: otlp (when not
            set), console, none.

    Raises:
        SettingsInvalid: The extra ``tracing`` is not installed, or the exporter is none of these.
    """
    global _provider, _tracer  # noqa: PLW0603 - one for the process, as in OpenTelemetry itself
    check_tracing()
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - of the extra tracing
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor  # noqa: PLC0415

    chosen = _exporter() if exporter is None else None
    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": service}
    _provider = TracerProvider(resource=Resource.create(named))
    if exporter is not None:
        _provider.add_span_processor(SimpleSpanProcessor(exporter))
    elif chosen is not None:
        _provider.add_span_processor(BatchSpanProcessor(chosen))
    _tracer = _provider.get_tracer("depesche")


def _exporter() -> Any:
    name = _exporter_name()
    if name == "console":
        from opentelemetry.sdk.trace.export import ConsoleSpanExporter  # noqa: PLC0415

        return ConsoleSpanExporter(out=sys.stderr, formatter=lambda span: span.to_json(indent=None) + "\n")
    if name == "otlp":
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

        return OTLPSpanExporter()
    return None


def _exporter_name() -> str:
    return os.environ.get("OTEL_TRACES_EXPORTER") or "otlp"


def stop_tracing() -> None:
    """Send what is left, and trace no more."""
    global _provider, _tracer  # noqa: PLW0603
    if _provider is not None:
        _provider.shutdown()
    _provider = _tracer = None


def span(
    name: str,
    *,
    kind: Kind = "internal",
    parent: Mapping[str, str] | None = None,
    attributes: Attributes | None = None,
) -> AbstractContextManager[Any]:
    """Trace what is inside; costs nothing when tracing is off.

    Args:
        name: What is done; few different ones.
        kind: Where it stands in the exchange of messages.
        parent: What travelled with the message that it answers.
        attributes: Never words of an article.

    Returns:
        Enters as the span, or as None when tracing is off.
    """
    if _tracer is None:
        return nullcontext()
    return _span(name, kind=kind, parent=parent, attributes=attributes)


@contextmanager
def _span(name: str, *, kind: Kind, parent: Mapping[str, str] | None, attributes: Attributes | None) -> Iterator[Any]:
    from opentelemetry import propagate, trace  # noqa: PLC0415

    context = propagate.extract(parent) if parent else None
    with _tracer.start_as_current_span(
        name,
        context=context,
        kind=trace.SpanKind[kind.upper()],
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as current:
        try:
            yield current
        except BaseException as error:
            # Its type alone: what an error says may quote an article.
            current.set_attribute("error.type", type(error).__name__)
            current.set_status(trace.StatusCode.ERROR)
            raise


def carried() -> dict[str, str]:
    """Give what a message takes along of the present trace: ours, or that of the program that submits.

    Nothing when OpenTelemetry is not in use here.
    """
    propagate = sys.modules.get("opentelemetry.propagate")
    headers: dict[str, str] = {}
    if propagate is not None:
        propagate.inject(headers)
    return {name: headers[name] for name in CARRIED if name in headers}
