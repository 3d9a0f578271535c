"""Measures a pipeline: ``python -m evaluation.speed ARTICLES.jsonl… --language de --model accurate``.

Prints words a second with one and with two processes, seconds of a cold load, and the memory at its highest.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from pathlib import Path

from worker.extraction.models import load_pipeline


def measure(language: str, model: str, texts: list[str]) -> dict[str, float]:
    """Load cold, read all texts once, in this process."""
    started = time.perf_counter()
    nlp = load_pipeline(language, model="small" if model == "small" else "accurate")
    loaded = time.perf_counter()
    words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
    took = time.perf_counter() - loaded
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load_s": loaded - started, "words": words, "words_per_s": words / took, "memory_mb": memory_mb}


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, nargs="+", help="JSON lines with a field text")
    parser.add_argument("--language", default="de")
    parser.add_argument("--model", default="accurate")
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    lines = (line for path in options.articles for line in path.read_text(encoding="utf-8").splitlines())
    texts = [json.loads(line)["text"] for line in lines]
    work = [(options.language, options.model, texts)] * options.processes
    with multiprocessing.get_context("spawn").Pool(options.processes) as pool:
        found = pool.starmap(measure, work)
    print({name: round(sum(each[name] for each in found), 1) for name in found[0]}, "summed over", len(found))


if __name__ == "__main__":
    main()
