"""From a consumer into a sink."""

from __future__ import annotations

from contextlib import closing

from consumer.reader import Consumer
from consumer.sinks.sink import Sink


def pump(consumer: Consumer, sink: Sink) -> None:
    """Read until the consumer is stopped, and hand everything to the sink.

    Example::

        pump(Consumer(url, group="archive"), JsonlSink(Path("events.jsonl")))
    """
    with closing(sink):
        for batch in consumer.batches():
            sink.take(batch)
