"""Finds the temporal expressions of a text: recognise, resolve, join."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from worker.extraction.errors import PackBroken

from .anchors import Anchors, Mention
from .calendar_units import OutOfCalendar, midnight, moment
from .clauses import TextClauses
from .delegate import Delegate
from .extents import Extent, extent_of
from .grammar import Grammar, Hit, load_grammar
from .joining import join_parts
from .parsed import ParsedText
from .people import people_in
from .resolving import RESOLVERS
from .scene import Reading, Scene
from .timex import Direction as DirectionName
from .timex import Timex
from .verb_signs import TextSigns

LOOKING_BACK = frozenset({"earlier", "spoken_quarter"})
# Country domains whose papers write the day before the month.
_DAY_FIRST_DOMAINS = frozenset({"uk", "ie", "au", "nz", "in", "za", "sg", "my", "hk", "eu", "de", "at", "ch"})


def find_times(
    text: str,
    *,
    published: date | datetime | None,
    language: str,
    doc: ParsedText | None = None,
    zone: str | None = None,
    source_url: str | None = None,
    hits: Sequence[Hit] | None = None,
) -> tuple[Timex, ...]:
    """Find the temporal expressions of a text and say what they mean.

    Args:
        text: The article's text, or its title.
        published: When it was published; relative expressions stay without a value where it is None.
        language: ISO 639-1 code of a language with time words.
        doc: The text as parsed by spaCy (Universal Dependencies); makes the direction of weekdays and
            months surer. Ignored where it is of another text.
        zone: IANA name of the article's zone; an aware publication time is read there.
        source_url: Address of the article; its country decides between D/M and M/D in English.
        hits: What :func:`find_hits` gave for the same text, where it is read more than once.

    Returns:
        In text order, without overlaps.

    Raises:
        LanguageUnsupported: There are no time words for this language.
        PackBroken: A data file does not keep its form.

    Note:
        Linear in the length of the text; keeps no state between calls and may be called from many threads.

    Example:
        >>> [time.value for time in find_times("Am 3. Mai 2024.", published=None, language="de")]
        ['2024-05-03']
    """
    grammar = _checked_grammar(language)
    when = _local(published, zone)
    lowered = lower_in_place(text)
    month_first = language == "en" and not _day_first(source_url)
    parsed = doc if doc is not None and doc.text == text else None
    scene_of = partial(
        Scene,
        text=text,
        lowered=lowered,
        grammar=grammar,
        published=when,
        anchors=Anchors(),
        delegate=Delegate(language, when),
        month_first=month_first,
        signs=TextSigns(text, language),
        clauses=TextClauses(text, language),
        doc=parsed,
    )
    people = people_in(parsed)
    every = grammar.find_hits(text, lowered) if hits is None else hits
    outside = (hit for hit in every if not people.hold(hit.start, hit.end))
    found = (timex for hit in outside if (timex := _resolve(scene_of(hit=hit))) is not None)
    return join_parts(tuple(found), lowered, language=language)


def find_hits(text: str, *, language: str) -> tuple[Hit, ...]:
    """Find where the rules match, before anything is resolved; see :func:`find_times`."""
    return tuple(_checked_grammar(language).find_hits(text, lower_in_place(text)))


@cache
def _checked_grammar(language: str) -> Grammar:
    grammar = load_grammar(language)
    for rule in grammar.rules:
        if rule.entry.resolve not in RESOLVERS:
            known = ", ".join(RESOLVERS)
            where = f"languages/{language}/time_rules.toml: rule {rule.entry.name}: resolve"
            raise PackBroken(f"{where}: expected one of {known}, found {rule.entry.resolve!r}")
    return grammar


def lower_in_place(text: str) -> str:
    """Lower-case a text without moving any offset."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _local(published: date | datetime | None, zone: str | None) -> datetime | None:
    if published is None:
        return None
    if not isinstance(published, datetime):
        return moment(published.year, published.month, published.day)
    if published.tzinfo is not None and zone is not None:
        published = published.astimezone(_zone(zone))
    return published.replace(tzinfo=None)


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"zone: expected an IANA name such as Europe/Berlin, found {name!r}") from error


def _day_first(source_url: str | None) -> bool:
    host = urlsplit(source_url).hostname if source_url else None
    return bool(host) and str(host).rsplit(".", 1)[-1] in _DAY_FIRST_DOMAINS


def _resolve(scene: Scene) -> Timex | None:
    try:
        reading = RESOLVERS[scene.hit.rule.entry.resolve](scene)
    except (OutOfCalendar, OverflowError):
        return None
    if reading is None:
        return None
    extent = reading.extent or (
        extent_of(reading.value) if reading.value and reading.type in {"DATE", "TIME"} else None
    )
    _note(scene, reading, extent)
    hit = scene.hit
    toward, reason = _direction(reading, extent, scene.published)
    return Timex(
        start=hit.start,
        end=hit.end,
        text=scene.text[hit.start : hit.end],
        type=reading.type,
        value=reading.value,
        mod=reading.mod,
        quant=reading.quant,
        anchor=reading.anchor,
        interval=extent.as_interval() if extent else None,
        granularity=extent.granularity if extent else "unknown",
        relation=reading.relation or scene.relation(),
        direction=toward,
        direction_reason=reason,
        rule=hit.rule.entry.name,
        engine=reading.engine,
        confidence=reading.confidence,
        approx=reading.approx,
    )


def _note(scene: Scene, reading: Reading, extent: Extent | None) -> None:
    if extent is None or reading.value is None or reading.type not in {"DATE", "TIME"}:
        return
    if scene.hit.rule.entry.resolve in LOOKING_BACK or scene.arg("days", "0").startswith("-"):
        return  # "the day before", "the year-ago quarter" look back; the story stays where it was
    explicit = "year" in scene.hit.groups or "short_year" in scene.hit.groups
    scene.anchors.note(Mention(extent, reading.value, scene.hit.start, explicit))


def _direction(reading: Reading, extent: Extent | None, published: datetime | None) -> tuple[DirectionName, str]:
    decided = reading.direction
    if extent is None or published is None:
        return decided.toward, decided.reason
    reason = decided.reason if decided.reason != "none" else "value"
    today = midnight(published)
    if extent.start <= today < extent.end:
        return "dct", reason
    return ("past" if extent.start < today else "future"), reason
