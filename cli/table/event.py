"""One event as a panel: type, who, when, where, how certain, who says so, and the words it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from cli.table.explanation import Evidence
from cli.table.quote import PLAIN_MARKS, UNICODE_MARKS, Marks, quote_event
from cli.table.signs import FACTUALITY_SIGNS, Sign
from schemas.article import Article
from schemas.event import Event, EventTime, Participant, Place, Source

_UNREMARKABLE_RELATIONS = {"on"}


@dataclass(frozen=True)
class Look:
    """What the terminal can show."""

    is_unicode: bool = True

    @property
    def box(self) -> box.Box:
        """Give the frame of a panel."""
        return box.ROUNDED if self.is_unicode else box.ASCII

    @property
    def marks(self) -> Marks:
        """Give what stands around a trigger."""
        return UNICODE_MARKS if self.is_unicode else PLAIN_MARKS

    @property
    def dot(self) -> str:
        """Give what parts the words of a heading."""
        return "·" if self.is_unicode else "-"

    def sign(self, sign: Sign) -> str:
        """Give the sign itself or its plain form."""
        return sign.sign if self.is_unicode else sign.plain


def event_panel(event: Event, article: Article | None, *, look: Look, evidence: Sequence[Evidence] = ()) -> Panel:
    """Lay out one event."""
    sign = FACTUALITY_SIGNS[event.factuality]
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True, min_width=len("source"))
    rows.add_column(ratio=1, overflow="fold")
    for label, value in _rows(event, article, look):
        rows.add_row(label, value)
    for label, value in _explained(evidence):
        rows.add_row(label, value)
    return Panel(
        rows,
        box=look.box,
        title=_title(event, sign, look),
        title_align="left",
        subtitle=Text(f"confidence {event.confidence:.2f}", style="dim"),
        subtitle_align="right",
        border_style=sign.colour,
        padding=(0, 1),
    )


def _title(event: Event, sign: Sign, look: Look) -> Text:
    title = Text(f"{look.sign(sign)} ", style=f"bold {sign.colour}")
    title.append(event.type, style="bold default")
    title.append(f" {look.dot} {event.factuality}", style=sign.colour)
    if event.stage:
        title.append(f" {look.dot} {event.stage.replace('_', ' ')}", style="default")
    return title


def _rows(event: Event, article: Article | None, look: Look) -> Iterator[tuple[str, Text]]:
    if event.participants:
        yield "who", _lines(_who(participant) for participant in event.participants)
    if event.time is not None:
        yield "when", _when(event.time)
    if event.place is not None:
        yield "where", _where(event.place)
    if event.topics:
        yield (
            "about",
            _lines(
                Text(topic.text).append("" if topic.factuality == "asserted" else f"  {topic.factuality}", style="dim")
                for topic in event.topics
            ),
        )
    if event.sources:
        yield "source", _lines(_says(source) for source in event.sources)
    yield "text", quote_event(event, article, marks=look.marks)


def _explained(evidence: Sequence[Evidence]) -> Iterator[tuple[str, Text]]:
    for index, item in enumerate(evidence):
        value = Text(f"{item.field}: ", style="bold").append(item.rule, style="not bold")
        if item.words:
            value.append(f"  {' '.join(item.words.split())}", style="italic not bold")
        yield ("why" if index == 0 else ""), value


def _lines(texts: Iterator[Text]) -> Text:
    return Text("\n").join(texts)


def _who(participant: Participant) -> Text:
    text = Text(participant.name, style="bold")
    details = [detail for detail in (participant.descriptor, participant.country) if detail]
    if details:
        text.append(f" ({', '.join(details)})", style="not bold")
    notes: list[str] = [] if participant.role == "participant" else [participant.role]
    notes += ["inferred"] if participant.inferred else []
    return text.append(f"  {', '.join(notes)}" if notes else "", style="not bold dim")


def _when(time: EventTime) -> Text:
    text = Text(time.value or "no date", style="bold")
    relation = "" if time.relation in _UNREMARKABLE_RELATIONS else f"{time.relation} "
    text = Text(relation).append_text(text)
    if time.approx:
        text.append(" (about)")
    return text.append(f"  {' '.join(time.text.split())}", style="italic")


def _where(place: Place) -> Text:
    return Text(place.name, style="bold").append(f" ({place.country})" if place.country else "", style="not bold")


def _says(source: Source) -> Text:
    text = Text(source.name).append(f" ({source.descriptor})" if source.descriptor else "")
    return text.append(f"  {source.how.replace('_', ' ')}", style="dim")
