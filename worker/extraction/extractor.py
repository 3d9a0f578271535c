"""The extractor: an article goes in, its events come out as a validated result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from threading import Lock
from types import MappingProxyType
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from schemas.article import Article, ArticleInfo
from schemas.article import Language as ArticleLanguage
from schemas.event import Event
from schemas.identity import article_id, content_hash
from schemas.model import FieldName
from schemas.result import ExtractorInfo, Result

from .document import Document, Evidence
from .field import Field
from .language import detect_language
from .languages.pack import LanguagePack, languages, load_pack
from .models import ModelVariant, load_pipeline
from .observing import Observe, unobserved
from .output import build_events
from .steps.chain import STEPS
from .steps.step import GIVEN, check_chain
from .together import Work, run_alone, run_together
from .work import find_events

ZONES: Mapping[str, str] = MappingProxyType({"de": "Europe/Berlin", "en": "UTC"})
"""Where relative times are resolved when the publication date has no offset."""

BATCH_SIZE = 16
"""So many articles go through the model together where many are given."""

NO_DATE = "published is missing: relative times keep value null"
UNSURE_LANGUAGE = "language was not given and the text does not tell: taken as {language}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A result, and for each of its events why each field has its value.

    Attributes:
        evidence: Event id to the rules and cues, in the order in which they were applied.
    """

    result: Result
    evidence: Mapping[str, tuple[Evidence, ...]]


class Extractor:
    """Extracts events from articles; build it once and keep it.

    Args:
        clock: Gives the present, aware; called when an article starts and ends.
        model: Which of the shipped pipelines: ``accurate`` or ``small``.
        pipelines: Language to a pipeline to use instead, already loaded.
        zones: Language to the IANA time zone of its articles.
        min_confidence: Events below are left out, 0 to 1.
        threads: How many cores the accurate pipeline may use for one call.
        cascade: Whether only what an event can depend on is parsed, instead of the whole article.
        observe: Looks on while the stages of the work are done; for those who measure.

    Raises:
        ChainBroken: The steps do not fit together; a defect of the installation.

    Note:
        May be shared by threads: a pipeline parses one article at a time, the rest runs in parallel. A pipeline is
        loaded when its language is first met, in one to two seconds.

    Example:
        >>> from datetime import UTC, datetime
        >>> extractor = Extractor(clock=lambda: datetime.now(UTC), model="small")
        >>> text = "Kanzlerin Anna Muster hat sich mit Präsident Jan Beispiel getroffen."
        >>> article = Article(text=text, language="de")
        >>> [event.type for event in extractor.extract(article).events]
        ['meeting']
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        model: ModelVariant = "accurate",
        pipelines: Mapping[str, Language] | None = None,
        zones: Mapping[str, str] = ZONES,
        min_confidence: float = 0.0,
        threads: int = 1,
        cascade: bool = True,
        observe: Observe = unobserved,
    ) -> None:
        check_chain(STEPS, given=GIVEN | {"passages", "sentences"})
        self._clock = clock
        self._model: ModelVariant = model
        self._pipelines = dict(pipelines or {})
        self._zones = zones
        self._min_confidence = min_confidence
        self._threads = threads
        self._cascade = cascade
        self._observe = observe
        self._loading = Lock()
        self._parsing = {language: Lock() for language in languages()}

    def extract(self, article: Article, *, revision: int = 1) -> Result:
        """Extract the events of an article.

        Args:
            article: Validated.
            revision: Counts the contents under this id, from 1.

        Returns:
            The result; its events in text order, possibly none.

        Raises:
            LanguageUnsupported: The language is or was detected to be another than German or English; no retry helps.
            ModelMissing: The language's pipeline is not installed.
        """
        return self.explain(article, revision=revision).result

    def extract_many(self, articles: Iterable[Article], *, batch_size: int = BATCH_SIZE) -> Iterator[Result]:
        """Extract the events of many articles, one result each, in input order.

        Args:
            articles: Read as far ahead as a batch is large.
            batch_size: So many articles go through the model together.

        Raises:
            LanguageUnsupported: As for :meth:`extract`, when the article's turn has come.
        """
        for outcome in self.attempt_many(((article, 1) for article in articles), batch_size=batch_size):
            if isinstance(outcome, Exception):
                raise outcome
            yield outcome.result

    def attempt_many(
        self, articles: Iterable[tuple[Article, int]], *, batch_size: int = BATCH_SIZE
    ) -> Iterator[Explanation | Exception]:
        """Extract the events of many articles with their revisions; what fails of one leaves the others alone.

        Returns:
            For each article, in input order, what came of it or why nothing did.
        """
        stream = iter(articles)
        while batch := list(islice(stream, batch_size)):
            yield from run_together([self._work(article, revision) for article, revision in batch], self._parse)

    def explain(self, article: Article, *, revision: int = 1) -> Explanation:
        """Extract the events of an article and say why each field has its value; see :meth:`extract`."""
        return run_alone(self._work(article, revision), self._parse)

    def _work(self, article: Article, revision: int) -> Work[Explanation]:
        """Do all for an article but the parsing, which is asked for and comes from outside."""
        started = self._clock()
        with self._observe("read"):
            document, fields = self._read(article)
        document = yield from find_events(document, fields, cascade=self._cascade, observe=self._observe)
        with self._observe("output"):
            events = self._events(document)
        finished = self._clock()
        result = Result(
            article_id=article_id(article),
            revision=revision,
            content_hash=content_hash(article),
            article=ArticleInfo(**article.model_dump(include={"title", "url", "publisher", "published", "metadata"})),
            language=cast("ArticleLanguage", document.language),
            events=tuple(event for event, _ in events),
            warnings=document.warnings,
            extractor=self._info(document.pack),
            extracted_at=finished,
            elapsed_ms=max(0, round((finished - started).total_seconds() * 1000)),
        )
        return Explanation(result, MappingProxyType({event.id: evidence for event, evidence in events}))

    def _events(self, document: Document) -> list[tuple[Event, tuple[Evidence, ...]]]:
        article = document.article
        events = build_events(
            document, article_id=article_id(article), content=content_hash(article), version=extractor_version()
        )
        pairs = zip(events, (group.evidence for group in document.groups), strict=True)
        return [(event, evidence) for event, evidence in pairs if event.confidence >= self._min_confidence]

    def _read(self, article: Article) -> tuple[Document, tuple[Field, ...]]:
        """Detect the language and cut the fields into words."""
        language, warnings = _language(article)
        pack = load_pack(language)
        document = Document(article, language, pack, zone=self._zones.get(language), warnings=warnings)
        if article.published is None:
            document = replace(document, warnings=(*document.warnings, NO_DATE))
        nlp = self._pipeline(language)
        texts: tuple[tuple[FieldName, str | None], ...] = (("title", article.title), ("text", article.text))
        with self._parsing[language]:
            fields = tuple(Field(name, text, pack=pack, nlp=nlp) for name, text in texts if text is not None)
        return document, fields

    def _parse(self, language: str, docs: Sequence[Doc]) -> list[Doc]:
        with self._parsing[language], self._observe("parse"):
            return list(self._pipeline(language).pipe(docs))

    def _pipeline(self, language: str) -> Language:
        with self._loading:
            if language not in self._pipelines:
                self._pipelines[language] = load_pipeline(language, model=self._model, threads=self._threads)
            return self._pipelines[language]

    def _info(self, pack: LanguagePack) -> ExtractorInfo:
        meta = self._pipeline(pack.language).meta
        known = meta.get("depesche", {})
        name = f"{known.get('model', meta.get('name', 'pipeline'))}-{known.get('version', meta.get('version', '0'))}"
        fingerprint = str(known.get("fingerprint", ""))[:16]
        return ExtractorInfo(
            version=extractor_version(),
            language_pack=f"{pack.language}-{pack.fingerprint}",
            model=f"{name}:{fingerprint}" if fingerprint else name,
        )


def _language(article: Article) -> tuple[str, tuple[str, ...]]:
    if article.language is not None:
        return article.language, ()
    found = detect_language(f"{article.title or ''}\n{article.text}")
    return found.language, () if found.is_sure else (UNSURE_LANGUAGE.format(language=found.language),)


@cache
def extractor_version() -> str:
    """Give the version of the extractor: that of the distribution."""
    try:
        return version("depesche")
    except PackageNotFoundError:
        return "0"
