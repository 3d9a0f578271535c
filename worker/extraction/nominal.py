"""The parties in a noun's own phrase and right behind it."""

from __future__ import annotations

from collections.abc import Iterator

from .candidates import mentions_in
from .countries import country_names
from .document import Document, Entity, Mention, Party, Phrase, Sentence
from .languages.cue_forms import Grammar
from .languages.trigger_forms import Function
from .parties import named_in, parties_of
from .tokens import Token
from .words import holds, is_verbal, lower

_PARTNERS = frozenset({"with", "between"})

FAR_TOKENS = 40
"""How far behind ``zwischen`` the two names may stand when attributes keep them apart."""

GROUP_IN_WORD = "group-in-word"
"""Rule that finds who meets in the event's own word; any meeting of theirs is called so."""

_PASSABLE = frozenset({"ADV", "ADP", "DET", "PUNCT", "PART", "SPACE", "NUM", "CCONJ"})


def stands_aside(mention: Mention, sentence: Sentence, document: Document) -> bool:
    """Whether a noun only says when or beside what its clause happens: ``am Rande des Gipfels``, ``nach dem Gespräch``.

    What the clause tells then is another event, and whom it names need not have been at this one.
    """
    phrase = sentence.phrase_of(mention.token) if mention.pos == "noun" else None
    if phrase is None:
        return False
    grammar = document.pack.grammar
    if phrase.genitive or grammar.clause_times.get(phrase.preposition or "", "on") != "on":
        return True
    before = sentence.doc[phrase.start - 2] if phrase.start - 2 >= sentence.start else None
    return before is not None and lower(before.text) in grammar.aside_words


def before_noun(mention: Mention, sentence: Sentence, document: Document) -> Iterator[Party]:
    """Give the parties in front of a trigger: possessives, adjectives, first parts of its compound."""
    phrase = sentence.phrase_of(mention.token)
    if phrase is None:
        return
    yield from _possessive(phrase, mention, sentence, document)
    yield from _adjectives(phrase, mention, sentence, document)
    yield from _compound(mention, sentence, document)


def _possessive(phrase: Phrase, mention: Mention, sentence: Sentence, document: Document) -> Iterator[Party]:
    """``Putins Treffen``, ``Kuchma's visit``, ``sein Besuch``."""
    for start in range(phrase.start, mention.token):
        for end in range(mention.token, start, -1):
            entity = document.names.get((sentence.index, start, end))
            if entity is not None:
                function: Function = "possessive" if _is_possessive(sentence, end) else "compound"
                yield Party(function, sentence.index, start, end, f"{function}-in-phrase", entity)
    first = _opening(phrase, mention, sentence, document)
    if lower(first.text) in document.pack.grammar.possessives and first.i < mention.token:
        yield Party("possessive", sentence.index, first.i, first.i + 1, "possessive-pronoun")
    yield from _possessive_phrase(phrase, sentence, document)


def _opening(phrase: Phrase, mention: Mention, sentence: Sentence, document: Document) -> Token:
    """Give the word that opens the noun's phrase: before an extended attribute (*seinen für Mai geplanten Besuch*)."""
    possessives = document.pack.grammar.possessives
    lefts = (child for child in sentence.doc[mention.token].lefts if sentence.start <= child.i < phrase.start)
    return next((child for child in lefts if lower(child.text) in possessives), sentence.doc[phrase.start])


def _is_possessive(sentence: Sentence, end: int) -> bool:
    last = sentence.doc[end - 1].text
    following = sentence.doc[end].text if end < sentence.end else ""
    return last.endswith(("s", "'", "'s")) or following in {"'s", "'"}


def _possessive_phrase(phrase: Phrase, sentence: Sentence, document: Document) -> Iterator[Party]:
    """A phrase of its own before, closed by ``'s`` or a genitive ``s``; figures may stand between."""
    for other in sentence.phrases:
        gap = sentence.doc[other.end : phrase.start]
        if other.end > phrase.start or len(gap) > 5 or any(is_verbal(token) for token in gap):
            continue
        ends = sentence.doc[other.end - 1].text
        if (len(gap) and gap[0].text in {"'s", "'"}) or (not len(gap) and ends in {"'s", "'"}):
            yield from parties_of(sentence, other, function="possessive", document=document, rule="possessive-before")


def _adjectives(phrase: Phrase, mention: Mention, sentence: Sentence, document: Document) -> Iterator[Party]:
    """``russisch-amerikanische Gespräche``: the countries are the parties."""
    countries = country_names(document.language)
    for token in sentence.doc[phrase.start : mention.token]:
        codes = countries.of_adjective(token.text)
        for position, code in enumerate(codes):
            entity = Entity(code, country_name(code, document), "country", None, code)
            yield Party(
                "adjective", sentence.index, token.i, token.i + 1, "demonym-before", entity, inferred=position < 0
            )


def country_name(code: str, document: Document) -> str:
    """Give a country's name: as the article names it, else its own in the article's language."""
    said = document.names.kept("countries", lambda: _countries_said(document))
    if code in said:
        return said[code]
    names = country_names(document.language).names
    return next((name for name, other in names.items() if other == code), code)


def _countries_said(document: Document) -> dict[str, str]:
    """Give the countries that the article names by code, each as it is named first."""
    named = [entity for entity in document.names.values() if entity.kind == "country" and entity.country]
    return {entity.country: entity.name for entity in reversed(named) if entity.country}


def _compound(mention: Mention, sentence: Sentence, document: Document) -> Iterator[Party]:
    """``EU-Gipfel``, ``Opec-Treffen``: a first part that is a name."""
    parts = sentence.doc[mention.token].text.split("-")[:-1]
    yield from _group_in_word(mention, sentence, document)
    if not parts and mention.token > sentence.start and not document.pack.grammar.capitalised_nouns:
        return
    countries = country_names(document.language)
    for part in parts:
        code = countries.of_name(part)
        named = (each.entity for each in reversed(document.names.called(part)))
        entity = next((each for each in named if each.kind in {"organization", "country"}), None)
        if code:
            entity = Entity(code, country_name(code, document), "country", None, code)
        elif entity is None and part in document.pack.countries.blocs:
            entity = Entity(part, part, "organization")
        if entity is not None:
            yield Party("compound", sentence.index, mention.token, mention.token + 1, f"compound-{part}", entity)


def _group_in_word(mention: Mention, sentence: Sentence, document: Document) -> Iterator[Party]:
    """``Außenministertreffen``, ``Innenministerkonferenz``: the offices whose holders meet."""
    word = sentence.doc[mention.token].text
    heads = sorted(getattr(mention.trigger, "heads", ()), key=len, reverse=True)
    head = next((each for each in heads if each in lower(word)), None)
    first = word[: lower(word).rindex(head)].rstrip("-").rsplit("-", 1)[-1] if head is not None else ""
    code = country_names(document.language).of_name(first) if mention.trigger.manner == "visit" else None
    if code:  # "Israelbesuch"
        entity = Entity(code, country_name(code, document), "country", None, code)
        yield Party("at", sentence.index, mention.token, mention.token + 1, "visited-in-word", entity)
    if not document.pack.grammar.capitalised_nouns or mention.trigger.manner == "visit":
        return
    if len(first) > 4 and holds(document.pack.nouns.group_offices, first):
        entity = Entity(f"group:{lower(first)}", first, "group")
        yield Party("compound", sentence.index, mention.token, mention.token + 1, GROUP_IN_WORD, entity)


def behind_noun(mention: Mention, sentence: Sentence, document: Document) -> Iterator[Party]:
    """Give the parties behind a trigger: genitive, *mit*, *zwischen ... und ...*, *unter Vermittlung von*."""
    phrase = sentence.phrase_of(mention.token)
    if phrase is None:
        return
    chain = list(chain_behind(mention, phrase, sentence))
    yield from _far_between(chain, mention, phrase, sentence, document)
    events = {other.token for other in mentions_in(mention.sentence, document)} - {mention.token}
    if mention.is_offer:
        yield from _from_origin(chain, sentence, document)
    for other in chain:
        if other.head in events:
            return  # "vor dem Treffen zu einem Dialog mit X": the rest belongs to the other event
        function = _function(other, phrase, document)
        if function is None:
            continue
        rule = f"{other.preposition or 'genitive'}-behind-noun"
        if function == "between":
            yield from _between(other, sentence, document, rule)
        else:
            yield from parties_of(sentence, other, function=function, document=document, rule=rule)


def _from_origin(chain: list[Phrase], sentence: Sentence, document: Document) -> Iterator[Party]:
    """``ein Angebot aus Rom``: made by whom the article calls by that name, a club or firm, else by the country."""
    for other in chain:
        named = named_in(sentence, other, document)
        if other.preposition not in document.pack.grammar.origin_prepositions or named is None:
            continue
        start, end, entity = named
        known = (each for each in document.names.values() if each.kind == "organization")
        maker = next((each for each in known if entity.name in each.name.split()), entity)
        if maker.kind in {"organization", "country"}:
            yield Party("by", sentence.index, start, end, "origin-of-offer", maker)


def _far_between(
    chain: list[Phrase], mention: Mention, phrase: Phrase, sentence: Sentence, document: Document
) -> Iterator[Party]:
    """``zwischen dem als Kandidat feststehenden A und seiner Rivalin B``: the names around the *und*."""
    prepositions = document.pack.grammar.prepositions
    following = sentence.doc[phrase.end].text if phrase.end < sentence.end else ""
    if prepositions.get(lower(following)) != "between" or any(
        prepositions.get(other.preposition or "") == "between" for other in chain
    ):
        return
    inside = set(sentence.clauses[mention.clause].tokens) if mention.clause is not None else set()
    named = [
        (start, end, entity)
        for (_, start, end), entity in sorted(
            ((each.place, each.entity) for each in document.names.in_sentence(sentence.index)), key=lambda item: item[0]
        )
        if phrase.end < start < phrase.end + FAR_TOKENS
        and start in inside
        and entity.kind in {"person", "organization", "country"}
    ]
    conjunctions = [
        position
        for position in sorted(inside)
        if phrase.end < position < phrase.end + FAR_TOKENS
        and lower(sentence.doc[position].text) in document.pack.grammar.conjunctions
    ]
    for position in conjunctions:
        left = [item for item in named if item[1] <= position]
        right = [item for item in named if item[0] > position]
        if left and right:
            for start, end, entity in (left[-1], right[0]):
                yield Party("between", sentence.index, start, end, "zwischen-far", entity)
            return


def _function(other: Phrase, phrase: Phrase, document: Document) -> Function | None:
    if other.genitive:
        return "genitive" if other.start == phrase.end else None
    function = document.pack.grammar.prepositions.get(other.preposition or "")
    # "von X" further on belongs to the noun before it: "Verhandlungen zur Freilassung der Familie von X".
    return None if function == "genitive" and other.start - phrase.end > 1 else function


def chain_behind(mention: Mention, phrase: Phrase, sentence: Sentence) -> Iterator[Phrase]:
    """Give the phrases that follow a noun in one go, without a verb or subject between; heads of lists only."""
    position = phrase.end
    clause = sentence.clauses[mention.clause].tokens if mention.clause is not None else ()
    for other in sentence.phrases:
        if other.start < position or other.start <= phrase.start or other.in_brackets:
            continue
        if not _is_reachable(sentence, position, other, clause):
            return
        attached = other.preposition is not None or other.genitive or other.joined_to != other.start
        if not attached and not _is_apposition(sentence, other):
            return
        position = other.end
        if other.joined_to == other.start and attached:
            yield other


def _is_apposition(sentence: Sentence, phrase: Phrase) -> bool:
    before = sentence.doc[phrase.start - 1].text if phrase.start > sentence.start else ""
    return before in {"(", ","}


def _is_reachable(sentence: Sentence, position: int, other: Phrase, clause: tuple[int, ...]) -> bool:
    if clause and other.head not in clause:
        return False
    between = sentence.doc[position : other.start]
    return len(between) <= 6 and all(token.pos_ in _PASSABLE and not is_verbal(token) for token in between)


def _between(first: Phrase, sentence: Sentence, document: Document, rule: str) -> Iterator[Party]:
    """``zwischen A und B``: B may stand behind A's own attributes."""
    joined = list(parties_of(sentence, first, function="between", document=document, rule=rule))
    yield from joined
    has_second = any(other.joined_to == first.joined_to and other.start > first.start for other in sentence.phrases)
    if has_second:
        return
    conjunctions = document.pack.grammar.conjunctions
    for other in sentence.phrases:
        if other.start <= first.start:
            continue
        before = lower(sentence.doc[other.start - 1].text)
        if before in conjunctions:
            yield from parties_of(sentence, other, function="between", document=document, rule=rule)
            return
        if other.start - first.end > 14:
            return


def partner_behind(phrase: Phrase, sentence: Sentence, grammar: Grammar) -> Phrase | None:
    """Give the phrase right behind a noun that says with whom or between whom it is: ``ein Treffen mit X``."""
    behind = (other for other in sentence.phrases if other.start == phrase.end + 1)
    return next((other for other in behind if grammar.prepositions.get(other.preposition or "") in _PARTNERS), None)
