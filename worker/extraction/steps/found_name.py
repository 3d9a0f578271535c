"""A place that names something, and what its neighbours say of it: the list it stands in, the short form it defines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from schemas.event import ParticipantKind
from worker.extraction.countries import country_names
from worker.extraction.document import Document, Phrase, Sentence
from worker.extraction.naming import name_phrase
from worker.extraction.structure import once
from worker.extraction.words import lower

_SHORT_FORM = re.compile(r"(?=(?:.*[A-ZÄÖÜ]){2})[A-ZÄÖÜ][\w-]{1,7}")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A place in the text that names something: tokens ``[start, end)`` of a sentence's doc.

    Attributes:
        is_sure: Whether the words say what kind it is, not the pipeline alone.
    """

    sentence: int
    start: int
    end: int
    name: str
    kind: ParticipantKind
    country: str | None = None
    descriptor: str | None = None
    is_sure: bool = False

    @property
    def place(self) -> tuple[int, int, int]:
        """Sentence, first token, one past the last."""
        return self.sentence, self.start, self.end


def agree_in_lists(found: Sequence[FoundName], document: Document) -> list[FoundName]:
    """Take an unknown place for a person where it is listed with persons: ``von Biden und Xi``."""
    by_sentence: dict[int, list[FoundName]] = {}
    for item in found:
        by_sentence.setdefault(item.sentence, []).append(item)
    return [
        replace(item, kind="person")
        if item.kind == "place" and _is_among_persons(item, by_sentence[item.sentence], document)
        else item
        for item in found
    ]


def _is_among_persons(item: FoundName, others: Sequence[FoundName], document: Document) -> bool:
    sentence = document.sentences[item.sentence]
    phrase = sentence.phrase_of(item.start)
    if phrase is None or phrase.preposition in document.pack.grammar.place_prepositions:
        return False
    if item.is_sure or country_names(document.language).of_capital(item.name):
        return False
    kinds = {
        other.kind for other in others if other is not item and _is_joined(phrase, sentence.phrase_of(other.start))
    }
    return kinds == {"person"}


def _is_joined(phrase: Phrase, other: Phrase | None) -> bool:
    return other is not None and other.start != phrase.start and other.joined_to == phrase.joined_to


def short_forms(document: Document) -> dict[str, str]:
    """Map the short forms that the article introduces in brackets to the names before them.

    ``Bund der Muster`` introduced as ``Freier Musterbund (FMB)``: the letters stand in the name in their order, so that
    a party behind a person's name or a remark is none.
    """
    known: dict[str, str] = {}
    for sentence in document.parsed:
        for short, name in _introduced_in(sentence, sentence.index, document):
            known.setdefault(short, name)
    return known


@once
def _introduced_in(sentence: Sentence, _index: int, document: Document) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for phrase in sentence.phrases:
        short = _bracketed_behind(sentence, phrase)
        if short is None or sentence.doc[phrase.head].ent_type_ == "PER":
            continue
        names = (name_phrase(sentence, phrase, document.pack.grammar), *_with_before(sentence, phrase, document))
        name = next((each for each in names if _abbreviates(short, each)), None)
        if name is not None:
            found.append((short, name))
    return tuple(found)


def _with_before(sentence: Sentence, phrase: Phrase, document: Document) -> Iterator[str]:
    """``Gewerkschaft Deutscher Lokomotivführer (GDL)``: give the name with one or two phrases right before it."""
    start = phrase.start
    last = sentence.doc[phrase.end - 1]
    for _ in range(2):
        before = next((each for each in sentence.phrases if each.end == start), None)
        if before is None:
            return
        start = before.start
        first = sentence.doc[start]
        if lower(first.text) in document.pack.grammar.determiners and start + 1 < before.end:
            first = sentence.doc[start + 1]
        yield sentence.passage.masked[first.idx : last.idx + len(last)]


def _bracketed_behind(sentence: Sentence, phrase: Phrase) -> str | None:
    if phrase.end >= sentence.end or sentence.doc[phrase.end].text != "(":
        return None
    behind = [token.text for token in sentence.doc[phrase.end : min(phrase.end + 3, sentence.end)]]
    if len(behind) == 3 and behind[2] == ")" and _SHORT_FORM.fullmatch(behind[1]):
        return behind[1]
    return None


def _abbreviates(short: str, name: str) -> bool:
    letters = re.sub(r"[\W_]", "", short.lower())
    pattern = "".join(f"{re.escape(letter)}.*" for letter in letters)
    return len(name) > len(short) + 3 and re.match(pattern, name.lower()) is not None


def names_of_parse(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """Give label, first token and one past the last of each name that the parse found wholly in a sentence.

    Read off the tokens: ``ents`` goes over the whole text each time, which is quadratic in a long one.
    """
    for token in sentence.tokens():
        if token.ent_iob_ == "B":
            end = token.i + 1
            while end < sentence.end and sentence.doc[end].ent_iob_ == "I":
                end += 1
            if end == len(sentence.doc) or sentence.doc[end].ent_iob_ != "I":
                yield token.ent_type_, token.i, end
