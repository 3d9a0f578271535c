"""Says which units of an article have to be parsed: those that may hold an event, then what the found ones ask for.

The first look goes over all words, by the trigger tables alone, and takes too many rather than too few. The parse of
what it takes says which are candidates and who stands beside them; what those are elsewhere called, whom *er* or *der
Minister* means and who says so is then looked for in the units where it can stand, until nothing more is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from .document import Document, Entity, Group, Mention, Party, Sentence
from .field import Field
from .models.lemmas import lemma_of
from .parties import is_land
from .parts import part_of_noun
from .steps.attending import REACH_SENTENCES as ATTENDING_REACH_SENTENCES
from .steps.coreference import LAND_LOOK_BACK_SENTENCES, LOOK_BACK_SENTENCES, PAIR_LOOK_BACK_SENTENCES
from .steps.sources import CARRY_SENTENCES, in_reported_speech
from .verbs import verb_lemma
from .words import lower

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})

FIRST_UNITS = 2
"""A name is looked up in so many units from the first on that hold it: there it stands in full, with its office."""

_ENGLISH_STEM = 4

MOST_ROUNDS = 8
"""So often at most more is asked for; what is left then is parsed as a whole."""


def units_asked_for(met: Document, last: Document, fields: Sequence[Field]) -> list[set[int]]:
    """Find the units that what was found so far asks for, by field.

    Args:
        met: As the participants were found, nobody resolved or dropped yet.
        last: As all steps left it.
        fields: Title and text, as far as they are there.
    """
    search = _Search(met, fields)
    kept = {(mention.sentence, mention.token) for group in last.groups for mention in group.mentions}
    for mention in met.mentions:
        search.for_candidate(mention, is_kept=(mention.sentence, mention.token) in kept)
    for group in last.groups:
        search.for_chosen([party.entity.name for party in group.parties if party.entity is not None])
        search.for_chosen([voice.name for voice in group.voices])
        for mention in group.mentions:
            search.for_speakers(mention)
        search.for_partners(group)
    return search.wanted


class _Search:
    """Gathers the units that the candidates of a document ask for."""

    def __init__(self, document: Document, fields: Sequence[Field]) -> None:
        self.wanted: list[set[int]] = [set() for _ in fields]
        self._document = document
        self._fields = fields
        self._field_of = {field.name: number for number, field in enumerate(fields)}
        self._entities = {
            (sentence, token): entity
            for (sentence, start, end), entity in document.names.items()
            for token in range(start, end)
        }
        self._named_persons = {
            place[0] for place, entity in document.names.items() if entity.kind in {"person", "organization"}
        }

    def for_candidate(self, mention: Mention, *, is_kept: bool) -> None:
        """What the names of its sentence are elsewhere, and whom the words beside it may mean."""
        sentence = self._document.sentences[mention.sentence]
        is_lonely = not mention.parties
        for token in sentence.tokens():
            if token.pos_ == "PROPN" or token.ent_type_ or (is_lonely and token.dep_ in _SUBJECTS):
                entity = self._entity_at(sentence, token.i)
                if entity is None or (is_kept and entity.kind != "country"):
                    self._named(token.text)
        for party in mention.parties:
            self._for_party(party, is_kept=is_kept)

    def _entity_at(self, sentence: Sentence, token: int) -> Entity | None:
        return self._entities.get((sentence.index, token))

    def _for_party(self, party: Party, *, is_kept: bool) -> None:
        sentence = self._document.sentences[party.sentence]
        grammar = self._document.pack.grammar
        words = [lower(token.text) for token in sentence.doc[party.start : party.end]]
        text = sentence.doc[max(sentence.start, party.start - 1) : party.end].text
        if re.search(grammar.pair_words, text):
            self._before(sentence, PAIR_LOOK_BACK_SENTENCES)
        elif len(words) == 1 and (words[0] in grammar.personal_pronouns or words[0] in grammar.possessives):
            self._nearest_before(sentence, LOOK_BACK_SENTENCES)
        elif (phrase := sentence.phrase_of(party.start)) is not None:
            head = sentence.doc[phrase.head].text
            self._named(head)
            if is_land(sentence, phrase, self._document):
                self._for_land(sentence, words[0])
            elif party.entity is None or party.entity.kind == "group" or (is_kept and _has_no_name(party.entity)):
                self._called(head)
                if re.search(self._document.pack.nouns.companies, head):
                    self._before(sentence, LOOK_BACK_SENTENCES)

    def _for_land(self, sentence: Sentence, first: str) -> None:
        """Whose land *ihr Land* is, or which was last named."""
        if first in self._document.pack.grammar.possessives:
            self._nearest_before(sentence, LOOK_BACK_SENTENCES)
        else:
            self._before(sentence, LAND_LOOK_BACK_SENTENCES)

    def for_chosen(self, names: Iterable[str]) -> None:
        """What those are elsewhere who were taken for a party or a speaker, in whatever sentence they stand."""
        for name in names:
            self._named(name.split()[-1])

    def for_speakers(self, mention: Mention) -> None:
        """Who speaks in the sentences before a mention in reported speech, and who *er* is that says so."""
        document = self._document
        sentence = document.sentences[mention.sentence]
        cues, grammar = document.pack.reporting, document.pack.grammar
        if in_reported_speech(mention, document) and not mention.voices:
            self._before(sentence, CARRY_SENTENCES)
            self._behind(sentence)
        elif self._is_pointed_back_to(sentence):
            self._behind(sentence)
        verbs = {verb_lemma(sentence, verb, grammar) for clause in sentence.clauses for verb in clause.verbs}
        if verbs & set(cues.verbs) and any(
            lower(token.text) in grammar.personal_pronouns for token in sentence.tokens()
        ):
            self._nearest_before(sentence, LOOK_BACK_SENTENCES)

    def for_partners(self, group: Group) -> None:
        """Who else takes part: the subject of the sentence before a lone partner, a sentence of its own behind."""
        first = self._document.sentences[group.mentions[0].sentence]
        if not group.is_offer and {party.function for party in group.mentions[0].parties} == {"with"}:
            self._before(first, 1)
        grammar = self._document.pack.grammar
        verbs = (*grammar.taking_part, *grammar.companion_verbs, *grammar.represented)
        for mention in group.mentions:
            self._for_subjects(self._document.sentences[mention.sentence])
            behind = slice(mention.sentence + 1, mention.sentence + 1 + ATTENDING_REACH_SENTENCES)
            for other in self._document.sentences[behind]:
                words = [token.text for token in other.tokens()]
                says_part = any(part_of_noun(word, grammar.part_nouns) for word in words)
                if says_part or _may_hold_verb(words, verbs, self._document.language):
                    self._add(other)

    def _for_subjects(self, sentence: Sentence) -> None:
        """Who *er* or *der Kanzler* is that speaks or acts in an event's sentence."""
        grammar, nouns = self._document.pack.grammar, self._document.pack.nouns
        for token in sentence.tokens():
            if token.dep_ in _SUBJECTS and lower(token.text) in grammar.personal_pronouns:
                self._nearest_before(sentence, LOOK_BACK_SENTENCES)
            elif token.dep_ in _SUBJECTS and token.pos_ == "NOUN" and re.search(nouns.persons, token.text):
                self._called(token.text)

    def _is_pointed_back_to(self, sentence: Sentence) -> bool:
        """``Das teilte X mit.``: whether the next sentence begins like that."""
        behind = self._document.sentences[sentence.index + 1 : sentence.index + 2]
        first = next((token.text for other in behind for token in other.tokens()), "")
        return lower(first) in self._document.pack.reporting.back_words

    def _behind(self, sentence: Sentence) -> None:
        for other in self._document.sentences[sentence.index + 1 : sentence.index + 2]:
            self._add(other)

    def _before(self, sentence: Sentence, count: int) -> None:
        for other in self._document.sentences[max(0, sentence.index - count) : sentence.index]:
            self._add(other)
            self._names_of(other)

    def _names_of(self, sentence: Sentence) -> None:
        for token in sentence.tokens() if sentence.is_parsed else ():
            if token.pos_ == "PROPN" or token.ent_type_:
                self._named(token.text)

    def _nearest_before(self, sentence: Sentence, count: int) -> None:
        """Go back as far as a sentence that names somebody, one more at a time."""
        for other in reversed(self._document.sentences[max(0, sentence.index - count) : sentence.index]):
            self._add(other)
            self._names_of(other)
            if not other.is_parsed or other.index in self._named_persons:
                return

    def _add(self, sentence: Sentence) -> None:
        number = self._field_of[sentence.passage.field]
        units = self._fields[number].unit_of
        self.wanted[number].update(range(units[sentence.start], units[sentence.end - 1] + 1))

    def _called(self, noun: str) -> None:
        """The units in which somebody may be called by a noun."""
        stem = _stem(noun)
        if len(stem) <= 3:
            return
        for number, field in enumerate(self._fields):
            for word, units in field.units_by_word.items():
                if _stem(word).endswith(stem):
                    self.wanted[number].update(units)

    def _named(self, word: str) -> None:
        forms = {word, word + "s", word.removesuffix("s")}
        if len(word) < 2 or not word[:1].isupper():
            return
        for number, field in enumerate(self._fields):
            units = sorted(set().union(*(field.units_by_word.get(form, set()) for form in forms)))
            self.wanted[number].update(units[:FIRST_UNITS])


def _may_hold_verb(words: Sequence[str], verbs: Sequence[str], language: str) -> bool:
    """Whether some word may be a form of a verb, joined with its particle or apart from it."""
    present = set(map(lower, words))
    if language != "de":
        return any(word.startswith(verb[:_ENGLISH_STEM]) for word in present for verb in verbs)
    lemmas = {lemma_of(word, "VERB") for word in present}
    return any(
        verb.endswith(lemma) and verb.removesuffix(lemma) in {"", *present} for verb in verbs for lemma in lemmas
    )


def _has_no_name(entity: Entity) -> bool:
    """Whether it is an institution that a common noun names: the article may call it by name elsewhere."""
    return entity.key.startswith("organization:")


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return re.sub(r"(?:in|en|s|n)$", "", lower(word).rsplit("-", 1)[-1])
