"""Says which units of an article have to be parsed: those that may hold an event, then what the found ones ask for.

The first look goes over all words, by the trigger tables alone, and takes too many rather than too few. The parse of
what it takes says which are candidates and who stands beside them; what those are elsewhere called, whom *er* or *der
Minister* means and who says so is then looked for in the units where it can stand, until nothing more is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from schemas.event import ParticipantKind

from .document import Document, Entity, Group, Mention, Party, Sentence
from .elsewhere import Elsewhere, kind_of, may_be_name
from .field import Field
from .languages.cue_forms import Grammar
from .models.lemmas import lemma_of
from .parties import is_land
from .parts import part_of_noun
from .steps.answers import ANSWERS
from .steps.attending import REACH_SENTENCES as ATTENDING_REACH_SENTENCES
from .steps.coreference import LAND_LOOK_BACK_SENTENCES, LOOK_BACK_SENTENCES, PAIR_LOOK_BACK_SENTENCES
from .steps.sources import CARRY_SENTENCES, in_reported_speech
from .tokens import Token
from .verbs import verb_lemma
from .words import lower

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})

_NEVER_NAMES = frozenset({"PRON", "DET", "ADJ", "NUM"})
"""What no name is by its part of speech, unless it is one by the parse already."""

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
        for party in group.parties:
            if party.entity is not None:
                search.for_chosen(party.entity.name, party.entity.kind)
        for voice in group.voices:
            search.for_chosen(voice.name, "person" if voice.kind == "person" else "organization")
        search.for_nameless([voice.name for voice in group.voices if voice.kind == "unnamed"])
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
        self._named_persons = {
            place[0] for place, entity in document.names.items() if entity.kind in {"person", "organization"}
        }

    def for_candidate(self, mention: Mention, *, is_kept: bool) -> None:
        """What the names of its sentence are elsewhere, and whom the words beside it may mean."""
        sentence = self._document.sentences[mention.sentence]
        for token in sentence.tokens():
            entity = self._entity_at(sentence, token.i)
            if entity is None:
                if self._may_be_name(token, is_lonely=not mention.parties):
                    self._named(token.text)
            elif is_kept and any(_covers(party, sentence, token) for party in mention.parties):
                self._named(token.text, entity.kind)
        for party in mention.parties:
            self._for_party(party, is_kept=is_kept)
        self._for_what_follows(mention, sentence)

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
            if _may_hold_verb(words, [verb.split()[0] for verb in verbs], pack.language):
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
            self._nearest_before(sentence, LOOK_BACK_SENTENCES)
        elif (phrase := sentence.phrase_of(party.start)) is not None:
            head = sentence.doc[phrase.head].text
            if party.entity is not None or may_be_name(head, self._document.pack):
                self._named(head, kind_of(party.entity))
            if is_land(sentence, phrase, self._document):
                self._for_land(sentence, words[0])
            elif party.entity is None or party.entity.kind == "group" or (is_kept and _has_no_name(party.entity)):
                self._called(head, is_body=party.entity is not None and _has_no_name(party.entity))
                if re.search(self._document.pack.nouns.companies, head):
                    self._before(sentence, LOOK_BACK_SENTENCES)

    def _for_land(self, sentence: Sentence, first: str) -> None:
        """Whose land *ihr Land* is, or which was last named."""
        if first in self._document.pack.grammar.possessives:
            self._nearest_before(sentence, LOOK_BACK_SENTENCES)
        else:
            self._before(sentence, LAND_LOOK_BACK_SENTENCES)

    def for_chosen(self, name: str, kind: ParticipantKind) -> None:
        """What those are elsewhere who were taken for a party or a speaker, in whatever sentence they stand."""
        self._named(name.rsplit(maxsplit=1)[-1], kind)

    def for_nameless(self, names: Iterable[str]) -> None:
        """What an institution is called by name that speaks as *die Partei*."""
        for name in names:
            if " " not in name:
                self._called(name, is_body=True)

    def for_speakers(self, mention: Mention) -> None:
        """Who speaks in the sentences before a mention in reported speech, and who *er* is that says so."""
        document = self._document
        sentence = document.sentences[mention.sentence]
        cues, grammar = document.pack.reporting, document.pack.grammar
        if in_reported_speech(mention, document) and not mention.voices:
            self._step_back(sentence, CARRY_SENTENCES)
            self._behind(sentence)
        elif self._is_pointed_back_to(sentence):
            self._behind(sentence)
        if any(voice.kind == "unnamed" for voice in mention.voices):
            # "Der Verein bestätigte": the organisation named last.
            self._nearest_before(sentence, LOOK_BACK_SENTENCES)
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
        verbs = (*grammar.taking_part, *grammar.companion_verbs, *grammar.represented, *grammar.outcome_verbs)
        for mention in group.mentions:
            self._for_subjects(self._document.sentences[mention.sentence])
            behind = slice(mention.sentence + 1, mention.sentence + 1 + ATTENDING_REACH_SENTENCES)
            for other in self._document.sentences[behind]:
                words = [token.text for token in other.tokens()]
                tells = any(part_of_noun(word, grammar.part_nouns) for word in words) or _may_name_topic(words, grammar)
                if tells or _may_hold_verb(words, verbs, self._document.language):
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

    def _step_back(self, sentence: Sentence, count: int) -> None:
        """Go back one sentence more at a time: who speaks is mostly said in the one before."""
        for other in reversed(self._document.sentences[max(0, sentence.index - count) : sentence.index]):
            self._add(other)
            self._names_of(other)
            if not other.is_parsed:
                return

    def _names_of(self, sentence: Sentence) -> None:
        for token in sentence.tokens() if sentence.is_parsed else ():
            entity = self._entity_at(sentence, token.i)
            if entity is not None:
                self._named(token.text, entity.kind)

    def _nearest_before(self, sentence: Sentence, count: int) -> None:
        """Go back as far as a sentence that names somebody, one more at a time."""
        for other in reversed(self._document.sentences[max(0, sentence.index - count) : sentence.index]):
            self._add(other)
            self._names_of(other)
            if not other.is_parsed or other.index in self._named_persons:
                return

    def _add(self, sentence: Sentence) -> None:
        number = self._field_of[sentence.passage.field]
        units = self._units_of[number]
        self.wanted[number].update(range(units[sentence.start], units[sentence.end - 1] + 1))

    def _called(self, noun: str, *, is_body: bool = False) -> None:
        for number, units in self._elsewhere.called(noun, is_body=is_body):
            self.wanted[number].update(units)

    def _named(self, word: str, kind: ParticipantKind | None = None) -> None:
        for number, units in self._elsewhere.named(word, kind):
            self.wanted[number].update(units)


def _may_hold_verb(words: Sequence[str], verbs: Sequence[str], language: str) -> bool:
    """Whether some word may be a form of a verb, joined with its particle or apart from it."""
    present = set(map(lower, words))
    if language != "de":
        return any(word.startswith(verb[:_ENGLISH_STEM]) for word in present for verb in verbs)
    lemmas = {lemma_of(word, "VERB") for word in present}
    return any(
        verb.endswith(lemma) and verb.removesuffix(lemma) in {"", *present} for verb in verbs for lemma in lemmas
    )


def _covers(party: Party, sentence: Sentence, token: Token) -> bool:
    return party.sentence == sentence.index and party.start <= token.i < party.end


def _may_name_topic(words: Sequence[str], grammar: Grammar) -> bool:
    """``Thema war X``, ``es ging um X``: whether a sentence may say what an event was about."""
    present = set(map(lower, words))
    concerns = grammar.concerns_with in present and not present.isdisjoint(grammar.impersonal)
    return concerns or any(re.fullmatch(grammar.agenda_nouns, word) for word in words)


def _has_no_name(entity: Entity) -> bool:
    """Whether it is an institution that a common noun names: the article may call it by name elsewhere."""
    return entity.key.startswith("organization:")
