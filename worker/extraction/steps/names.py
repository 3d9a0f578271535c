"""Finds what the article names, and gathers each party's names under the fullest one.

Named entities of the pipeline, countries by table, and a title with the names behind it are taken together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from schemas.event import ParticipantKind
from worker.extraction.countries import CountryNames, country_names
from worker.extraction.document import Document, Phrase, Sentence
from worker.extraction.named import Names
from worker.extraction.naming import nominative_adjective
from worker.extraction.structure import once
from worker.extraction.tokens import Token, Tokens
from worker.extraction.words import fits, holds, is_verbal, lower

from .bearers import by_surname, split_surnames
from .found_name import FoundName, agree_in_lists, names_of_parse, short_forms
from .full_names import gather_entities, without_genitives

_KINDS: dict[str, ParticipantKind] = {"PER": "person", "ORG": "organization", "LOC": "place"}


_NAME_PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "da", "dos", "di", "del", "la", "al", "bin", "ibn", "ben", "zu", "ter", "-"}
)
_ABBREVIATION = re.compile(r"[A-ZÄÖÜ]{2,6}")
_LONGEST_NAME = 12
_ROMAN = re.compile(r"[IVXLC]+")


def find_names(document: Document) -> Document:
    """Add the article's names; see the module."""
    found: list[FoundName] = []
    for sentence in document.parsed:
        found.extend(_in_sentence(sentence, sentence.index, document))
    found = without_genitives(found)
    found = agree_in_lists(_agreed(found), document)
    found.extend(_again(found, document))
    found = _in_full(found, document)
    headlines = frozenset(sentence.index for sentence in document.sentences if sentence.section == "headline")
    fuller = by_surname(found)
    found = [part for item in found for part in split_surnames(item, fuller, document)]
    entities = gather_entities(found, document.pack.countries.people, headlines)
    names = Names({item.place: entity for item, entity in zip(found, entities, strict=True)})
    return replace(document, names=names)


def _in_full(found: list[FoundName], document: Document) -> list[FoundName]:
    """Call an organisation by the name that the article introduces its short form with."""
    full = short_forms(document)
    return [
        replace(item, name=full[item.name], kind="organization")
        if item.name in full and item.kind not in {"person", "country"}
        else item
        for item in found
    ]


def _agreed(found: list[FoundName]) -> list[FoundName]:
    """Give one name one kind: a surname of a person named in full is a person, else what it is most often."""
    kinds: dict[str, Counter[ParticipantKind]] = {}
    for item in found:
        kinds.setdefault(item.name, Counter())[item.kind] += 100 if item.is_sure else 1
    surnames = {item.name.split()[-1] for item in found if item.kind == "person" and " " in item.name}
    surnames |= {item.name for item in found if item.kind == "person" and item.descriptor}
    openings = _openings({item.name for item in found if item.kind == "organization"})
    agreed: dict[str, ParticipantKind] = {}
    for name, counts in kinds.items():
        kind = counts.most_common(1)[0][0]
        if name in surnames and not (kind == "organization" and counts[kind] >= 100):
            kind = "person"
        agreed[name] = "organization" if " ".join(name.split()) in openings else kind
    return [_as_kind(item, agreed[item.name]) for item in found]


def _as_kind(item: FoundName, kind: ParticipantKind) -> FoundName:
    fixed = item.kind == kind or "country" in {item.kind, kind}
    return item if fixed else replace(item, kind=kind, country=None)


def _openings(names: set[str]) -> set[str]:
    """Give what longer names begin with, by whole words."""
    split = (name.split() for name in names)
    return {" ".join(words[:end]) for words in split for end in range(1, len(words))}


def _again(found: list[FoundName], document: Document) -> Iterator[FoundName]:
    """Find the names that the pipeline saw elsewhere in the article but missed here."""
    known = {
        item.name: item for item in reversed(found) if item.kind in {"person", "organization"} and len(item.name) > 2
    }
    for item in found:
        if item.kind == "person" and " " in item.name:
            known.setdefault(item.name.split()[-1], item)
    longest = max((len(name.split()) for name in known), default=0)
    first_words = {name.split()[0] for name in known}
    taken = {(item.sentence, position) for item in found for position in range(item.start, item.end)}
    for sentence in document.parsed:
        tokens = list(sentence.tokens())
        position = 0
        while position < len(tokens):
            word = tokens[position].text
            may_open = word[:1].isupper() and (word in first_words or word.removesuffix("s") in first_words)
            length = _known_length(tokens, position, known, longest) if may_open else 0
            words = tokens[position : position + length]
            if words and not any((sentence.index, token.i) in taken for token in words):
                name = " ".join(token.text for token in words)
                item = known.get(name) or known[name.removesuffix("s")]
                yield FoundName(
                    sentence.index,
                    words[0].i,
                    words[-1].i + 1,
                    name.removesuffix("s") if name not in known else name,
                    item.kind,
                )
            position += length or 1


def _known_length(tokens: list[Token], position: int, known: Mapping[str, FoundName], longest: int) -> int:
    for length in range(min(longest, len(tokens) - position), 0, -1):
        name = " ".join(token.text for token in tokens[position : position + length])
        if name in known or (name.endswith("s") and name[:-1] in known):
            single = length == 1 and tokens[position].pos_ not in {"PROPN", "NOUN", "X"}
            return 0 if single else length
    return 0


@once
def _in_sentence(sentence: Sentence, _index: int, document: Document) -> tuple[FoundName, ...]:
    """Give the names of a sentence, found once however often the article is gone over."""
    countries = country_names(document.language)
    taken: set[int] = set()
    found: list[FoundName] = []
    for item in _candidates(sentence, document, countries):
        positions = range(item.start, item.end)
        if item.name and taken.isdisjoint(positions):
            taken.update(positions)
            found.append(item)
    return tuple(found)


def _candidates(sentence: Sentence, document: Document, countries: CountryNames) -> Iterator[FoundName]:
    yield from _titled(sentence, document)
    yield from _bodies(sentence, document)
    yield from _countries(sentence, countries)
    yield from _blocs(sentence, document)
    for label, first, behind in names_of_parse(sentence):
        kind = _KINDS.get(label)
        if kind is None:
            continue
        start, end = _trim(sentence.doc, first, _with_head(sentence, _whole_name(sentence, behind)), document)
        if start < end and _is_name(sentence.doc, start, end):
            yield _found(sentence, (start, end), _kind(sentence, start, end, kind, document), document=document)


def _whole_name(sentence: Sentence, end: int) -> int:
    """Give the end of a name that the pipeline cut off behind a particle: ``Anna von der`` is no whole one."""
    while sentence.doc[end - 1].text in _NAME_PARTICLES and end < sentence.end - 1:
        end += 1
    return end


def _with_head(sentence: Sentence, end: int) -> int:
    """A name that the pipeline ends in an adjective goes on to its noun: ``Vereinten`` ``Nationen``."""
    doc = sentence.doc
    if end < sentence.end and doc[end - 1].pos_ == "ADJ" and doc[end - 1].head.i == end and doc[end].text[:1].isupper():
        return end + 1 if doc[end].pos_ in {"NOUN", "PROPN"} and doc[end - 1].text[:1].isupper() else end
    return end


def _is_name(doc: Tokens, start: int, end: int) -> bool:
    """Names begin with a capital, but for those of some who like to write themselves small: *ver.di*, *taz*."""
    text = doc.text_of(start, end)
    looks_so = any(char.isupper() for char in text) or all(token.pos_ == "PROPN" for token in doc[start:end])
    return looks_so and len(text) > 1 and not (end - start == 1 and is_verbal(doc[start]))


def _kind(sentence: Sentence, start: int, end: int, kind: ParticipantKind, document: Document) -> ParticipantKind:
    """Correct the pipeline where a word of the name says what it is."""
    text = sentence.doc.text_of(start, end)
    if kind in {"person", "place"} and holds(document.pack.nouns.organisation_marks, text):
        return "organization"
    return kind


def _found(
    sentence: Sentence, bounds: tuple[int, int], kind: ParticipantKind, *, document: Document, is_sure: bool = False
) -> FoundName:
    start, end = bounds
    countries = country_names(document.language)
    name = _clean(sentence.doc, start, end, kind, document.pack.nouns.nominatives)
    code = countries.of_name(name) if kind == "place" else None
    descriptor, country = (None, None)
    if kind == "person":
        descriptor, country = _descriptor(sentence, start, end, document, countries)
    return FoundName(
        sentence.index, start, end, name, "country" if code else kind, code or country, descriptor, is_sure
    )


def _clean(doc: Tokens, start: int, end: int, kind: ParticipantKind, nominatives: Mapping[str, str]) -> str:
    words = [token.text for token in doc[start:end] if not token.is_space]
    if words and words[-1] in {"'s", "'"}:
        words = words[:-1]
    span = doc.text_of(start, start + len(words)) if words else ""
    name = re.sub(r"\s+", " ", span).strip(" '\"-,.") if not span.endswith(("Inc.", "Corp.", "Co.", "Ltd.")) else span
    name = name.removesuffix("'s").removesuffix("'")
    name = nominatives.get(name, name)
    if kind == "organization" and re.match(r"[A-ZÄÖÜ]\w+e[nrms] \w", name):
        name = _declined(doc, start, name)
    return name if not re.search(r"[\w)]\s*[IVX]+$", span) else span.strip()


def _declined(doc: Tokens, start: int, name: str) -> str:
    """Put the adjective that opens a name into the nominative: ``der Deutschen Bank`` is ``Deutsche Bank``.

    A name is often tagged as one throughout; an article right before it shows that its first word is declined.
    """
    first, rest = name.split(" ", 1)
    article = start > 0 and doc[start - 1].pos_ in {"DET", "ADP"} and doc[start - 1].text.islower()
    is_adjective = doc[start].pos_ == "ADJ" or (
        article and holds(r"(?:isch|lich|ig|eint|ot|eiß|eutsch|oh|rei)en$", first)
    )
    if not is_adjective:
        return name
    behind = (doc[place] for place in range(start + 1, len(doc)))
    head = next((token for token in behind if token.text[:1].isupper()), doc[start])
    form = nominative_adjective(first, head)
    genitive = start > 0 and lower(doc[start - 1].text) == "des" and re.fullmatch(r"\w{3,}s", rest)
    return f"{form} {re.sub('e?s$', '', rest) if genitive else rest}"


def _trim(doc: Tokens, start: int, end: int, document: Document) -> tuple[int, int]:
    """Take titles, offices and articles off the front of a name, and stray marks off its end."""
    grammar, nouns = document.pack.grammar, document.pack.nouns
    while start < end - 1:
        word = doc[start].text
        is_office = doc[start].ent_type_ == "PER" and holds(nouns.persons, word) and doc[start].pos_ == "NOUN"
        if lower(word) in grammar.determiners or lower(word) in nouns.titles or is_office:
            start += 1
        else:
            break
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].text in {"'s", "'"}):
        end -= 1
    return start, end


def _titled(sentence: Sentence, document: Document) -> Iterator[FoundName]:
    """An office with names behind it is a person, whatever the pipeline says: ``Außenminister Anna Musterfrau``."""
    nouns = document.pack.nouns
    for phrase in sentence.phrases:
        tokens = [token for token in sentence.doc[phrase.start : phrase.end] if not token.is_space]
        for position, token in enumerate(tokens[:-1]):
            if not holds(nouns.persons, token.text) and lower(token.text) not in nouns.titles:
                continue
            name = tokens[position + 1 :]
            if len(name) > 1 and not name[0].ent_type_ and holds(nouns.persons, name[0].text):
                continue  # "Vice President Jane Example": the office has more than one word
            if (
                len(name) > 2
                and name[0].text == "of"
                and re.fullmatch(document.pack.grammar.office_fields, name[1].text)
            ):
                name = name[2:]
            if holds(nouns.rivals, token.text) and any(each.ent_type_ == "ORG" for each in name):
                continue  # "der Rivale Muster AG": firms have rivals and partners as persons do
            if 1 <= len(name) <= 5 and _is_name_part(name[0]) and all(map(_may_end_name, name[1:])):
                yield _found(sentence, (name[0].i, name[-1].i + 1), "person", document=document, is_sure=True)
                break


def _bodies(sentence: Sentence, document: Document) -> Iterator[FoundName]:
    """An institution with a name behind it: ``die Partei Ciudadanos``; an abbreviation in capitals is one by itself."""
    nouns = document.pack.nouns
    for phrase in sentence.phrases:
        tokens = [token for token in sentence.doc[phrase.start : phrase.end] if not token.is_space]
        for position, token in enumerate(tokens):
            is_place = holds(nouns.localities, token.text)
            if token.pos_ != "NOUN" or not (is_place or holds(nouns.bodies, token.text)):
                continue
            name = tokens[position + 1 :]
            if 1 <= len(name) <= 4 and all(map(_is_name_part, name)):
                kind: ParticipantKind = "place" if is_place else "organization"
                yield _found(sentence, (name[0].i, name[-1].i + 1), kind, document=document, is_sure=True)
                break
        last = tokens[-1]
        if _ABBREVIATION.fullmatch(last.text) and not _ROMAN.fullmatch(last.text) and last.ent_type_ in {"", "MISC"}:
            yield _found(sentence, (last.i, last.i + 1), "organization", document=document)


def _is_name_part(token: Token) -> bool:
    if fits(r"[A-ZÄÖÜ]\w+(?:-[A-ZÄÖÜ]\w+)+", token.text) and not re.match(r"[A-ZÄÖÜ]{2}", token.text):
        return True  # "Frank-Walter": whatever its tag
    return (token.text[:1].isupper() and token.pos_ in {"PROPN", "X"}) or token.text in _NAME_PARTICLES


def _may_end_name(token: Token) -> bool:
    """A surname behind a first name may look like a noun to the pipeline."""
    return _is_name_part(token) or (token.text[:1].isupper() and token.pos_ in {"NOUN", "VERB", "ADJ"})


def _countries(sentence: Sentence, countries: CountryNames) -> Iterator[FoundName]:
    tokens = list(sentence.tokens())
    position = 0
    while position < len(tokens):
        length = _country_length(tokens, position, countries)
        if length:
            words = tokens[position : position + length]
            name = " ".join(token.text for token in words)
            base = countries.nominative(name if countries.of_name(name) else name.removesuffix("s"))
            inside = words[0].ent_type_ in {"ORG", "PER"} and len(words) < _entity_length(words[0])
            if not inside:
                yield FoundName(sentence.index, words[0].i, words[-1].i + 1, base, "country", countries.of_name(base))
        position += length or 1


def _entity_length(token: Token) -> int:
    last = min(token.i + _LONGEST_NAME, len(token.doc))
    names = token.doc.names_between(max(0, token.i - _LONGEST_NAME), last)
    return next((end - start for start, end in names if start <= token.i < end <= last), 0)


def _country_length(tokens: list[Token], position: int, countries: CountryNames) -> int:
    first = tokens[position].text
    if not first[:1].isupper():
        return 0
    for length in countries.lengths.get(first, ()):
        if countries.of_name(" ".join(token.text for token in tokens[position : position + length])):
            return length
    is_genitive = len(first) > 4 and first.endswith("s")
    return int(is_genitive and countries.of_name(first[:-1]) is not None)


def _blocs(sentence: Sentence, document: Document) -> Iterator[FoundName]:
    for token in sentence.tokens():
        if token.text in document.pack.countries.blocs:
            yield FoundName(sentence.index, token.i, token.i + 1, token.text, "organization")


def _descriptor(
    sentence: Sentence, start: int, end: int, document: Document, countries: CountryNames
) -> tuple[str | None, str | None]:
    """Read the office before a name or in the apposition behind it, and the country it belongs to."""
    phrase = sentence.phrase_of(start)
    if phrase is None:
        return None, None
    before = [token for token in sentence.doc[phrase.start : start] if not token.is_space]
    while before and lower(before[0].text) in (*document.pack.grammar.determiners, *document.pack.grammar.possessives):
        before = before[1:]
    words = before if any(holds(document.pack.nouns.persons, token.text) for token in before) else []
    words = words or _apposition(sentence, phrase, end, document)
    if not words:
        return None, None
    country = next((code for token in words for code in _code(token.text, countries)), None)
    return _nominative(words, document), country


def _apposition(sentence: Sentence, phrase: Phrase, end: int, document: Document) -> list[Token]:
    if phrase.end != end or end >= sentence.end or sentence.doc[end].text != ",":
        return []
    for other in sentence.phrases:
        if other.start == end + 1 and other.joined_to == other.start and other.preposition is None:
            head = sentence.doc[other.head]
            if holds(document.pack.nouns.persons, head.text) and head.ent_type_ != "PER":
                tokens = [token for token in sentence.doc[other.start : other.end] if not token.is_space]
                return tokens[1:] if lower(tokens[0].text) in document.pack.grammar.determiners else tokens
    return []


def _code(word: str, countries: CountryNames) -> tuple[str, ...]:
    genitive = countries.of_name(word.removesuffix("s"))  # "Polens Ministerpräsident"
    prefix = countries.of_prefix(word) or genitive
    return (prefix,) if prefix else countries.of_adjective(word)


def _nominative(words: list[Token], document: Document) -> str:
    head = words[-1]
    if not document.pack.grammar.capitalised_nouns:
        return " ".join(token.text for token in words)
    return " ".join(
        nominative_adjective(token.text, head)
        if token.pos_ == "ADJ"
        else re.sub(
            r"(?<=ent)en$|(?<=ist)en$|(?<=ant)en$|(?<=sandte)n$|(?<=tragte)n$|(?<=[Kk]ollege)n$", "", token.text
        )
        for token in words
    )
