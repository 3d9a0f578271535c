"""A process that extracts for another: articles as JSON lines in, answers as JSON lines out.

A line says how many articles follow it, each on a line; so many lines answer, in the same order.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from typing import IO, Any

from cli.engine.answer import Answer
from cli.engine.attempt import attempt_all
from cli.engine.extraction import Extraction
from schemas.article import Article
from schemas.errors import DepescheError


def main() -> None:
    """Answer until the other side closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent closes the pipe
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not mix with the answers
    extraction: Extraction | None = None
    for line in sys.stdin.buffer:
        request = json.loads(line)
        articles = _read(sys.stdin.buffer, len(request["where"]))
        try:
            extraction = extraction or Extraction(explain=request["explain"], cascade=request["cascade"])
            for answer in _answer(extraction, request, articles):
                _write(answers, answer)
        except (DepescheError, ModuleNotFoundError) as error:
            _write(answers, Answer.of_fatal(error))
        answers.flush()


def _read(stream: IO[bytes], count: int) -> list[Article]:
    """Read articles that were checked before: whatever their length, they are taken."""
    context = {"max_text_chars": sys.maxsize}
    return [Article.model_validate_json(stream.readline(), context=context) for _ in range(count)]


def _answer(extraction: Extraction, request: dict[str, Any], articles: list[Article]) -> Iterator[Answer]:
    return map(Answer.of, attempt_all(extraction.run_many(articles), where=request["where"]))


def _write(answers: IO[bytes], answer: Answer) -> None:
    answers.write(answer.model_dump_json().encode() + b"\n")


if __name__ == "__main__":
    main()
