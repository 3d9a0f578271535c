"""Says which units of an article have to be parsed: those that may hold an event, then what the found ones ask for.

The first look goes over all words, by the trigger tables alone, and takes too many rather than too few. The parse of
what it takes says which are candidates and who stands beside them; what those are elsewhere called, whom *er* or *der
Minister* means and who says so is then looked for in the units where it can stand, until nothing more is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from schemas.event import ParticipantKind

from .document import Document, Entity, Group, Mention, Party, Phrase, Sentence, Voice
from .elsewhere import Elsewhere, kind_of, may_be_name
from .field import Field
from .languages.cue_forms import Grammar
from .parties import is_land, named_in
from .steps.agenda import REACH_SENTENCES as AGENDA_REACH_SENTENCES
from .steps.answers import ANSWERS
from .steps.attending import REACH_SENTENCES as ATTENDING_REACH_SENTENCES
from .steps.coreference import LAND_LOOK_BACK_SENTENCES, LOOK_BACK_SENTENCES, PAIR_LOOK_BACK_SENTENCES
from .steps.other_side import OUTCOME_REACH_SENTENCES
from .steps.plurals import is_plural_pronoun
from .steps.requirements import might_count
from .steps.sources import CARRY_SENTENCES, in_reported_speech
from .telling import may_hold_verb, may_name_somebody, may_tell_of_event
from .tokens import Token
from .words import lower

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})

_NEVER_NAMES = frozenset({"PRON", "DET", "ADJ", "NUM"})
"""What no name is by its part of speech, unless it is one by the parse already."""

_NAMED = frozenset[ParticipantKind]({"person", "organization"})
_BODIES = frozenset[ParticipantKind]({"organization", "country"})

_SPEAKERS = frozenset({"s:1", "p:1"})
"""How those agree who say *ich* or *wir*: the article does not say who it is by a name before."""

_REACH = max(ATTENDING_REACH_SENTENCES, AGENDA_REACH_SENTENCES, OUTCOME_REACH_SENTENCES)

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
    counting = [mention for mention in met.mentions if might_count(mention, met, everybody=True, linked=False)]
    for mention in met.mentions:
        is_kept = (mention.sentence, mention.token) in kept
        linked = any(other is not mention for other in counting)
        if is_kept or might_count(mention, met, linked=linked):
            search.for_candidate(mention, is_kept=is_kept)
        elif might_count(mention, met, everybody=True, linked=linked):
            search.for_names_beside(mention, is_kept=False)
    for group in last.groups:
        for party in group.parties:
            if party.entity is not None:
                search.for_chosen(party.entity)
        for voice in group.voices:
            search.for_voice(voice)
        search.for_nameless([voice.name for voice in group.voices if voice.kind == "unnamed"], group)
        for mention in group.mentions:
            search.for_speakers(mention)
        search.for_partners(group)
    return search.wanted


class _Search:
    """Gathers the units that the candidates of a document ask for."""

    def __init__(self, document: Document, fields: Sequence[Field]) -> None:
        self.wanted: list[set[int]] = [set() for _ in fields]
        self._document = document
        self._elsewhere = Elsewhere(fields, document.pack)
        self._units_of = [field.unit_of for field in fields]
        self._field_of = {field.name: number for number, field in enumerate(fields)}
        self._entities = {
            (sentence, token): entity
            for (sentence, start, end), entity in document.names.items()
            for token in range(start, end)
        }
        self._first_places: dict[str, tuple[int, int]] = {}
        for (sentence, start, _), entity in sorted(document.names.items(), key=lambda item: item[0]):
            place = self._field_of[document.sentences[sentence].passage.field], start
            self._first_places.setdefault(entity.key, place)
        self._kinds_named: dict[int, set[ParticipantKind]] = defaultdict(set)
        for (sentence, _, _), entity in document.names.items():
            self._kinds_named[sentence].add(entity.kind)

    def for_candidate(self, mention: Mention, *, is_kept: bool) -> None:
        """What the names of its sentence are elsewhere, and whom the words beside it may mean."""
        self.for_names_beside(mention, is_kept=is_kept)
        for party in mention.parties:
            self._for_party(party, is_kept=is_kept)
        self._for_what_follows(mention, self._document.sentences[mention.sentence])

    def for_names_beside(self, mention: Mention, *, is_kept: bool) -> None:
        """What the names of a candidate's sentence are elsewhere."""
        sentence = self._document.sentences[mention.sentence]
        for token in sentence.tokens():
            entity = self._entity_at(sentence, token.i)
            if entity is None:
                if self._may_be_name(token, is_lonely=not mention.parties):
                    self._named(token.text)
            elif is_kept and any(_covers(party, sentence, token) for party in mention.parties):
                self._named_as(token.text, entity)

    def _for_what_follows(self, mention: Mention, sentence: Sentence) -> None:
        """``Es soll am Montag stattfinden``, ``Y lehnte das ab``: the sentence behind may date or answer it."""
        pack = self._document.pack
        for other in self._document.sentences[sentence.index + 1 : sentence.index + 2]:
            words = [token.text for token in other.tokens()]
            if mention.is_offer and set(map(lower, words)) & set(pack.grammar.back_pronouns):
                verbs = [verb for stage in ANSWERS for verb in pack.factuality.stages.get(stage, ())]
            elif not mention.is_offer and words and lower(words[0]) in pack.grammar.told_pronouns:
                verbs = list(pack.grammar.occurring)
            else:
                continue
            if may_hold_verb(words, [verb.split()[0] for verb in verbs], pack):
                self._add(other)

    def _may_be_name(self, token: Token, *, is_lonely: bool) -> bool:
        """Whether a word that is known as no name may be one by what stands elsewhere."""
        if token.pos_ == "PROPN":
            return True
        if not token.ent_type_ and not (is_lonely and token.dep_ in _SUBJECTS):
            return False
        return token.pos_ not in _NEVER_NAMES and may_be_name(token.text, self._document.pack)

    def _entity_at(self, sentence: Sentence, token: int) -> Entity | None:
        return self._entities.get((sentence.index, token))

    def _for_party(self, party: Party, *, is_kept: bool) -> None:
        sentence = self._document.sentences[party.sentence]
        grammar = self._document.pack.grammar
        words = [lower(token.text) for token in sentence.doc[party.start : party.end]]
        text = sentence.doc.text_of(max(sentence.start, party.start - 1), party.end)
        if re.search(grammar.pair_words, text):
            self._before(sentence, PAIR_LOOK_BACK_SENTENCES)
        elif len(words) == 1 and (words[0] in grammar.personal_pronouns or words[0] in grammar.possessives):
            self._for_pronoun(party, sentence, words[0])
        elif (phrase := sentence.phrase_of(party.start)) is not None:
            head = sentence.doc[phrase.head].text
            if party.entity is not None or may_be_name(head, self._document.pack):
                self._named(head, kind_of(party.entity))
            if is_land(sentence, phrase, self._document):
                self._for_land(sentence, words[0])
            else:
                self._for_noun(party, sentence, phrase, is_kept=is_kept)

    def _for_pronoun(self, party: Party, sentence: Sentence, word: str) -> None:
        """Whom *er*, *it* or *their* means; *wir* and *ich* mean nobody who is named."""
        grammar = self._document.pack.grammar
        agreements = {grammar.personal_pronouns.get(word, ""), grammar.possessives.get(word, "")} - {""}
        if is_plural_pronoun(party, self._document):
            self._before(sentence, 1)
        elif "o:*" in agreements:
            self._nearest_before(sentence, LOOK_BACK_SENTENCES, _BODIES)
        elif any(agreement.startswith("s:") and agreement != "s:1" for agreement in agreements):
            self._nearest_before(sentence, LOOK_BACK_SENTENCES)

    def _for_noun(self, party: Party, sentence: Sentence, phrase: Phrase, *, is_kept: bool) -> None:
        """Who *der Minister*, *das Unternehmen*, *die Gewerkschaften* or *die Partei* is by name."""
        head = sentence.doc[phrase.head].text
        entity, is_bare = party.entity, _is_bare(sentence, phrase, self._document.pack.grammar)
        if entity is None and re.search(self._document.pack.nouns.companies, head):
            if not self._nearest_before(sentence, LOOK_BACK_SENTENCES, _BODIES):
                self._called(head, sentence, is_body=True)
        elif entity is None:
            self._called(head, sentence)
        elif entity.kind == "group" and is_bare:
            self._called(head, sentence, is_group=True)
        elif is_kept and is_bare and _has_no_name(entity):
            self._called(head, sentence, is_body=True)

    def _for_land(self, sentence: Sentence, first: str) -> None:
        """Whose land *ihr Land* is, or which was last named."""
        if first in self._document.pack.grammar.possessives:
            self._nearest_before(sentence, LOOK_BACK_SENTENCES)
        else:
            self._before(sentence, LAND_LOOK_BACK_SENTENCES)

    def for_chosen(self, entity: Entity) -> None:
        """What those are elsewhere who were taken for a party or a speaker, in whatever sentence they stand."""
        self._named_as(entity.name.rsplit(maxsplit=1)[-1], entity)

    def for_voice(self, voice: Voice) -> None:
        """What a speaker is elsewhere."""
        kind: ParticipantKind = "person" if voice.kind == "person" else "organization"
        self.for_chosen(Entity(voice.key, voice.name, kind, voice.descriptor))

    def for_nameless(self, names: Iterable[str], group: Group) -> None:
        """What an institution is called by name that speaks as *die Partei*."""
        cues, sentence = self._document.pack.reporting, self._document.sentences[group.mentions[0].sentence]
        for name in names:
            if " " not in name and not re.search(cues.unnamed, name) and not re.search(cues.offices, name):
                self._called(name, sentence, is_body=True)

    def for_speakers(self, mention: Mention) -> None:
        """Who speaks in the sentences before a mention in reported speech, and who *er* is that says so."""
        document = self._document
        sentence = document.sentences[mention.sentence]
        if in_reported_speech(mention, document) and not mention.voices:
            self._step_back(sentence, CARRY_SENTENCES)
            if sentence.is_quoted(mention.token):
                self._behind(sentence)
        if self._is_pointed_back_to(sentence):
            self._behind(sentence)
        companies = document.pack.nouns.companies
        if any(voice.kind == "unnamed" and re.search(companies, voice.name) for voice in mention.voices):
            # "Der Verein bestätigte": the organisation named last.
            self._nearest_before(sentence, LOOK_BACK_SENTENCES, _BODIES)

    def for_partners(self, group: Group) -> None:
        """Who else takes part: the subject of the sentence before a lone partner, a sentence of its own behind."""
        first = self._document.sentences[group.mentions[0].sentence]
        if not group.is_offer and {party.function for party in group.mentions[0].parties} == {"with"}:
            self._before(first, 1)
        for mention in group.mentions:
            self._for_subjects(self._document.sentences[mention.sentence])
        keys = {party.entity.key for party in group.parties if party.entity is not None}
        behind = {
            index for mention in group.mentions for index in range(mention.sentence + 1, mention.sentence + 1 + _REACH)
        }
        for other in (self._document.sentences[index] for index in behind if index < len(self._document.sentences)):
            words = [token.text for token in other.tokens()]
            if not group.is_offer and may_tell_of_event(words, self._document.pack, is_open=len(keys) < 2):
                self._add(other)

    def _for_subjects(self, sentence: Sentence) -> None:
        """Who *er* or *der Kanzler* is that speaks or acts in an event's sentence."""
        grammar, nouns = self._document.pack.grammar, self._document.pack.nouns
        for token in sentence.tokens():
            if token.dep_ in _SUBJECTS and grammar.personal_pronouns.get(lower(token.text), "p:1") not in _SPEAKERS:
                self._nearest_before(sentence, LOOK_BACK_SENTENCES)
            elif token.dep_ in _SUBJECTS and token.pos_ == "NOUN" and re.search(nouns.persons, token.text):
                phrase = sentence.phrase_of(token.i)
                if phrase is None or named_in(sentence, phrase, self._document) is None:
                    self._called(token.text, sentence)

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

    def _step_back(self, sentence: Sentence, count: int) -> None:
        """Go back one sentence more at a time: who speaks is mostly said in the one before."""
        for other in reversed(self._document.sentences[max(0, sentence.index - count) : sentence.index]):
            self._add(other)
            self._names_of(other)
            if not other.is_parsed:
                return

    def _names_of(self, sentence: Sentence, kinds: frozenset[ParticipantKind] | None = None) -> None:
        for token in sentence.tokens() if sentence.is_parsed else ():
            entity = self._entity_at(sentence, token.i)
            if entity is not None and (kinds is None or entity.kind in kinds):
                self._named_as(token.text, entity)

    def _nearest_before(self, sentence: Sentence, count: int, kinds: frozenset[ParticipantKind] = _NAMED) -> bool:
        """Go back as far as a sentence that names somebody, one more at a time; say whether one may do so."""
        for other in reversed(self._document.sentences[max(0, sentence.index - count) : sentence.index]):
            if not may_name_somebody([token.text for token in other.tokens()], self._document.pack.grammar):
                continue
            self._add(other)
            self._names_of(other, kinds)
            if not other.is_parsed or kinds & self._kinds_named[other.index]:
                return True
        return False

    def _add(self, sentence: Sentence) -> None:
        number = self._field_of[sentence.passage.field]
        units = self._units_of[number]
        self.wanted[number].update(range(units[sentence.start], units[sentence.end - 1] + 1))

    def _called(self, noun: str, sentence: Sentence, *, is_body: bool = False, is_group: bool = False) -> None:
        near = self._field_of[sentence.passage.field], sentence.start
        for number, units in self._elsewhere.called(noun, near, is_body=is_body, is_group=is_group):
            self.wanted[number].update(units)

    def _named(self, word: str, kind: ParticipantKind | None = None) -> None:
        for number, units in self._elsewhere.named(word, kind):
            self.wanted[number].update(units)

    def _named_as(self, word: str, entity: Entity) -> None:
        """What somebody is elsewhere; who is called in full need only be looked up before: the first office counts."""
        before = self._first_places.get(entity.key) if _is_told_in_full(entity) else None
        for number, units in self._elsewhere.named(word, entity.kind, before=before):
            self.wanted[number].update(units)


def _covers(party: Party, sentence: Sentence, token: Token) -> bool:
    return party.sentence == sentence.index and party.start <= token.i < party.end


def _has_no_name(entity: Entity) -> bool:
    """Whether it is an institution that a common noun names: the article may call it by name elsewhere."""
    return entity.key.startswith("organization:")


def _is_bare(sentence: Sentence, phrase: Phrase, grammar: Grammar) -> bool:
    """Whether a noun has but an article or possessive: *die Partei*, which then may be named elsewhere."""
    before = [lower(token.text) for token in sentence.doc[max(sentence.start, phrase.start - 1) : phrase.head]]
    inside = before[1:] if phrase.start > sentence.start else before
    known = (*grammar.definite, *grammar.possessives)
    return all(word in known for word in inside) and bool(before) and (bool(inside) or before[0] in known)


def _is_told_in_full(entity: Entity) -> bool:
    """Whether a person's name has two words and an office beside it."""
    return entity.kind == "person" and " " in entity.name and entity.descriptor is not None
