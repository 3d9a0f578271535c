"""Turns a phrase as it stands in a sentence into the name a list would show: nominative, without article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document import Phrase, Sentence
from .languages.cue_forms import Grammar
from .structure import once
from .tokens import Token
from .words import QUOTATION_MARKS, has_case, holds, is_plural, lower

_ADJECTIVE_ENDING = re.compile(r"(?<=..)e[nrms]?$")
_NOMINATIVE = {"Masc": "er", "Fem": "e", "Neut": "es"}
_NEUTER = re.compile(
    r"(?i).*(?:amt(?:e?s)?|ministeriums?|komitees?|instituts?|parlaments?|gerichts?|kreuz(?:es)?|haus(?:es)?|zentrums?"
    r"|unternehmens?|bündnis(?:ses)?|werk(?:e?s)?|lands?|volk(?:e?s)?|königreichs?|reichs?|museums?|kollegs?|militärs?|netz(?:es)?)"
)
_FEMININE = re.compile(
    r"(?i).*(?:ung|heit|keit|schaft|tät|ion|bank|partei|kammer|liga|börse|bahn|post|telekom|allianz|presse)"
)
"""Nouns whose gender decides names (*Auswärtiges Amt*): the tagger is often wrong about them."""
_DATIVE_PLURAL = re.compile(r"(?<=e[rl])n$")
_WEAK_MASCULINE = re.compile(
    r"(?<=ent)en$|(?<=ant)en$|(?<=ist)en$|(?<=at)en$|(?<=oge)n$|(?<=arch)en$|(?<=ürst)en$|(?<=rinz)en$"
)
_NOMINALISED = re.compile(r"(?:ig|end|igt|iert|llt|elt|ordnet|ndt)er$")
"""Adjectives and participles made nouns (*Angehöriger*, *Reisender*): in the genitive plural they end like one man."""
_GENITIVE_PREPOSITIONS = frozenset({"von", "of"})
_DATIVE_PREPOSITIONS = frozenset({"mit", "von", "zwischen", "bei", "zu", "nach", "gegenüber", "samt"})


def name_phrase(sentence: Sentence, phrase: Phrase, grammar: Grammar, *, attribute: Phrase | None = None) -> str:
    """Name a phrase: ``der kolumbianischen Regierung`` is ``kolumbianische Regierung``.

    Args:
        sentence: Where it stands.
        phrase: What to name.
        grammar: The language's.
        attribute: A genitive or of-phrase behind it that belongs to the name.

    Note:
        Declension follows the strong adjective endings of German (Duden, *Die Grammatik*, on attributive adjectives);
        without gender or number of the head the adjective stays as it stands.
    """
    own = sentence.doc[phrase.start : phrase.end]
    tokens = [token for token in own if not token.is_space and token.text not in QUOTATION_MARKS]
    while len(tokens) > 1 and lower(tokens[0].text) in (*grammar.determiners, *grammar.possessives):
        tokens = tokens[1:]
    while len(tokens) > 1 and (tokens[0].pos_ in {"VERB", "ADV"} or _is_extended(tokens[0], phrase)):
        tokens = tokens[1:]
    head = sentence.doc[phrase.head]
    words = [_word(token, head, phrase, grammar) + token.whitespace_ for token in tokens]
    name = "".join(words).strip()
    if attribute is not None:
        name += " " + _as_written(sentence, attribute)
    return re.sub(r"\s+", " ", name)


def _is_extended(token: Token, phrase: Phrase) -> bool:
    """``den in Oslo stationierten Truppen``: an attribute with words of its own before it is no part of the name."""
    return token.dep_ == "amod" and token.left_edge.i < phrase.start


def _word(token: Token, head: Token, phrase: Phrase, grammar: Grammar) -> str:
    if not grammar.capitalised_nouns:
        return token.text
    if token.i == head.i:
        return nominative_noun(token, phrase)
    if token.pos_ == "ADJ" or (token.pos_ == "PROPN" and token.i < head.i and holds(r"ische[nrms]?$", token.text)):
        return nominative_adjective(token.text, head, is_many=is_bare_genitive_plural(head, phrase))
    return token.text


def nominative_adjective(word: str, head: Token, *, is_many: bool = False) -> str:
    """Give an adjective the ending it has without article before its noun in the nominative."""
    stem = _ADJECTIVE_ENDING.sub("", word)
    if stem == word or ("-" in word[:-4] and word[:1].isupper()):
        return word
    if is_plural(head) or is_many:
        return stem + "e"
    gender: Sequence[str] | None = (
        ["Neut"] if _NEUTER.fullmatch(head.text) else ["Fem"] if _FEMININE.fullmatch(head.text) else None
    )
    gender = gender or head.morph.get("Gender", [])
    return stem + _NOMINATIVE[gender[0]] if gender and gender[0] in _NOMINATIVE else word


def is_bare_genitive_plural(head: Token, phrase: Phrase) -> bool:
    """``Treffen europäischer Minister``: behind a noun and without an article, ``-er`` before a man is of several."""
    first = head.doc[phrase.start]
    bare = phrase.genitive and first.i < head.i and holds(r"[a-zäöüß]er$", first.text) and first.pos_ != "DET"
    is_woman = _FEMININE.fullmatch(head.text) or "Fem" in head.morph.get("Gender", [])
    return bool(bare) and (is_plural(head) is True or not is_woman or _NOMINALISED.search(head.text) is not None)


def nominative_noun(token: Token, phrase: Phrase) -> str:
    """Undo the dative plural, the genitive and the weak masculine of a German noun."""
    text = token.text
    if is_bare_genitive_plural(token, phrase):
        return text[:-1] if _NOMINALISED.search(text) else text
    plural = is_plural(token)
    opens_dative = lower(token.doc[phrase.start].text) == "den"
    dative = opens_dative or has_case(token, "Dat") or phrase.preposition in _DATIVE_PREPOSITIONS
    if plural and dative and _DATIVE_PLURAL.search(text):
        return _DATIVE_PLURAL.sub("", text)
    if plural:
        return text
    # "der Regierungschefs" is a plural whatever the tag: the singular would be "des".
    article = lower(token.doc[phrase.start].text)
    is_many = article == "der" and phrase.start < token.i
    if not is_many and has_case(token, "Gen") and holds(r"[^s]e?s$", text) and not has_case(token, "Nom"):
        return re.sub(r"(?<=[dtk])es$|(?<=[^s])s$", "", text)
    return _WEAK_MASCULINE.sub("", text) if plural is False else text


def _as_written(sentence: Sentence, attribute: Phrase) -> str:
    start = attribute.start
    if attribute.preposition in _GENITIVE_PREPOSITIONS and start > sentence.start:
        start -= 1
    first, last = sentence.doc[start], sentence.doc[attribute.end - 1]
    return sentence.passage.masked[first.idx : last.idx + len(last)]


@once
def attribute_of(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """Find the genitive or of-phrase that follows a phrase at once."""
    for other in sentence.phrases:
        if other.start <= phrase.start:
            continue
        if other.joined_to == phrase.joined_to:
            return None
        gap = other.start - phrase.end
        if gap == 2 and sentence.doc[phrase.end].pos_ == "ADJ":
            gap = 1
        if gap == 0 and other.genitive:
            return other
        if gap == 1 and other.preposition in _GENITIVE_PREPOSITIONS:
            return other
        if gap > 1:
            return None
    return None
