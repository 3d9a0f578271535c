"""Hands in a body with an article in each line, and keeps a report of every line."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Final

import anyio.to_thread
from starlette.requests import Request

from gateway.errors import BodyTooLarge
from gateway.intake.body import read_pieces
from gateway.intake.lines import Line, read_lines
from gateway.intake.pressure import Pressure
from gateway.problems import to_problem
from gateway.settings import GatewaySettings
from ledger.record import QueueName
from producer.client import Client
from producer.submission import Submission
from schemas.article import Article
from schemas.errors import InvalidArticle
from schemas.reading import read_article

REPORT_IN_MEMORY: Final = 1024 * 1024
PIECE: Final = 64 * 1024


@dataclass
class Report:
    """What became of each line: in memory while it is short, in a temporary file when it is long.

    It is sent when the body has been read: many clients write all before they read, and both sides would wait.
    """

    accepted: int = 0
    refused: int = 0
    next_line: int = 1
    _file: IO[bytes] = field(
        default_factory=lambda: tempfile.SpooledTemporaryFile(max_size=REPORT_IN_MEMORY)  # noqa: SIM115 - closed by read
    )

    def add_submission(self, line: int, submission: Submission) -> None:
        """Note that a line's article is in safe hands."""
        self.accepted += 1
        self._write(
            {
                "line": line,
                "id": submission.article_id,
                "revision": submission.revision,
                "status": submission.status,
                "is_new": submission.is_new,
            }
        )

    def add_refusal(self, line: int, error: InvalidArticle) -> None:
        """Note why a line is no article."""
        self.refused += 1
        self._write({"line": line, "problem": to_problem(error).model_dump(exclude_none=True)})

    def _write(self, row: dict[str, Any]) -> None:
        self._file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def read(self) -> Iterator[bytes]:
        """Give the report as JSON Lines, once."""
        self._file.seek(0)
        with self._file:
            while piece := self._file.read(PIECE):
                yield piece


@dataclass(frozen=True)
class BatchIntake:
    """Takes batches.

    Args:
        client: Hands the articles in.
        pressure: Holds back when too much waits.
        settings: Limits.
    """

    client: Client
    pressure: Pressure
    settings: GatewaySettings

    async def take(self, request: Request, report: Report, *, queue: QueueName, again: bool) -> None:
        """Read the body and hand in its lines, some at a time.

        Raises:
            BodyTooLarge: Too many bytes or articles; the report says what was taken before.
            QueueFull: Too much waits; likewise.
            Transient: Redis is away or full; likewise.
        """
        settings = self.settings
        pieces = read_pieces(
            request, max_bytes=settings.gateway_max_batch_bytes, patience_s=settings.gateway_body_patience_s
        )
        async for lines in read_lines(pieces, max_bytes=settings.gateway_max_body_bytes):
            await anyio.to_thread.run_sync(self._hand_in, lines, report, queue, again)

    def _hand_in(self, lines: Sequence[Line], report: Report, queue: QueueName, again: bool) -> None:  # noqa: FBT001 - run in a thread
        room = self.settings.gateway_max_batch_articles - report.accepted - report.refused
        if len(lines) > room:
            raise BodyTooLarge(f"expected at most {self.settings.gateway_max_batch_articles:,} articles, found more")
        self.pressure.check(queue)
        read = [(line.number, self._read(line)) for line in lines]
        articles = [each for _, each in read if isinstance(each, Article)]
        submissions = iter(list(self.client.submit_many(articles, queue=queue, again=again)))
        for number, each in read:
            if isinstance(each, InvalidArticle):
                report.add_refusal(number, each)
                continue
            submission = next(submissions)
            if isinstance(submission, Submission):
                report.add_submission(number, submission)
        report.next_line = lines[-1].number + 1

    def _read(self, line: Line) -> Article | InvalidArticle:
        where = f"line {line.number}"
        try:
            if line.content is None:
                limit = self.settings.gateway_max_body_bytes
                return InvalidArticle(f"{where}: expected at most {limit:,} bytes, found more", code="text_too_long")
            return read_article(line.content, where=where, max_text_chars=self.settings.max_text_chars)
        except InvalidArticle as error:
            return error
