"""The language pipelines: does each load, and is it the one that was tested."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, get_args

from cli.doctor.check import Check
from cli.faults import as_depesche_error
from schemas.article import Language
from schemas.failure_codes import FAILURE_CODES


def check_pipelines() -> Iterator[Check]:
    """Load the pipeline of each language; a wrong hash or version is found by that."""
    for language in get_args(Language):
        yield _check(language)


def _check(language: str) -> Check:
    from worker.extraction import load_pipeline  # noqa: PLC0415 - loads spaCy

    name = f"pipeline {language}"
    begun = time.perf_counter()
    try:
        nlp = load_pipeline(language)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a pipeline is a finding
        known = as_depesche_error(error, code="model_invalid")
        return Check(name, "fault", known.message, FAILURE_CODES[known.code].remedy, known.code)
    return Check(name, "ok", f"{_describe(nlp.meta)}, loaded in {time.perf_counter() - begun:.1f} s")


def _describe(meta: dict[str, Any]) -> str:
    told = meta.get("depesche") or meta
    name, version, fingerprint = (str(told.get(key, "")) for key in ("model", "version", "fingerprint"))
    return f"{name or meta.get('name')} {version}" + (f", hash {fingerprint[:16]}" if len(fingerprint) == 64 else "")
