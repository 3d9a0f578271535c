"""What happens to the articles of one message."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from ledger import LedgerSettings, MemoryLedger
from ledger.errors import RedisUnreachable
from ledger.record import Work
from schemas import Article, Defect, ExtractorInfo, Invalid, Result, Transient, content_hash
from schemas.article import ArticleInfo
from schemas.names import STREAM_RESULTS
from worker.service import processing
from worker.service.errors import ArticleTimeout
from worker.service.processing import Processor

NOW = datetime(2025, 11, 5, 9, 0, tzinfo=UTC)


class Scripted:
    """Raises what the test has for an article, once for each entry."""

    def __init__(self, **raised):
        self._raised = raised

    def extract(self, article, *, revision):
        waiting = self._raised.get(article.id, [])
        if waiting:
            raise waiting.pop(0)
        return Result(
            article_id=article.id,
            revision=revision,
            content_hash=content_hash(article),
            article=ArticleInfo(),
            language="de",
            extractor=ExtractorInfo(version="1", language_pack="p", model="m"),
            extracted_at=NOW,
            elapsed_ms=1,
        )


@pytest.fixture
def ledger():
    ledger = MemoryLedger(LedgerSettings())
    articles = [Article(id=name, text="Ein Text.") for name in "abc"]
    ledger.accept([Work(each.id, content_hash(each), each) for each in articles])
    return ledger


def process(ledger, ids="abc", holder="m", **raised):
    processor = Processor(ledger=ledger, extractor=Scripted(**raised), clock=lambda: NOW, hang_grace_s=5)
    processor.process(ids, holder=holder)
    return {name: ledger.status(name).status for name in ids}


def test_every_article_of_a_message_is_done(ledger):
    assert process(ledger) == {"a": "done", "b": "done", "c": "done"}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Invalid("expected German", code="language_unsupported"), "failed", "language_unsupported"),
        (Defect("no pipeline", code="model_missing"), "failed", "model_missing"),
        (KeyError("Anna"), "failed", "extraction_failed"),
        (RecursionError(), "failed", "extraction_failed"),
        (Transient("away"), "queued", None),
        (MemoryError(), "queued", None),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_one_that_fails_leaves_its_companions_alone(ledger, error, status, code):
    """What another attempt may mend goes back, the rest is set aside."""
    assert process(ledger, b=[error]) == {"a": "done", "b": status, "c": "done"}
    failure = ledger.status("b").failure
    assert (failure.code if failure else None) == code
    assert failure is None or "Anna" not in failure.message


def test_unforeseen_error_is_named_by_type_and_place(ledger):
    process(ledger, b=[KeyError("Anna")])
    assert "KeyError in test_processing.py, line" in ledger.status("b").failure.message


def test_last_attempt_names_its_cause(ledger):
    for _ in range(3):
        process(ledger, "b", b=[MemoryError()])
    failure = ledger.status("b").failure
    assert (failure.code, failure.attempts) == ("memory_limit_exceeded", 3)


def test_article_that_killed_its_worker_each_time_is_set_aside(ledger):
    for _ in range(3):
        ledger.start("b", holder="m")
    assert process(ledger, "b") == {"b": "failed"}
    failure = ledger.status("b").failure
    assert (failure.code, failure.family, failure.attempts) == ("attempts_exhausted", "defect", 3)


def test_duplicate_of_a_message_does_nothing(ledger):
    for holder in ("m1", "m2", "m1"):
        process(ledger, holder=holder)
    assert len(ledger.streams[STREAM_RESULTS]) == 3


def test_result_waits_for_a_redis_that_is_away(ledger, monkeypatch):
    """It took work to make; a restart of Redis must not cost it."""
    finish, away = ledger.finish, [RedisUnreachable("away"), RedisUnreachable("away")]

    def hesitant(lease, result):
        if away:
            raise away.pop()
        return finish(lease, result)

    monkeypatch.setattr(ledger, "finish", hesitant)
    assert process(ledger, "a") == {"a": "done"}


def test_redis_that_stays_away_ends_the_message(ledger, monkeypatch):
    """The sweeper sends its articles again."""

    def away(_lease, _result):
        raise RedisUnreachable("away")

    monkeypatch.setattr(processing, "STORE_PATIENCE_S", 0.05)
    monkeypatch.setattr(ledger, "finish", away)
    with pytest.raises(RedisUnreachable):
        process(ledger)
    assert ledger.status("b").status == "queued"


class ScriptedTogether(Scripted):
    """Works on several at once, and notes which."""

    def __init__(self, **raised):
        super().__init__(**raised)
        self.batches = []

    def attempt_many(self, articles):
        pairs = list(articles)
        self.batches.append("".join(article.id for article, _ in pairs))
        for article, revision in pairs:
            try:
                yield SimpleNamespace(result=self.extract(article, revision=revision))
            except Exception as error:  # noqa: BLE001 - as the extractor does
                yield error


def process_together(ledger, extractor, ids="abc"):
    Processor(ledger=ledger, extractor=extractor, clock=lambda: NOW, hang_grace_s=5).process(ids, holder="m")
    return {name: ledger.status(name).status for name in ids}


def test_articles_of_a_message_go_through_the_model_together(ledger):
    extractor = ScriptedTogether(b=[KeyError("Anna")])
    assert process_together(ledger, extractor) == {"a": "done", "b": "failed", "c": "done"}
    assert extractor.batches == ["abc"]


def test_single_article_takes_the_plain_way(ledger):
    extractor = ScriptedTogether()
    assert process_together(ledger, extractor, "a") == {"a": "done"}
    assert extractor.batches == []


def test_article_that_was_started_before_has_no_companions(ledger):
    """It may be what ended its process: the second time it takes nobody with it."""
    ledger.start("b", holder="m")
    extractor = ScriptedTogether()
    assert set(process_together(ledger, extractor).values()) == {"done"}
    assert "b" not in "".join(extractor.batches)


def test_long_articles_do_not_share(ledger, monkeypatch):
    monkeypatch.setattr(processing, "TOGETHER_CHARS", len("Ein Text.") - 1)
    extractor = ScriptedTogether()
    assert set(process_together(ledger, extractor).values()) == {"done"}
    assert extractor.batches == []


def test_article_that_fills_the_measure_goes_along(ledger, monkeypatch):
    """By itself it would cost more, and those behind it would wait as long."""
    monkeypatch.setattr(processing, "TOGETHER_CHARS", len("Ein Text.") + 1)
    extractor = ScriptedTogether()
    assert set(process_together(ledger, extractor).values()) == {"done"}
    assert extractor.batches == ["ab"]


def test_companions_of_an_article_that_hangs_get_another_attempt(ledger):
    """Together they ran out of time; by itself each is judged alone."""
    extractor = ScriptedTogether(b=[ArticleTimeout()])
    assert process_together(ledger, extractor) == {"a": "queued", "b": "queued", "c": "queued"}
    assert set(process_together(ledger, extractor).values()) == {"done"}
    assert extractor.batches == ["abc"]
