"""Names the other side of talks and offers by what is said of their outcome, their aim or their spokesman.

``Die Gespräche scheiterten. X und Y konnten sich nicht einigen``: X and Y talked. ``Verhandlungen mit Mali über einen
Beitritt zur Union``: with the union. ``Man sei bereit, sagte der Chef der Partei``: the party's chief offers too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from worker.extraction.document import Document, Entity, Group, Mention, Party
from worker.extraction.naming import attribute_of
from worker.extraction.parties import named_in, parties_of
from worker.extraction.parts import named_by_word
from worker.extraction.verbs import clause_phrases, find_subject, verb_lemma
from worker.extraction.words import holds, lower, stem_of

OUTCOME_REACH_SENTENCES = 2
"""How far behind talks it may be said who agreed or did not."""
_SHORT_STEM = 3
"""So short, a name is mostly an abbreviation, and begins half of all words: it must be a word of its own."""


def who_agreed(group: Group, document: Document) -> Iterator[Party]:
    """Give the two or more of whom a clause at or behind the talks says that they agreed, or did not."""
    grammar = document.pack.grammar
    first = min(mention.sentence for mention in group.mentions)
    for sentence in document.sentences[first : first + 1 + OUTCOME_REACH_SENTENCES]:
        for index, clause in enumerate(sentence.clauses):
            subject = find_subject(sentence, index, grammar)
            lemmas = {verb_lemma(sentence, verb, grammar) for verb in clause.verbs}
            if subject is None or not lemmas & set(grammar.outcome_verbs):
                continue
            phrases = [
                other
                for other in clause_phrases(sentence, clause)
                if grammar.prepositions.get(other.preposition or "") == "with" and other.joined_to == other.start
            ]
            found = [
                party
                for phrase in (subject, *phrases)
                for party in parties_of(sentence, phrase, function="with", document=document, rule="agreed")
                if party.entity is not None
            ]
            if len({party.entity.key for party in found if party.entity is not None}) > 1:
                yield from (replace(party, inferred=True) for party in found)
                return


def what_is_joined(mention: Mention, document: Document) -> Iterator[Party]:
    """Give the body that accession talks are held with: the one named behind *Beitritt zu*, else the article's bloc."""
    sentence, nouns = document.sentences[mention.sentence], document.pack.nouns
    for phrase in sentence.phrases:
        if not holds(nouns.accessions, sentence.doc[phrase.head].text) or phrase.start < mention.token:
            continue
        first, *rest = sentence.doc[phrase.head].text.split("-")
        joined = named_by_word(first, document) if rest else None
        if joined is not None:  # "EU-Beitritt"
            yield Party(
                "with", sentence.index, phrase.head, phrase.head + 1, "to-be-joined-in-word", joined, inferred=True
            )
            return
        for other in (attribute_of(sentence, phrase), *(each for each in sentence.phrases if each.start > phrase.end)):
            named = named_in(sentence, other, document) if other is not None and other.start - phrase.end <= 2 else None
            if named is not None and named[2].kind == "organization":
                yield Party("with", sentence.index, named[0], named[1], "to-be-joined", named[2], inferred=True)
                return
    parts = (sentence.doc[mention.token - 1].text if mention.token else "", sentence.doc[mention.token].text)
    if any(holds(nouns.accession_talks, part) for part in parts):
        bloc = _bloc(document)
        if bloc is not None:
            yield Party(
                "with", sentence.index, mention.token, mention.token + 1, "accession-to-bloc", bloc, inferred=True
            )


def _bloc(document: Document) -> Entity | None:
    """Give the bloc of countries that the article names most, by its abbreviation alone or before a hyphen."""
    blocs = document.pack.countries.blocs
    most = document.names.kept("blocs", lambda: _blocs_named(document)).most_common(1)
    if not most:
        return None
    names = {most[0][0], blocs[most[0][0]]}
    named = (entity for entity in document.names.values() if entity.name in names)
    return next(named, Entity(most[0][0], most[0][0], "organization"))


def _blocs_named(document: Document) -> Counter[str]:
    words = (token.text.split("-")[0] for sentence in document.sentences for token in sentence.tokens())
    return Counter(word for word in words if word in document.pack.countries.blocs)


def who_speaks_for(mention: Mention, makers: list[Entity], document: Document) -> Iterator[Party]:
    """Give the speaker who declares what the own country or party offers."""
    for voice in mention.voices:
        if voice.kind != "person":
            continue
        person = next((each.entity for each in document.names.called(voice.name)), None)
        if person is None or person.kind != "person":
            continue
        if any(_belongs_to(person, maker) for maker in makers):
            yield Party(
                "subject", mention.sentence, mention.token, mention.token + 1, "speaks-for", person, inferred=True
            )


def _belongs_to(person: Entity, maker: Entity) -> bool:
    if maker.kind == "country":
        return person.country is not None and person.country == maker.country
    stem = stem_of(maker.name.split()[-1])
    end = "" if len(stem) > _SHORT_STEM else r"\b"
    return maker.kind == "organization" and bool(
        re.search(rf"\b{re.escape(stem)}{end}", lower(person.descriptor or ""))
    )
