"""Hands articles in without an end, by the client and over HTTP, and remembers which were acknowledged."""

from __future__ import annotations

import http.client
import json
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from benchmarks.soak.articles import make_article
from ledger import LedgerSettings
from producer import Client
from schemas import Article
from schemas.errors import DepescheError

AT_A_TIME: Final = 16
PAUSE_S: Final = 0.2
HTTP_TIMEOUT_S: Final = 10


@dataclass
class Submitting:
    """Two threads that submit; each knows its numbers.

    Args:
        url: Redis.
        gateway_port: Of the gateway.
        is_enough: Says that so much waits that nothing more is needed for now.
        seed: Of the articles.
    """

    url: str
    gateway_port: int
    is_enough: Callable[[], bool]
    seed: int
    acknowledged: list[str] = field(default_factory=list)
    by_http: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(first, hand_in), daemon=True)
            for first, hand_in in ((0, self._by_client), (1, self._by_http))
        ]

    def start(self) -> None:
        """Begin."""
        for each in self._threads:
            each.start()

    def stop(self) -> None:
        """End, after what is at hand."""
        self._stopped.set()
        for each in self._threads:
            each.join(60)

    def _run(self, first: int, hand_in: Callable[[list[Article]], None]) -> None:
        chance = random.Random(self.seed + first)  # noqa: S311 - no secret
        number = first
        while not self._stopped.is_set():
            if self.is_enough():
                self._stopped.wait(PAUSE_S)
                continue
            articles = [make_article(number + 2 * place, chance=chance) for place in range(AT_A_TIME)]
            number += 2 * AT_A_TIME
            hand_in(articles)

    def _by_client(self, articles: list[Article]) -> None:
        settings = LedgerSettings(redis_url=self.url, article_timeout_s=10)
        try:
            with Client(self.url, settings=settings) as client:
                self.acknowledged += [each.article_id for each in client.submit_many(articles)]  # type: ignore[union-attr] # all are valid
        except DepescheError:
            self._refuse()

    def _by_http(self, articles: list[Article]) -> None:
        for each in articles:
            try:
                status = self._post(each)
            except (OSError, http.client.HTTPException):
                status = 0
            if status in {200, 202}:
                self.acknowledged.append(str(each.id))
                self.by_http += 1
            else:
                self._refuse()

    def _post(self, article: Article) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway_port, timeout=HTTP_TIMEOUT_S)
        try:
            body = json.dumps(article.model_dump(mode="json", exclude_none=True))
            connection.request("POST", "/v1/articles", body, {"content-type": "application/json"})
            return connection.getresponse().status
        finally:
            connection.close()

    def _refuse(self) -> None:
        """Wait a little: the next one meets the same fault."""
        self.refused += 1
        self._stopped.wait(PAUSE_S)
