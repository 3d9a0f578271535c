"""Makes a source of a noun phrase: a person, an organisation, a medium, or an unnamed circle."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Literal

from schemas.event import SourceKind
from schemas.model import Span
from worker.extraction.document import Document, Entity, Party, Phrase, Sentence, Voice
from worker.extraction.naming import attribute_of, name_phrase
from worker.extraction.parties import apposed_person, kind_of_noun, named_in
from worker.extraction.words import holds, is_plural, lower

from .called import called_by

How = Literal["direct", "indirect", "according_to"]
_TITLE = re.compile(r"\s[\"„“»«‚]([^\"„“”»«\n]{2,40})[\"“”»«]")


def voice_of_phrase(sentence: Sentence, phrase: Phrase, how: How, rule: str, document: Document) -> Voice | None:
    """Make a source of a noun phrase: a name, a role noun, a medium, or an unnamed circle."""
    named = named_in(sentence, phrase, document)
    span = sentence.span(phrase.start, phrase.end)
    called = _called(sentence, phrase, named[1] if named is not None else None, document)
    if called is not None:
        return Voice(called[0], called[1], how, None, span, rule, lower(called[0]))
    if named is not None:
        return named_voice(named[2], how, rule, sentence.span(named[0], named[1]), document)
    head = sentence.doc[phrase.head]
    cues = document.pack.reporting
    apposed = apposed_person(sentence, phrase, document)
    if apposed is not None:
        return named_voice(apposed[2], how, rule, sentence.span(apposed[0], apposed[1]), document)
    attribute = attribute_of(sentence, phrase)
    if attribute is None and holds(document.pack.nouns.companies, head.text):
        organisation = _last_organisation(sentence, phrase, document)
        if organisation is not None:
            return named_voice(organisation, how, rule, span, document)
    name = name_phrase(sentence, phrase, document.pack.grammar, attribute=attribute)
    if holds(cues.media, head.text):
        kind: SourceKind = "medium"
    elif holds(cues.unnamed, head.text) or holds(cues.offices, head.text):
        kind = "unnamed"
    elif kind_of_noun(head.text, is_plural=bool(is_plural(head)), document=document) is not None:
        known = _by_role(sentence, phrase, document) or _by_what_it_is_called(sentence, phrase, document)
        if known is not None:
            return named_voice(known, how, rule, span, document)
        kind = "unnamed"
    else:
        return None
    name = _in_nominative(name, phrase, document)
    return Voice(name, kind, how, None, span, rule, lower(name))


def _in_nominative(name: str, phrase: Phrase, document: Document) -> str:
    """``aus Regierungskreisen``: the plural loses the ending of its dative."""
    is_dative = phrase.preposition is not None and re.search(document.pack.reporting.dative_plurals, name)
    return name.removesuffix(document.pack.grammar.dative_plural_ending) if is_dative else name


def _called(
    sentence: Sentence, phrase: Phrase, name_end: int | None, document: Document
) -> tuple[str, SourceKind] | None:
    office = _office_of(sentence, phrase, name_end, document)
    if office is not None:
        return office, "organization"
    title = _titled_medium(sentence, phrase, document) or _named_medium(sentence, phrase, document)
    return (title, "medium") if title is not None else None


def _office_of(sentence: Sentence, phrase: Phrase, name_end: int | None, document: Document) -> str | None:
    """``Meiers Büro``: the office speaks, not the person whose it is."""
    head = sentence.doc[phrase.head]
    if name_end is None or name_end > phrase.head or not holds(document.pack.reporting.offices, head.text):
        return None
    return sentence.doc.text_of(phrase.start, phrase.end)


def _titled_medium(sentence: Sentence, phrase: Phrase, document: Document) -> str | None:
    """``die Zeitung „Der Bote“``: the title in quotation marks is the name."""
    head = sentence.doc[phrase.head]
    if phrase.end != phrase.head + 1 or not holds(document.pack.reporting.media, head.text):
        return None
    offset = head.idx + len(head)
    match = _TITLE.match(sentence.passage.text, offset)
    return match.group(1) if match is not None else None


def _named_medium(sentence: Sentence, phrase: Phrase, document: Document) -> str | None:
    """``the newspaper Al Bote``: the name behind the noun."""
    tokens = list(sentence.doc[phrase.start : phrase.end])
    media = document.pack.reporting.media
    at = next((i for i, token in enumerate(tokens) if token.pos_ == "NOUN" and holds(media, token.text)), None)
    name = tokens[at + 1 :] if at is not None else []
    if not name or any(token.pos_ != "PROPN" for token in name):
        return None
    return " ".join(token.text for token in name)


def _last_organisation(sentence: Sentence, phrase: Phrase, document: Document) -> Entity | None:
    """``das Unternehmen``: the organisation that opens the sentence before, else the last one named."""
    named = document.names.of_kind("organization")
    end = bisect_left(named, (sentence.index, phrase.start, 0), key=lambda each: each.place)
    begin = bisect_left(named, (sentence.index - 1, 0, 0), key=lambda each: each.place)
    if begin < end and named[begin].sentence == sentence.index - 1:
        return named[begin].entity
    return named[end - 1].entity if end else None


def _by_role(sentence: Sentence, phrase: Phrase, document: Document) -> Entity | None:
    """``der Kremlberater`` is the person whom the article calls so."""
    head = re.sub(r"(?:s|n)$", "", lower(sentence.doc[phrase.head].text))
    if len(head) < 5 or is_plural(sentence.doc[phrase.head]):
        return None
    candidates = (entity for entity in document.names.values() if entity.kind == "person" and entity.descriptor)
    return next((entity for entity in candidates if lower(entity.descriptor or "").split()[-1].endswith(head)), None)


def _by_what_it_is_called(sentence: Sentence, phrase: Phrase, document: Document) -> Entity | None:
    """``die Partei`` is the one that the article calls so by name."""
    party = Party("subject", sentence.index, phrase.start, phrase.end, "called")
    entity = called_by(party, document)
    return entity if entity is not None and entity.kind == "organization" else None


def named_voice(entity: Entity, how: How, rule: str, span: Span | None, document: Document) -> Voice:
    """Make a source of somebody whom the article names."""
    is_medium = holds(document.pack.reporting.media, entity.name)
    kind: SourceKind = "medium" if is_medium else "person" if entity.kind == "person" else "organization"
    return Voice(entity.name, kind, how, entity.descriptor, span, rule, entity.key)
