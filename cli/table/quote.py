"""The sentence an event was found in, its trigger marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rich.text import Text

from schemas.article import Article
from schemas.event import Event, Mention

MAX_CHARS: Final = 320
"""Longer sentences are cut around the trigger."""
TRIGGER_STYLE: Final = "bold reverse"


@dataclass(frozen=True)
class Marks:
    """What stands around the trigger, so that it shows without colour too."""

    before: str
    after: str
    ellipsis: str


UNICODE_MARKS: Final = Marks("‹", "›", "…")
PLAIN_MARKS: Final = Marks("[", "]", "...")


def quote_event(event: Event, article: Article | None, *, marks: Marks = UNICODE_MARKS) -> Text:
    """Quote the sentence of the event's first mention in the text and list its other triggers.

    Args:
        event: With at least one mention.
        article: As submitted; None when only the result is there, then the triggers alone are given.
        marks: What stands around the trigger.
    """
    # The headline stands above all events already.
    first = next((mention for mention in event.mentions if mention.field == "text"), event.mentions[0])
    others = [mention for mention in event.mentions if mention is not first]
    sentence = _sentence(first, article, marks)
    quoted = sentence if sentence is not None else _marked(first.text, marks)
    if others:
        triggers = ", ".join(dict.fromkeys(_on_one_line(mention.text) for mention in others))
        quoted.append(f"\nalso: {triggers}", style="dim")
    return quoted


def _sentence(mention: Mention, article: Article | None, marks: Marks) -> Text | None:
    text = getattr(article, mention.field, None)
    if not text:
        return None
    start, end = mention.sentence.start, mention.sentence.end
    before, after = text[start : mention.start], text[mention.end : end]
    room = max(MAX_CHARS - len(mention.text), 0) // 2
    quoted = Text(_cut_start(_on_one_line(before), room, marks))
    quoted.append_text(_marked(text[mention.start : mention.end], marks))
    return quoted.append(_cut_end(_on_one_line(after), room, marks))


def _marked(words: str, marks: Marks) -> Text:
    return Text(marks.before).append(_on_one_line(words), style=TRIGGER_STYLE).append(marks.after)


def _on_one_line(text: str) -> str:
    """Make one space of any white space, also at the ends, where it parts words."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _cut_start(text: str, room: int, marks: Marks) -> str:
    return text if len(text) <= room else marks.ellipsis + text[-room:].partition(" ")[2]


def _cut_end(text: str, room: int, marks: Marks) -> str:
    return text if len(text) <= room else text[:room].rpartition(" ")[0] + marks.ellipsis
