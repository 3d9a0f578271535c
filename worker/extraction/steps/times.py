"""Attaches to each candidate the event's own time, never that of the report."""

from __future__ import annotations

from worker.extraction.document import Document


def attach_times(document: Document) -> Document:
    """Add to each candidate its time."""
    return document
