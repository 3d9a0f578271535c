"""What a worker measures."""

from __future__ import annotations

from typing import Final

from ledger.metrics import Metric

_SHORT: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LONG: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)

ARTICLES: Final = Metric(
    "depesche_articles_total",
    "counter",
    "Attempts to work on an article, by how they ended: done (published), failed (set aside), retried (another attempt "
    "follows), skipped (a duplicate of a message), superseded (it was done or changed meanwhile).",
    ("outcome",),
)
EVENTS: Final = Metric(
    "depesche_events_total", "counter", "Events that were published, by type and factuality.", ("type", "factuality")
)
FAILURES: Final = Metric(
    "depesche_failures_total",
    "counter",
    "Articles that were set aside, by the code and the family of the failure.",
    ("code", "family"),
)
RETRIES: Final = Metric(
    "depesche_retries_total", "counter", "Attempts that failed and are followed by another one, by code.", ("code",)
)
REDELIVERIES: Final = Metric(
    "depesche_redeliveries_total",
    "counter",
    "Articles that were started again, because an attempt failed or the process that had them is gone.",
)
RESENT: Final = Metric(
    "depesche_articles_resent_total",
    "counter",
    "Articles that the sweeper sent again: their worker was lost, their message, or their patience ran out.",
)
EXTRACTION: Final = Metric(
    "depesche_extraction_duration_seconds",
    "histogram",
    "How long the extraction of an article took, from its text to its events; articles that are worked on together "
    "each count the time of all, so what an article costs is the sum of its stages.",
    ("language",),
    _LONG,
)
STAGES: Final = Metric(
    "depesche_stage_duration_seconds",
    "histogram",
    "How long a stage took: start (fetch and decode the article), read (language and words), parse (the language "
    "model), structure (sentences and clauses), each step of the extraction by its name, output (the contract's "
    "events), publish (result and events into Redis). Parsing is for several articles at once where they travel "
    "together, and a step runs again when more of the article had to be parsed.",
    ("stage",),
    _SHORT,
)
BUSY: Final = Metric("depesche_worker_busy_processes", "gauge", "Processes of this worker that work on a message now.")
UNREAD_TRIMMED: Final = Metric(
    "depesche_stream_unread_trimmed_total",
    "counter",
    "Entries that the hard cap took from a stream before a consumer group had read or acknowledged them.",
    ("stream", "group"),
)
TRIMMED: Final = Metric(
    "depesche_stream_trimmed_total",
    "counter",
    "Entries removed from a stream, because of their age or by the hard cap.",
    ("stream", "reason"),
)
EXTRACTOR: Final = Metric(
    "depesche_extractor_info",
    "gauge",
    "Always 1; the labels say which extractor, language pack and model this worker has.",
    ("version", "language", "language_pack", "model"),
)

OF_PROCESSES: Final = (ARTICLES, EVENTS, FAILURES, RETRIES, REDELIVERIES, EXTRACTION, STAGES, BUSY)
"""Measured in each process that extracts, and added up over them."""

OF_PARENT: Final = (RESENT, UNREAD_TRIMMED, TRIMMED, EXTRACTOR)
"""Measured once, beside them."""

WORKER_METRICS: Final = (*OF_PROCESSES, *OF_PARENT)
