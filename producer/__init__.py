"""How articles reach the queue, and how their results come back.

Example::

    from producer import Client
    from schemas import Article

    client = Client("redis://127.0.0.1:6379/0")
    submission = client.submit(Article(id="bote-17", text="Am Dienstag trafen sich die beiden Ministerinnen in Bern."))
    result = client.wait(submission.article_id, timeout_s=60)
"""

from producer.celery_queue import CeleryQueue
from producer.client import Client
from producer.intake import Intake
from producer.memory_queue import MemoryQueue
from producer.queue import Queue
from producer.submission import Submission

__all__ = ["CeleryQueue", "Client", "Intake", "MemoryQueue", "Queue", "Submission"]
