"""Tells what became of each article that failed: as JSON for programs, as one sentence for a person."""

from __future__ import annotations

import sys

from cli.faults import build_failure, sentence
from cli.outcome import Outcome
from cli.reading.inputs import Read, Refused
from cli.screen import Screen
from schemas.errors import DepescheError
from schemas.failure import Failure
from schemas.identity import article_id


class Reporter:
    """Writes failures to standard error and counts them.

    Failures are JSON, one a line, where standard error is no terminal or the input is JSONL; else a sentence.
    """

    def __init__(self, screen: Screen, outcome: Outcome, *, reads_jsonl: bool) -> None:
        self._screen = screen
        self._outcome = outcome
        self._as_json = reads_jsonl or not sys.stderr.isatty()

    def refuse(self, refused: Refused) -> None:
        """Report something that is no article."""
        codes = self._outcome.failed_files if refused.whole_file else self._outcome.failed_articles
        codes.append(refused.error.code)
        self._write(build_failure(refused.error, article_id=refused.article_id, raw=refused.raw))

    def fail(self, error: DepescheError, read: Read) -> None:
        """Report an article that could not be processed."""
        self._outcome.failed_articles.append(error.code)
        kept = read.article if read.is_only_here else None
        self._write(build_failure(error, article_id=article_id(read.article), attempts=1, article=kept))

    def miss(self, error: DepescheError, wanted_id: str) -> None:
        """Report that what was asked for is not there."""
        self._outcome.failed_articles.append(error.code)
        self._write(build_failure(error, article_id=wanted_id or None))

    def forward(self, failure: Failure) -> None:
        """Report a failure that another process has made."""
        self._outcome.failed_articles.append(failure.code)
        self._write(failure)

    def _write(self, failure: Failure) -> None:
        if self._as_json:
            self._screen.err(failure.model_dump_json())
        else:
            self._screen.err(sentence(failure.code, failure.message))
