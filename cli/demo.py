"""What ``depesche demo`` does: the example articles through a real broker and two workers, once."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cli.engine.done import Extracted
from cli.examples import read_example
from cli.output import as_json
from cli.stack import Stack, StackOptions
from cli.table.article import print_result
from ledger.settings import read_settings
from producer import Client
from schemas.article import Article
from schemas.errors import Defect, Transient
from schemas.failure import Failure
from schemas.result import Result
from worker.service.settings import WorkerSettings

EXAMPLES: Final = ("beispiel-tunnel", "example-harbour")
"""One German article, one English."""
WITHIN_S: Final = 180
_LOG_LINES: Final = 20
_LOOK_S: Final = 1.0


def run_demo(*, redis_url: str | None, workers: int) -> None:
    """Start all, submit the articles, print their events as a table and as JSON, stop all.

    Args:
        redis_url: A Redis that runs; None starts a broker in a temporary folder.
        workers: How many to start.

    Raises:
        DepescheError: Something could not be started, an article failed, or no events came back.
    """
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="depesche-demo-") as folder:
        options = StackOptions(redis_url=redis_url, workers=workers, data=Path(folder), log=Path(folder, "workers.log"))
        try:
            results = _through_the_queue([read_example(name) for name in EXAMPLES], options)
        except BaseException:
            _tell_log(Path(folder, "workers.log"))
            raise
    for article, result in results:
        print(print_result(result, article), end="")
    print("The same as JSON, one line for each article:\n")
    for _, result in results:
        print(as_json(Extracted(result)))
    _say(f"\nDone in {time.monotonic() - begun:.0f} s; what was started is stopped.")


def _through_the_queue(articles: Sequence[Article], options: StackOptions) -> list[tuple[Article, Result]]:
    with Stack(options, read_settings(WorkerSettings)) as stack:
        _say(f"Broker at {stack.shown_url}; starting {options.workers} workers ...")
        stack.wait_until_ready(timeout_s=WITHIN_S)
        with Client(stack.url) as client:
            for article in articles:
                submission = client.submit(article)
                _say(f"Submitted {submission.article_id} ({submission.status}) ...")
            return [(article, _result(article, client, stack)) for article in articles]


def _result(article: Article, client: Client, stack: Stack) -> Result:
    outcome = _wait(str(article.id), client, stack)
    if isinstance(outcome, Failure):
        raise Defect(f"example {article.id}: expected events, found the failure {outcome.code}: {outcome.message}")
    if not outcome.events:
        raise Defect(f"example {article.id}: expected events, found none")
    return outcome


def _wait(article_id: str, client: Client, stack: Stack) -> Result | Failure:
    """Wait, but not for a worker that has ended, and not when Ctrl-C was pressed."""
    deadline = time.monotonic() + WITHIN_S
    while True:
        stack.check()
        try:
            return client.wait(article_id, timeout_s=_LOOK_S)
        except Transient as error:
            if error.code != "wait_timeout" or time.monotonic() > deadline:
                raise


def _tell_log(log: Path) -> None:
    """Show the last lines of the workers: the folder is about to go."""
    if log.exists():
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
        _say("\n".join(("The last words of the workers:", *lines)))


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
