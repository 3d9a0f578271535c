"""How events reach other programs: readers that share a stream, sinks that keep it, webhooks that pass it on.

Example::

    from consumer import Consumer

    for received in Consumer("redis://127.0.0.1:6379/0", group="archive"):
        print(received.article_id, received.event or received.retraction)
        received.ack()
"""

from consumer.reader import Consumer, Reading
from consumer.received import Received
from consumer.sinks.pump import pump
from consumer.sinks.sink import Sink
from consumer.tail import Tail

__all__ = ["Consumer", "Reading", "Received", "Sink", "Tail", "pump"]
