"""A process that extracts for another: articles as JSON lines in, outcomes as JSON lines out."""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

from cli.engine.attempt import attempt
from cli.engine.done import Extracted
from cli.engine.extraction import Extraction
from cli.faults import as_depesche_error
from schemas.article import Article
from schemas.errors import DepescheError


def main() -> None:
    """Answer line by line until the other side closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent closes the pipe
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not mix with the answers
    extraction: Extraction | None = None
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            extraction = extraction or Extraction(explain=request["explain"], cascade=request["cascade"])
            answer = _answer(extraction, request)
        except (DepescheError, ModuleNotFoundError) as error:
            answer = _fatal(error)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _answer(extraction: Extraction, request: dict[str, Any]) -> dict[str, Any]:
    article = Article.model_validate(request["article"], context={"max_text_chars": sys.maxsize})
    outcome = attempt(lambda: extraction.run(article), where=request["where"])
    if isinstance(outcome, Extracted):
        evidence = {key: [vars(item) for item in items] for key, items in outcome.evidence.items()}
        return {"result": outcome.result.model_dump(mode="json"), "evidence": evidence}
    return {"error": {"code": outcome.code, "message": outcome.message}}


def _fatal(error: DepescheError | ModuleNotFoundError) -> dict[str, Any]:
    known = as_depesche_error(error)
    return {"fatal": {"code": known.code, "message": known.message, "module": getattr(error, "name", None)}}


if __name__ == "__main__":
    main()
