"""Says whether a noun phrase is a party, and who it is as far as the phrase itself tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.event import ParticipantKind

from .countries import country_names
from .document import Document, Entity, Party, Phrase, Sentence
from .languages.trigger_forms import Function
from .naming import attribute_of, is_bare_genitive_plural, name_phrase
from .words import QUOTATION_MARKS, fits, holds, is_plural, lower

_PLACES_ACT_AS: frozenset[Function] = frozenset({"with", "between", "subject", "genitive"})
"""Functions in which a place that is no country can be a party: ``mit der Stadt``, ``zwischen Wien und Prag``."""


_NAMES_STAND_AS: frozenset[Function] = frozenset({"with", "between", "subject", "indirect", "object", "for"})
"""Functions in which an unknown name is taken for a party."""


def parties_of(
    sentence: Sentence, phrase: Phrase, *, function: Function, document: Document, rule: str
) -> Iterator[Party]:
    """Give the parties of a phrase and of the list it opens.

    Args:
        sentence: Where the phrase stands.
        phrase: The phrase; those joined to it follow.
        function: What it is to the trigger.
        document: For names, nouns and countries.
        rule: Named in explanations.
    """
    for other in sentence.phrases:
        if other.start == phrase.start or (other.joined_to == phrase.joined_to and other.start > phrase.start):
            apposed = list(_apposed_list(sentence, other, function=function, document=document, rule=rule))
            if apposed:
                yield from apposed
                continue
            if _is_named_behind(sentence, other, document):
                continue
            sent = list(_sent_by_countries(sentence, other, function=function, document=document, rule=rule))
            if sent:
                yield from sent
                continue
            party = party_of(sentence, other, function=function, document=document, rule=rule)
            if party is not None:
                yield party


def _is_named_behind(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``mit seinem Amtskollegen, Jan Beispiel, und dem Minister``: an office whose holder the list names next."""
    head = sentence.doc[phrase.head]
    owned = lower(sentence.doc[phrase.start].text) in document.pack.grammar.possessives
    if not owned or is_plural(head) or not holds(document.pack.nouns.persons, head.text):
        return False
    following = next((each for each in sentence.phrases if each.start == phrase.end + 1), None)
    if following is None or following.joined_to != phrase.joined_to or sentence.doc[phrase.end].text != ",":
        return False
    named = named_in(sentence, following, document)
    return named is not None and named[0] == following.start and named[2].kind == "person"


def _apposed_list(
    sentence: Sentence, phrase: Phrase, *, function: Function, document: Document, rule: str
) -> Iterator[Party]:
    """``die Regierungschefs der beiden Länder, Anna Muster und Jan Beispiel,``: the persons named behind a plural."""
    if not holds(document.pack.nouns.groups, sentence.doc[phrase.head].text):
        return
    first = _behind_attributes(sentence, phrase)
    if first is None or sentence.doc[first.start - 1].text != ",":
        return
    listed = [each for each in sentence.phrases if each.joined_to == first.start]
    named = [item for each in listed if (item := named_in(sentence, each, document)) is not None]
    if len(named) >= 2 and len(named) == len(listed) and all(item[2].kind == "person" for item in named):
        for start, end, entity in named:
            yield Party(function, sentence.index, start, end, f"{rule}-apposed", entity)


def _behind_attributes(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """Give the first phrase behind one and what hangs on it, where it opens a list of its own."""
    end = phrase.end
    for other in sentence.phrases:
        if other.start < end or other.in_brackets:
            continue
        attached = other.genitive or other.preposition is not None or other.joined_to != other.start
        if not attached or other.start - end > 2:
            return other if not attached and other.start == end + 1 else None
        end = other.end
    return None


def _sent_by_countries(
    sentence: Sentence, phrase: Phrase, *, function: Function, document: Document, rule: str
) -> Iterator[Party]:
    """``die Außenminister Frankreichs, Italiens und Polens``: the countries are the parties."""
    attribute = attribute_of(sentence, phrase) or _origin_of(sentence, phrase, document)
    head = sentence.doc[phrase.head].text
    if attribute is None or not holds(document.pack.nouns.groups, head):
        return
    if holds(document.pack.nouns.representatives, head):
        listed = [other for other in sentence.phrases if other.joined_to == attribute.joined_to]
        for other in listed:
            sender = party_of(sentence, other, function=function, document=document, rule=f"{rule}-represented")
            is_named = sender is not None and sender.entity is not None and sender.entity.kind != "group"
            if sender is not None and (is_named or len(listed) > 1):
                yield sender
        return
    members = [other for other in sentence.phrases if other.joined_to == attribute.joined_to]
    named = [named_in(sentence, other, document) for other in members]
    found = [item for item in named if item is not None and item[2].kind == "country"]
    if len(found) >= 2:
        for start, end, entity in found:
            yield Party(function, sentence.index, start, end, f"{rule}-countries", entity)


def _origin_of(sentence: Sentence, phrase: Phrase, document: Document) -> Phrase | None:
    """``die Amtskollegen aus Italien und Spanien``, ``ministers from Kenya and Chad``."""
    origins = document.pack.grammar.origin_prepositions
    return next(
        (each for each in sentence.phrases if each.start == phrase.end + 1 and each.preposition in origins), None
    )


def party_of(sentence: Sentence, phrase: Phrase, *, function: Function, document: Document, rule: str) -> Party | None:
    """Give the party that a phrase names, or None: a thing, a time, an amount."""
    if _is_pronoun(sentence, phrase, document):
        return Party(function, sentence.index, phrase.start, phrase.end, rule)
    if is_land(sentence, phrase, document):
        return Party(function, sentence.index, phrase.start, phrase.end, rule)
    apposed = apposed_person(sentence, phrase, document)
    named = apposed or named_in(sentence, phrase, document)
    if named is not None:
        start, end, entity = named
        if entity.kind == "place" and not _acts(sentence, entity, function, document):
            return None
        return Party(function, sentence.index, start, end, rule, _in_role(entity, document))
    party = _by_noun(sentence, phrase, function=function, document=document, rule=rule)
    if party is None and _is_pair_of_words(sentence, phrase, document):
        return Party(function, sentence.index, phrase.start, phrase.end, rule)
    return party or _by_unknown_name(sentence, phrase, function=function, document=document, rule=rule)


def _is_pronoun(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    token = sentence.doc[phrase.start]
    grammar = document.pack.grammar
    if phrase.end - phrase.start > 1 or token.pos_ == "PROPN":
        return False
    return lower(token.text) in (*grammar.personal_pronouns, *grammar.pair_pronouns)


def is_land(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``ihr Land``, ``the country``: a country spoken of before."""
    word = sentence.doc[phrase.head].text
    bare = phrase.head == phrase.end - 1 and phrase.end - phrase.start <= 2
    is_land_word = bare and fits(document.pack.nouns.lands, word)
    return is_land_word and _is_definite(sentence, phrase, document) and attribute_of(sentence, phrase) is None


def _is_pair_of_words(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``die beiden Männer``, ``the two sides``: parties, whatever the noun."""
    text = sentence.doc.text_of(phrase.start, phrase.end)
    return re.fullmatch(document.pack.grammar.pair_words, text) is not None


def named_in(sentence: Sentence, phrase: Phrase, document: Document) -> tuple[int, int, Entity] | None:
    """Find the name that a phrase is about: at its head, behind an office, or in quotation marks behind its noun."""
    for start in range(phrase.start, phrase.end):
        for end in range(min(phrase.end + 4, sentence.end), start, -1):
            entity = document.names.get((sentence.index, start, end))
            if entity is not None and (start <= phrase.head < end or (end >= phrase.end and entity.kind == "person")):
                return start, end, entity
    title = apposed_title(sentence, phrase)
    return named_in(sentence, title, document) if title is not None else None


def apposed_title(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """``die Partei „Neue Mitte“``: the phrase in quotation marks right behind another."""
    behind = next((other for other in sentence.phrases if other.start == phrase.end), None)
    return behind if behind is not None and sentence.doc[behind.start].text in QUOTATION_MARKS else None


def _acts(sentence: Sentence, entity: Entity, function: Function, document: Document) -> bool:
    countries = country_names(document.language)
    if countries.of_capital(entity.name) or entity.name in document.pack.nouns.acting_places:
        return function != "genitive"
    return function in _PLACES_ACT_AS and function != "genitive" and sentence is not None


def _in_role(entity: Entity, document: Document) -> Entity:
    """A capital or seat of power that acts as a party stands for its country's government."""
    code = country_names(document.language).of_capital(entity.name)
    code = code or document.pack.nouns.acting_places.get(entity.name)
    if entity.kind != "place" or code is None:
        return entity
    kind: ParticipantKind = "organization" if entity.name in document.pack.nouns.acting_places else "place"
    return Entity(entity.key, entity.name, kind, entity.descriptor, code)


def _by_noun(sentence: Sentence, phrase: Phrase, *, function: Function, document: Document, rule: str) -> Party | None:
    """A role noun, a group or an institution without a name of its own."""
    head = sentence.doc[phrase.head]
    held = attribute_of(sentence, phrase) if holds(document.pack.nouns.holdings, head.text) else None
    if held is not None:
        return party_of(sentence, held, function=function, document=document, rule=f"{rule}-holdings")
    plural = _is_plural_here(sentence, phrase, function, document)
    kind = kind_of_noun(head.text, is_plural=plural, document=document)
    title = apposed_title(sentence, phrase)
    if kind is None:
        return _by_noun(sentence, title, function=function, document=document, rule=rule) if title is not None else None
    if kind == "person" and (_is_definite(sentence, phrase, document) or not _has_determiner(sentence, phrase)):
        return Party(function, sentence.index, phrase.start, phrase.end, rule)
    attribute = attribute_of(sentence, phrase)
    is_company = holds(document.pack.nouns.companies, head.text) and phrase.end - phrase.start <= 2
    if is_company and attribute is None and _is_definite(sentence, phrase, document):
        return Party(function, sentence.index, phrase.start, phrase.end, rule)
    if attribute is not None and holds(document.pack.nouns.representatives, head.text):
        sender = party_of(sentence, attribute, function=function, document=document, rule=f"{rule}-represented")
        if sender is not None and sender.entity is not None and sender.entity.kind in {"organization", "country"}:
            return sender
    if title is not None:
        name = name_phrase(sentence, title, document.pack.grammar)
    else:
        name = name_phrase(sentence, phrase, document.pack.grammar, attribute=attribute)
    country = _country_of(sentence, phrase, attribute, document)
    entity = Entity(f"{kind}:{lower(name)}", name, kind, None, country)
    return Party(function, sentence.index, phrase.start, phrase.end, rule, entity)


def _is_plural_here(sentence: Sentence, phrase: Phrase, function: Function, document: Document) -> bool:
    """``Minister`` is one or many: as the subject, its verb tells; ``Außen- und Europaminister`` are many."""
    if any(token.text.endswith("-") for token in sentence.doc[phrase.start : phrase.head]):
        return True
    bare_genitive = document.pack.grammar.capitalised_nouns and is_bare_genitive_plural(
        sentence.doc[phrase.head], phrase
    )
    if bare_genitive or _is_plural_by_article(sentence, phrase, document):
        return True
    index = sentence.clause_of(phrase.head) if function in {"subject", "attends"} else None
    finite = sentence.clauses[index].finite if index is not None else None
    number = sentence.doc[finite].morph.get("Number", []) if finite is not None else []
    if number and not any(other.joined_to == phrase.start != other.start for other in sentence.phrases):
        return "Plur" in number
    return bool(is_plural(sentence.doc[phrase.head]))


def _is_plural_by_article(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``die Außenminister``, ``Treffen der Minister``: of one it would be ``der``, ``des``; a woman's says so."""
    nouns = document.pack.nouns
    head = sentence.doc[phrase.head].text
    if nouns.female is None or phrase.end - phrase.start < 2:
        return False
    is_man = holds(nouns.persons, head) and not holds(nouns.female, head) and not holds(r"[nt]e$", head)
    return lower(sentence.doc[phrase.start].text) == ("der" if phrase.genitive else "die") and bool(is_man)


def _by_unknown_name(
    sentence: Sentence, phrase: Phrase, *, function: Function, document: Document, rule: str
) -> Party | None:
    """A name that the pipeline does not know, where only parties stand; two words are taken for a person."""
    words = [token for token in sentence.doc[phrase.start : phrase.end] if not token.is_space]
    while len(words) > 1 and words[0].pos_ != "PROPN":
        words = words[1:]
    names = [token for token in words if token.pos_ == "PROPN" and token.text[:1].isupper() and token.text.isalpha()]
    if function not in _NAMES_STAND_AS or len(names) != len(words) or len(words) > 3:
        return None
    if any(lower(token.text) in document.pack.grammar.time_nouns or token.ent_type_ for token in words):
        return None
    if len(names) == 1 and names[0].is_sent_start:
        return None
    name = " ".join(token.text for token in names)
    name = name.removesuffix("s") if phrase.genitive and len(name) > 4 else name
    kind: ParticipantKind = "person" if len(names) > 1 else "organization"
    return Party(function, sentence.index, phrase.start, phrase.end, f"{rule}-unknown-name", Entity(name, name, kind))


def apposed_person(sentence: Sentence, phrase: Phrase, document: Document) -> tuple[int, int, Entity] | None:
    """``der Leiter der Behörde, Jan Beispiel,``: the person whose name follows in apposition."""
    head = sentence.doc[phrase.head]
    nouns = document.pack.nouns
    if head.ent_type_ == "PER" or not (holds(nouns.persons, head.text) or holds(nouns.groups, head.text)):
        return None
    if not holds(nouns.persons, head.text) and is_plural(head):
        return None
    by_parse = _apposed_by_parse(sentence, phrase, document)
    if by_parse is not None:
        return by_parse
    end = phrase.end
    for other in sentence.phrases:
        if other.start < end or other.in_brackets:
            continue
        attached = other.genitive or other.preposition is not None or other.joined_to != other.start
        if attached and other.start - end <= 2:
            end = other.end
            continue
        if other.start == end + 1 and sentence.doc[end].text == ",":
            named = named_in(sentence, other, document)
            return named if named is not None and _is_person_alone(sentence, other.start, named, document) else None
        return None
    return None


def _is_person_alone(sentence: Sentence, start: int, named: tuple[int, int, Entity], document: Document) -> bool:
    """Whether a person's name stands at a place, or there are but titles before it: *Scheich*, *Dr.*."""
    before = sentence.doc[start : named[0]]
    titles = document.pack.nouns.titles
    return named[2].kind == "person" and start <= named[0] and all(lower(token.text) in titles for token in before)


def _apposed_by_parse(sentence: Sentence, phrase: Phrase, document: Document) -> tuple[int, int, Entity] | None:
    """``der Beauftragte für Umwelt und Verkehr, Jan Beispiel,``: whatever stands between, where the parse sees it."""
    head = sentence.doc[phrase.head]
    for token in head.rights:
        if token.dep_ == "appos" and token.i > phrase.end and sentence.doc[token.i - 1].text == ",":
            other = sentence.phrase_of(token.i)
            named = named_in(sentence, other, document) if other is not None and token.i < sentence.end else None
            if named is not None and _is_person_alone(sentence, token.i, named, document) and not is_plural(head):
                return named
    return None


def kind_of_noun(word: str, *, is_plural: bool, document: Document) -> ParticipantKind | None:
    """Say what kind of party a common noun names, or None."""
    nouns = document.pack.nouns
    if holds(nouns.never, word):
        return None
    if holds(nouns.groups, word) and (is_plural or not holds(nouns.persons, word)):
        return "group" if is_plural or not holds(nouns.bodies, word) else "organization"
    if holds(nouns.persons, word) or (is_plural and holds(nouns.persons, word.removesuffix("s"))):
        return "group" if is_plural else "person"
    return "organization" if holds(nouns.bodies, word) else None


def _has_determiner(sentence: Sentence, phrase: Phrase) -> bool:
    """Without one a single office is someone known: ``US-Außenminister trifft ...`` in a headline."""
    return sentence.doc[phrase.start].pos_ in {"DET", "NUM"} or phrase.preposition is not None


def _is_definite(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    grammar = document.pack.grammar
    return lower(sentence.doc[phrase.start].text) in (*grammar.definite, *grammar.possessives) or (
        phrase.start > sentence.start and lower(sentence.doc[phrase.start - 1].text) in grammar.definite
    )


def _country_of(sentence: Sentence, phrase: Phrase, attribute: Phrase | None, document: Document) -> str | None:
    countries = country_names(document.language)
    for token in sentence.doc[phrase.start : phrase.end]:
        codes = countries.of_adjective(token.text)
        prefix = countries.of_prefix(token.text)
        if codes or prefix:
            return prefix or codes[0]
    if attribute is not None:
        named = named_in(sentence, attribute, document)
        return named[2].country if named else None
    return None
