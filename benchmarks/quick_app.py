"""The worker around an extraction that takes no time: ``celery -A benchmarks.quick_app worker``.

For measuring everything around the extraction. Each article has two events, about as large as real ones.
"""

from __future__ import annotations

from datetime import UTC, datetime

from ledger.settings import read_settings
from schemas import Article, Event, ExtractorInfo, Mention, Participant, Result, article_id, content_hash, event_id
from schemas.article import ArticleInfo
from schemas.model import Extent
from worker.service.app import create_app
from worker.service.settings import WorkerSettings

VERSION = "quick"


class Quick:
    """Finds a meeting at the start of each text, and one at its end."""

    def extract(self, article: Article, *, revision: int = 1) -> Result:
        """Give a result without looking at the text."""
        identity, content = article_id(article), content_hash(article)
        return Result(
            article_id=identity,
            revision=revision,
            content_hash=content,
            article=ArticleInfo(title=article.title, published=article.published),
            language=article.language or "de",
            events=tuple(_event(article, identity, content, start) for start in (0, len(article.text) - 4)),
            extractor=ExtractorInfo(version=VERSION, language_pack="none", model="none"),
            extracted_at=datetime.now(UTC),
            elapsed_ms=0,
        )


def _event(article: Article, identity: str, content: str, start: int) -> Event:
    whole = Extent(start=0, end=len(article.text))
    text = article.text[start : start + 4]
    return Event(
        id=event_id(article_id=identity, content=content, extractor=VERSION, type="meeting", field="text", start=start),
        type="meeting",
        mentions=(Mention(text=text, start=start, end=start + 4, sentence=whole, section="lead"),),
        participants=tuple(
            Participant(name=name, role="participant", kind="person", descriptor="Außenministerin")
            for name in ("Nora Feldt", "Luca Arnaud")
        ),
        factuality="asserted",
        confidence=0.8,
    )


app = create_app(read_settings(WorkerSettings), make_extractor=lambda _settings: Quick())
