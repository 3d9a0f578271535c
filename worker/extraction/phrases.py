"""Finds the noun phrases of a sentence by its words, so that a wrong parse costs little.

A phrase is what stands between a determiner, adjective or noun and the end of the run of nouns and names; a preposition
before it, a genitive behind it and a list it belongs to are noted. Shallow parsing of this kind follows S. Abney,
*Parsing by Chunks* (1991).
"""

from __future__ import annotations

import re
from dataclasses import replace

from .document import Phrase, Sentence
from .languages.cue_forms import Grammar
from .tokens import Token
from .words import QUOTATION_MARKS, has_case, holds, is_nominal, is_verbal, lower

_OPENERS = frozenset({"DET", "ADJ", "NUM"})
_POSSESSIVE = frozenset({"nmod:poss", "det:poss"})
"""How the parse calls ``her`` in ``her counterpart``: no phrase of its own, whatever the tag."""
_CURRENCY = re.compile(r"(?:US|A|C|HK|NZ)?[$€£¥]")
_GENITIVE_DETERMINERS = frozenset({"des", "der", "eines", "einer", "dieser", "dieses", "aller", "beider", "beiden"})


def find_phrases(sentence: Sentence, grammar: Grammar) -> tuple[Phrase, ...]:
    """Find the noun phrases of a sentence, in text order; personal pronouns are phrases of their own."""
    tokens = list(sentence.tokens())
    phrases: list[Phrase] = []
    position = 0
    while position < len(tokens):
        if position and f"{lower(tokens[position - 1].text)} {lower(tokens[position].text)}" in grammar.adverbials:
            position += 1
            continue
        end, head = _run(tokens, position, grammar)
        if head is None:
            position += 1
            continue
        phrases.append(_phrase(tokens, (position, end, head), before=phrases, grammar=grammar))
        position = end
    return tuple(_join_lists(phrases, sentence, grammar))


def _run(tokens: list[Token], start: int, grammar: Grammar, *, is_title: bool = False) -> tuple[int, int | None]:
    """Read a phrase from ``start``; give its end and the position of its head, or None; no title holds another."""
    token = tokens[start]
    if _is_pronoun(token, grammar) or _is_pair_pronoun(tokens, start, grammar):
        return start + 1, start
    position, has_amount = _read_modifiers(tokens, start, grammar)
    if position < len(tokens) and tokens[position].text in QUOTATION_MARKS:
        title = _title(tokens, position, grammar) if not is_title else None
        return title if title is not None else (start + 1, None)
    first_noun = position
    while position < len(tokens) and _continues(tokens, position, first_noun, grammar):
        if _opens_second_name(tokens, position, first_noun, grammar):
            break
        position += 1
    if position == first_noun:
        return (position, position - 1) if has_amount else (start + 1, None)
    return position, _head(tokens, first_noun, position)


def _title(tokens: list[Token], start: int, grammar: Grammar) -> tuple[int, int | None] | None:
    """``der "Neuen Welt"``: read a name that has quotation marks of its own; give the end before its closing one."""
    if start + 1 >= len(tokens) or not tokens[start + 1].text[:1].isupper():
        return None
    end, head = _run(tokens, start + 1, grammar, is_title=True)
    is_closed = end < len(tokens) and tokens[end].text in QUOTATION_MARKS
    return (end, head) if head is not None and is_closed else None


def _read_modifiers(tokens: list[Token], start: int, grammar: Grammar) -> tuple[int, bool]:
    """Go over what stands before the noun; say where it ends, and whether with a sum that needs no noun behind it."""
    position, has_amount = start, False
    while position < len(tokens):
        amount = _amount_end(tokens, position)
        if amount is not None:
            position, has_amount = amount, True
        elif _opens(tokens[position], position > start, grammar) and _is_hanging(tokens, position):
            break
        elif _opens(tokens[position], position > start, grammar) or _is_hyphened(tokens, position, grammar):
            position, has_amount = position + 1, False
        else:
            break
    return position, has_amount


def _amount_end(tokens: list[Token], start: int) -> int | None:
    """Read a sum with its sign: ``$500 million`` and ``9%`` are phrases by themselves, and may open longer ones."""
    if tokens[start].pos_ == "NUM" and start + 1 < len(tokens) and tokens[start + 1].text == "%":
        return start + 2
    if not _CURRENCY.fullmatch(tokens[start].text):
        return None
    end = start + 1
    while end < len(tokens) and tokens[end].pos_ == "NUM":
        end += 1
    return end if end > start + 1 else None


def _is_hyphened(tokens: list[Token], position: int, grammar: Grammar) -> bool:
    """Whether a word is part of a modifier such as *three-year*, which is cut at its hyphens, and a noun follows."""
    if grammar.capitalised_nouns:
        return False
    last = position
    while last + 2 < len(tokens) and tokens[last + 1].text == "-" and not tokens[last].whitespace_:
        last += 2
    if last == position:
        before = tokens[position - 1] if position else None
        joined = tokens[position].text == "-" and before is not None and not before.whitespace_
        behind = before is not None and before.text == "-" and position > 1 and not tokens[position - 2].whitespace_
        if not (joined or behind):
            return False
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if tokens[position].text == "-":
        return True
    return (
        bool(tokens[last].whitespace_)
        and following is not None
        and (is_nominal(following) or following.pos_ in _OPENERS)
    )


def _opens(token: Token, inside: bool, grammar: Grammar) -> bool:  # noqa: FBT001 - a predicate of two facts
    if is_nominal(token):
        return False
    if token.pos_ == "DET" or lower(token.text) in grammar.possessives:
        return not inside or lower(token.text) not in grammar.definite
    if token.pos_ == "ADV":
        return inside and token.dep_ == "advmod" and token.head.pos_ == "ADJ"
    participle = token.pos_ == "VERB" and token.dep_ == "amod"
    return token.pos_ in _OPENERS or participle or (lower(token.text) in grammar.determiners and token.pos_ != "ADP")


def _continues(tokens: list[Token], position: int, first: int, grammar: Grammar) -> bool:
    token = tokens[position]
    behind_hanging = position > first and tokens[position - 1].text.endswith("-") and token.pos_ == "CCONJ"
    if behind_hanging or _is_hanging(tokens, position):
        return True
    if position > first and token.text[:1].isupper() and _is_shared_head(tokens, position):
        return True
    if not is_nominal(token):
        # "Anna von der Heide": what stands inside a person's name belongs to it, whatever its tag.
        joins = token.ent_iob_ == "I" and (token.text in {"-", "&"} or token.ent_type_ == "PER")
        return position > first and (joins or _is_field_of_office(tokens, position, grammar))
    if position == first:
        return True
    before = tokens[position - 1]
    if lower(token.text) in grammar.time_nouns and (before.pos_ == "PROPN" or before.ent_type_ in {"PER", "ORG"}):
        return False
    if lower(before.lemma_) in grammar.time_nouns or lower(before.text) in grammar.time_nouns:
        return False
    genitive = before.pos_ == "NOUN" and _is_genitive_name(tokens, position)
    is_noun = holds(grammar.common_nouns, token.text) and token.ent_iob_ != "I"
    if grammar.capitalised_nouns and (genitive or is_noun):
        return False
    starts_name = token.ent_iob_ == "B" and token.ent_type_ == "PER"
    return not (
        starts_name
        and before.ent_type_ in {"PER", "LOC"}
        and before.ent_iob_ in {"B", "I"}
        and not (before.ent_type_ == "LOC" and not grammar.capitalised_nouns)
    )


def _is_hanging(tokens: list[Token], position: int) -> bool:
    """``Außen-`` in ``Außen- und Sicherheitspolitik``: a noun whose head comes later, whatever its tag."""
    text = tokens[position].text
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    is_first_part = len(text) > 2 and text.endswith("-") and text[0].isupper()
    return is_first_part and following is not None and following.pos_ == "CCONJ"


def _is_field_of_office(tokens: list[Token], position: int, grammar: Grammar) -> bool:
    """The *of* in ``Secretary of State Jane Example``: the office runs on into its field."""
    following = tokens[position + 1].text if position + 1 < len(tokens) else ""
    return tokens[position].text == "of" and re.fullmatch(grammar.office_fields, following) is not None


def _opens_second_name(tokens: list[Token], position: int, first: int, grammar: Grammar) -> bool:
    """``traf Lind Präsident Aydin``, ``traf in Rom Präsident Aydin``: the office opens a phrase of its own."""
    if position <= first or position + 1 >= len(tokens) or tokens[position].ent_type_:
        return False
    before, token, after = tokens[position - 1 : position + 2]
    place = before.ent_type_ == "LOC" and first > 0 and lower(tokens[first - 1].text) in grammar.local_prepositions
    return token.pos_ == "NOUN" and (before.ent_type_ == "PER" or place) and after.ent_type_ == "PER"


def _is_shared_head(tokens: list[Token], position: int) -> bool:
    """``EU-Außen- und Europaminister`` is one phrase."""
    return position >= 2 and tokens[position - 1].pos_ == "CCONJ" and tokens[position - 2].text.endswith("-")


def _is_genitive_name(tokens: list[Token], position: int) -> bool:
    """``Vertreter Kanadas``: a single name in ``s`` behind a noun is its attribute, not its name."""
    token = tokens[position]
    single = position + 1 == len(tokens) or not is_nominal(tokens[position + 1])
    return single and token.pos_ == "PROPN" and token.text.endswith("s") and has_case(token, "Gen")


def _head(tokens: list[Token], first: int, end: int) -> int:
    """A name that ends the phrase is its head (Präsident *Putin*), else the last noun; the stop of ``XVI.`` is none."""
    while end - 1 > first and not any(map(str.isalnum, tokens[end - 1].text)):
        end -= 1
    for position in range(first, end):
        if tokens[position].ent_type_ == "PER":
            last = position
            while last + 1 < end and tokens[last + 1].ent_type_ == "PER":
                last += 1
            return last if last == end - 1 else end - 1
    return end - 1


def _is_pronoun(token: Token, grammar: Grammar) -> bool:
    if token.pos_ == "DET" or is_nominal(token) or token.dep_ in _POSSESSIVE:
        return False
    return lower(token.text) in grammar.personal_pronouns and token.pos_ in {"PRON", "X"}


def _is_pair_pronoun(tokens: list[Token], position: int, grammar: Grammar) -> bool:
    """``Die beiden telefonierten``: without a noun behind it."""
    if lower(tokens[position].text) not in grammar.pair_pronouns:
        return False
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return following is None or not (is_nominal(following) or following.pos_ in {"ADJ", "NUM", "DET", "CCONJ", "ADP"})


def _phrase(tokens: list[Token], bounds: tuple[int, int, int], *, before: list[Phrase], grammar: Grammar) -> Phrase:
    start, end, head = bounds
    first, last = tokens[start], tokens[end - 1]
    preposition = _preposition(tokens, start, grammar)
    if preposition in grammar.amount_prepositions and before and before[-1].end == first.i - 1:
        # "two rounds of talks": the measure counts them, and they stand in the clause as it does.
        measure = tokens[start - 2].text
        preposition = before[-1].preposition if re.fullmatch(grammar.measures, measure) else preposition
    genitive = (
        preposition is None
        and bool(before)
        and before[-1].end == first.i
        and (first.text in QUOTATION_MARKS or _is_genitive(tokens, start, head, grammar))
    )
    return Phrase(first.i, last.i + 1, tokens[head].i, preposition, first.i, genitive)


def _preposition(tokens: list[Token], start: int, grammar: Grammar) -> str | None:
    word = lower(tokens[start].text)
    if word in grammar.contractions:
        return grammar.contractions[word]
    if start == 0:
        return None
    before = tokens[start - 1]
    word = lower(before.text)
    if word in grammar.contractions:
        return grammar.contractions[word]
    two = f"{lower(tokens[start - 2].text)} {word}" if start > 1 else word
    if two in grammar.compound_prepositions:
        return two
    if before.dep_ == "compound:prt" and grammar.particle_order == "after":
        return None  # "ruled out talks"
    known = word in grammar.prepositions or word in grammar.topic_prepositions or word in grammar.place_prepositions
    is_adposition = before.pos_ == "ADP" or (known and before.pos_ not in {"PART", "VERB", "SCONJ"})
    return word if is_adposition and not is_verbal(before) else None


def _is_genitive(tokens: list[Token], start: int, head: int, grammar: Grammar) -> bool:
    """By its form: ``des``, ``der``; ``deutscher Firmen``; ``Kanadas``. The tagged case alone is too often wrong."""
    word = lower(tokens[start].text)
    if word in _GENITIVE_DETERMINERS:
        return lower(tokens[start - 1].text) not in grammar.time_nouns
    if tokens[start].pos_ == "ADJ" and start < head:
        return word.endswith("er") and has_case(tokens[head], "Gen")
    return tokens[start].pos_ == "PROPN" and tokens[head].text.endswith("s") and start == head


def _join_lists(phrases: list[Phrase], sentence: Sentence, grammar: Grammar) -> list[Phrase]:
    """Note lists: ``A, B und C`` are joined to A; a comma without a conjunction behind it is an apposition."""
    bracketed = _bracketed(sentence)
    marked = [replace(phrase, in_brackets=True) if phrase.start in bracketed else phrase for phrase in phrases]
    free = [phrase for phrase in marked if not phrase.in_brackets]
    joined = list(free)
    run: list[int] = []
    is_closed = False
    for index in range(1, len(free) + 1):
        link = _link(free[index - 1], free[index], sentence, grammar, bracketed) if index < len(free) else None
        if link == "comma" and is_closed:
            # "A und B, C und D": what follows a list that its conjunction closed is another, mostly an apposition.
            run = [index]
            is_closed = False
        elif link:
            is_closed = link == "conjunction"
            run = [*(run or [index - 1]), index]
            if link == "conjunction":
                _join(joined, run)
                run = [run[0], index]
        elif not _is_attribute(free, index):
            run = []
            is_closed = False
    return sorted([*joined, *(phrase for phrase in marked if phrase.in_brackets)], key=lambda phrase: phrase.start)


def _bracketed(sentence: Sentence) -> frozenset[int]:
    """Give the tokens that stand in round brackets, the brackets included."""
    inside: set[int] = set()
    opened: int | None = None
    for token in sentence.tokens():
        if token.text == "(":
            opened = token.i
        elif token.text == ")" and opened is not None:
            inside.update(range(opened, token.i + 1))
            opened = None
    return frozenset(inside)


def _is_attribute(phrases: list[Phrase], index: int) -> bool:
    return index < len(phrases) and phrases[index].genitive


def _join(joined: list[Phrase], run: list[int]) -> None:
    first = joined[run[0]]
    for index in run[1:]:
        joined[index] = replace(joined[index], joined_to=first.joined_to, preposition=first.preposition)


def _link(one: Phrase, two: Phrase, sentence: Sentence, grammar: Grammar, skip: frozenset[int]) -> str | None:
    """Say how two phrases are linked: by a conjunction, by a comma, or not at all."""
    between = [
        token
        for token in sentence.doc[one.end : two.start]
        if not token.is_space and token.i not in skip and token.text not in QUOTATION_MARKS
    ]
    if two.preposition is not None and two.preposition != one.preposition:
        return None
    if two.preposition is not None and between and lower(between[-1].text) == two.preposition:
        between = between[:-1]
    words = [lower(token.text) for token in between]
    if len(words) == 2 and words[0] in grammar.conjunctions and between[1].pos_ in {"ADV", "ADJ"}:
        words = words[:1]
    if words and words[-1] in grammar.conjunctions and len(words) <= 2 and set(words[:-1]) <= {","}:
        return "conjunction"
    return "comma" if words == [","] else None
