"""What the steps hand on: an article in work, growing from texts to events."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Any, Literal

from schemas.article import Article
from schemas.catalogue import EVENT_TYPES
from schemas.event import Factuality, Granularity, ParticipantKind, Relation, Role, Section, SourceKind
from schemas.model import FieldName, Span
from worker.extraction.languages.pack import LanguagePack
from worker.extraction.languages.trigger_forms import Function, Trigger
from worker.extraction.named import Names
from worker.extraction.structure import Structure
from worker.extraction.tokens import Token, Tokens


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a field: ``[start, end)`` in code points, and what it is."""

    start: int
    end: int
    kind: Literal["headline", "lead", "body", "furniture"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One field of the article, split and parsed.

    Attributes:
        text: As submitted.
        masked: The same length; page furniture and agency marks blanked out, odd characters made plain.
        quotes: Extents of quoted speech.
    """

    field: FieldName
    text: str
    masked: str
    blocks: tuple[Block, ...]
    quotes: tuple[tuple[int, int], ...]
    doc: Tokens


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens ``[start, end)`` of its sentence's doc, the preposition left out.

    Attributes:
        head: The noun or name that the phrase is about.
        preposition: In its dictionary form (``im`` is ``in``), or None.
        joined_to: Start of the phrase it is coordinated with (the first of the list), else its own start.
        genitive: Whether it is in the genitive and follows another noun.
        in_brackets: Whether it is a remark in brackets: ``Anna Muster (Grüne)``.
    """

    start: int
    end: int
    head: int
    preposition: str | None
    joined_to: int
    genitive: bool = False
    in_brackets: bool = False

    @property
    def first(self) -> int:
        """Its first token, by which it is known in its sentence."""
        return self.start


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: the tokens that belong to one verb complex.

    Attributes:
        tokens: Indices in the doc, rising; they need not be adjacent.
        kind: main, subordinate, relative or infinitive.
        mark: The subordinator, lower case, or None.
        parent: Index (in the sentence) of the clause it hangs on, or None.
        finite: The finite verb, or None.
        verbs: All verbal tokens, the finite one included.
    """

    tokens: tuple[int, ...]
    kind: Literal["main", "subordinate", "relative", "infinitive"]
    mark: str | None
    parent: int | None
    finite: int | None
    verbs: tuple[int, ...]

    @property
    def first(self) -> int:
        """Its first token, by which it is known in its sentence."""
        return self.tokens[0]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with its clauses and noun phrases.

    Attributes:
        index: Position in the article, title first.
        start: First token, ``end`` one past the last.
        section: headline, lead or body.
        structure: Its clauses and phrases, and what is found of them.
        is_parsed: Whether more is known of it than its words.
    """

    index: int
    passage: Passage
    start: int
    end: int
    section: Section
    block: int
    structure: Structure = field(default_factory=Structure, compare=False, repr=False)
    is_parsed: bool = True

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses, in the order of their first words."""
        return self.structure.clauses

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Its noun phrases, in text order."""
        return self.structure.phrases

    @property
    def doc(self) -> Tokens:
        """The parsed field."""
        return self.passage.doc

    def tokens(self) -> Iterator[Token]:
        """Go over its tokens, white space left out."""
        return iter([token for token in self.passage.doc[self.start : self.end] if not token.is_space])

    @property
    def start_char(self) -> int:
        """First code point in the field."""
        return self.doc[self.start].idx

    @property
    def end_char(self) -> int:
        """One past the last code point in the field."""
        last = self.doc[self.end - 1]
        return last.idx + len(last)

    @property
    def text(self) -> str:
        """The words as parsed (masked)."""
        return self.passage.masked[self.start_char : self.end_char]

    def clause_of(self, token: int) -> int | None:
        """Find the index of the clause that holds a token."""
        return self.structure.clause_at.get(token)

    def phrase_of(self, token: int) -> Phrase | None:
        """Find the noun phrase that holds a token."""
        return self.structure.phrase_at.get(token)

    def is_quoted(self, token: int) -> bool:
        """Whether a token stands inside quoted speech."""
        offset, quotes = self.doc[token].idx, self.passage.quotes
        nearest = bisect_right(quotes, offset, key=itemgetter(0)) - 1
        return nearest >= 0 and offset < quotes[nearest][1]

    def span(self, start: int, end: int) -> Span:
        """Make the contract's span of the tokens ``[start, end)``."""
        last = self.doc[end - 1]
        return Span(start=self.doc[start].idx, end=last.idx + len(last), field=self.passage.field)


@dataclass(frozen=True, slots=True)
class Entity:
    """A party of the article: every way in which it is named, under its fullest name.

    Attributes:
        key: Equal for the same party.
        descriptor: What the article calls it (an office), as written.
    """

    key: str
    name: str
    kind: ParticipantKind
    descriptor: str | None = None
    country: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A party beside a trigger.

    Attributes:
        function: What it is to the trigger.
        start: Its tokens in the sentence's doc, ``end`` one past the last.
        rule: Which rule found it.
        entity: None until the pronoun or role noun is resolved.
        inferred: Whether the sentence of the trigger does not name it.
    """

    function: Function
    sentence: int
    start: int
    end: int
    rule: str
    entity: Entity | None = None
    inferred: bool = False
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: for explanations, beside the event."""

    field: str
    rule: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A time expression attached to a trigger, with the rule that attached it.

    Attributes:
        start: Of its interval, None where open or unknown; ``end`` likewise.
        is_future: Whether it lies after the publication.
        is_relative: Whether it was resolved against the publication date.
    """

    text: str
    span: Span
    value: str | None
    granularity: Granularity
    relation: Relation
    rule: str
    start: date | None = None
    end: date | None = None
    approx: bool = False
    is_future: bool = False
    is_relative: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether it names a stretch of the calendar, not just before or after now."""
        return self.value is not None and not self.value.endswith("_REF")

    def contradicts(self, other: When) -> bool:
        """Whether two times cannot be those of one event: both dated, and their intervals do not meet."""
        if None in {self.value, other.value} or self.value == other.value:
            return False
        if self.is_future != other.is_future:
            return True
        ends = self.start, self.end, other.start, other.end
        if None in ends or any(when.relation in {"since", "until", "before", "after"} for when in (self, other)):
            return False
        one, two, three, four = _day(self.start), _last_day(self.end), _day(other.start), _last_day(other.end)
        return two <= three or four <= one


def _day(value: date | None) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value or date.min


def _last_day(value: date | None) -> date:
    """Give the day behind an interval: one that ends in the evening ends with its day."""
    if isinstance(value, datetime) and value.time() != time.min:
        return value.date() + timedelta(days=1)
    return _day(value)


@dataclass(frozen=True, slots=True)
class Where:
    """A place attached to a trigger."""

    name: str
    span: Span
    country: str | None
    rule: str
    is_country: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What the event is about, or what is offered."""

    text: str
    span: Span
    rule: str
    factuality: Factuality = "asserted"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who vouches for a mention."""

    name: str
    kind: SourceKind
    how: Literal["direct", "indirect", "according_to"]
    descriptor: str | None
    span: Span | None
    rule: str
    key: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A trigger in the text, and all that its surroundings say.

    Attributes:
        token: The main word; ``parts`` are further tokens (a separated particle).
        clause: Index of its clause in the sentence.
        governor: Token of the verb that governs a noun trigger, or the trigger itself.
        is_telling: Whether its verb says that it took place or is to come, rather than presupposing it.
        is_anaphor: Whether it counts only if an event it refers to is found.
    """

    type: str
    trigger: Trigger
    pos: Literal["noun", "verb", "adjective"]
    sentence: int
    token: int
    clause: int | None
    governor: int | None = None
    is_definite: bool = False
    is_anaphor: bool = False
    is_telling: bool = False
    parties: tuple[Party, ...] = ()
    when: When | None = None
    where: Where | None = None
    topics: tuple[About, ...] = ()
    factuality: Factuality = "asserted"
    stage: str | None = None
    voices: tuple[Voice, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_offer(self) -> bool:
        """Whether one party puts something before another, instead of the parties doing it together."""
        return EVENT_TYPES[self.type].form == "offer"


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one event, first mention first."""

    type: str
    mentions: tuple[Mention, ...]
    parties: tuple[Party, ...] = ()
    when: When | None = None
    where: Where | None = None
    topics: tuple[About, ...] = ()
    factuality: Factuality = "asserted"
    stage: str | None = None
    voices: tuple[Voice, ...] = ()
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_offer(self) -> bool:
        """As for a mention."""
        return EVENT_TYPES[self.type].form == "offer"


@dataclass(frozen=True, slots=True)
class Document:
    """An article in work.

    Attributes:
        zone: IANA time zone that relative times are resolved in, where the publication date has no offset.
        names: Entity by (sentence, first token, one past the last) of each place that names it.
        memory: What a step keeps for the next time it goes over the same article.
    """

    article: Article
    language: str
    pack: LanguagePack
    zone: str | None = None
    passages: tuple[Passage, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    names: Names = field(default_factory=Names)
    mentions: tuple[Mention, ...] = ()
    groups: tuple[Group, ...] = ()
    warnings: tuple[str, ...] = ()
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def parsed(self) -> tuple[Sentence, ...]:
        """The sentences of which more is known than their words."""
        return tuple(sentence for sentence in self.sentences if sentence.is_parsed)
