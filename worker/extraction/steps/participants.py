"""Fills each candidate's functions: who stands beside the trigger, and how.

A noun's parties stand in front of it (possessive, adjective, compound), behind it (genitive, *mit*, *zwischen*) and in
its clause (subject of its light verb); a verb's parties stand in its clause. Surface order and prepositions are read
first, the parse where it helps, so that a wrong parse costs little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from worker.extraction.document import Document, Mention, Party, Phrase, Sentence
from worker.extraction.languages.trigger_forms import Function
from worker.extraction.mood import is_negated
from worker.extraction.nominal import before_noun, behind_noun, partner_behind, stands_aside
from worker.extraction.parties import named_in, parties_of, party_of
from worker.extraction.parts import parts_said
from worker.extraction.valency import is_bare_dative, split_pair
from worker.extraction.verbs import (
    clause_phrases,
    find_indirect,
    find_object,
    find_subject,
    is_passive,
    main_verb,
    verb_lemma,
)
from worker.extraction.words import lower

_NOUNS_ONLY: frozenset[Function] = frozenset({"genitive", "by", "at"})
"""Functions whose prepositions say too little in a clause at large."""


def find_participants(document: Document) -> Document:
    """Add to each candidate the parties around it."""
    return replace(document, mentions=tuple(_with_parties(mention, document) for mention in document.mentions))


def _with_parties(mention: Mention, document: Document) -> Mention:
    sentence = document.sentences[mention.sentence]
    if mention.pos == "noun":
        found = list(_of_noun(mention, sentence, document))
    elif mention.clause is not None:
        found = list(_of_clause(mention, sentence, mention.clause, document))
    else:
        found = []
    if mention.pos == "noun":
        found.extend(parts_said(mention, sentence, document))
    if mention.is_offer and mention.clause is not None:
        found.extend(_of_infinitive(mention, sentence, found, document))
    return replace(mention, parties=_unique(found))


def _unique(parties: list[Party]) -> tuple[Party, ...]:
    """Keep the first party of each place in the text."""
    found: dict[tuple[int, int], Party] = {}
    for party in parties:
        found.setdefault((party.sentence, party.start), party)
    return tuple(found.values())


def _of_noun(mention: Mention, sentence: Sentence, document: Document) -> Iterator[Party]:
    near = [*before_noun(mention, sentence, document), *behind_noun(mention, sentence, document)]
    if _is_visited(mention, sentence, document):
        near = [replace(party, function="object") if party.function == "genitive" else party for party in near]
    yield from near
    if mention.clause is not None and (mention.is_offer or not stands_aside(mention, sentence, document)):
        yield from _around_noun(mention, sentence, {party.function for party in near}, document)


def _around_noun(mention: Mention, sentence: Sentence, have: set[Function], document: Document) -> Iterator[Party]:
    """Parties in the noun's clause: the subject of its light verb, *mit* before the verb, who takes part."""
    grammar, cues = document.pack.grammar, document.pack.factuality
    index = mention.clause or 0
    phrase = sentence.phrase_of(mention.token)
    verb = verb_lemma(sentence, mention.governor, grammar) if mention.governor is not None else ""
    happens = verb in (*cues.happening, *grammar.attendance_verbs) or verb in mention.trigger.verbs
    subject = find_subject(sentence, index, grammar)
    is_subject = phrase is not None and subject is not None and subject.start == phrase.start
    if verb in grammar.attendance_verbs and is_negated(sentence, sentence.clauses[index], cues):
        return  # "soll nicht an den Gesprächen teilnehmen"
    if happens and "between" not in have:
        yield from _with_before_verb(sentence, index, verb, document)
    if not have & {"between", "with"}:
        yield from _between_before(mention, sentence, index, document)
    phases = verb in grammar.phase_verbs
    if (
        is_subject
        and (happens or phases or mention.is_offer)
        and is_passive(sentence, sentence.clauses[index], grammar)
    ):
        yield from _by_agent(sentence, index, document)
    if phrase is None or is_subject:
        return
    if mention.is_offer:
        yield from _offer_frame(mention, sentence, subject, document)
    elif _is_away_on(mention, phrase, verb, document):
        if subject is not None:
            yield from parties_of(sentence, subject, function="subject", document=document, rule=f"subject-of-{verb}")
    elif (read := _asking(mention, phrase, verb, document)) is not None:
        yield from read(index, sentence, subject, document)
    else:
        yield from _light_verb(mention, sentence, (phrase, subject), have, document=document, happens=happens or phases)


def _is_visited(mention: Mention, sentence: Sentence, document: Document) -> bool:
    """``X ist zu einem Besuch der Truppen in Mali``: who has the subject for a visitor is visited."""
    grammar = document.pack.grammar
    phrase = sentence.phrase_of(mention.token)
    if phrase is None or mention.clause is None or mention.governor is None:
        return False
    verb = verb_lemma(sentence, mention.governor, grammar)
    return _is_away_on(mention, phrase, verb, document) and find_subject(sentence, mention.clause, grammar) is not None


def _is_away_on(mention: Mention, phrase: Phrase, verb: str, document: Document) -> bool:
    """``befindet sich zu einem Besuch der Truppen in Mali``: the subject is the visitor, whatever hangs on the noun."""
    grammar = document.pack.grammar
    frames = (*grammar.frame_verbs, *grammar.motion_verbs)
    return mention.trigger.manner == "visit" and verb in frames and phrase.preposition in grammar.frame_prepositions


def _between_before(mention: Mention, sentence: Sentence, index: int, document: Document) -> Iterator[Party]:
    """``Zwischen X und Y gibt es Verhandlungen``: in front of the noun, in its clause."""
    prepositions = document.pack.grammar.prepositions
    for other in clause_phrases(sentence, sentence.clauses[index]):
        is_between = other.preposition is not None and prepositions.get(other.preposition) == "between"
        if is_between and other.joined_to == other.start and other.start < mention.token:
            yield from parties_of(sentence, other, function="between", document=document, rule="between-in-clause")


def _with_before_verb(sentence: Sentence, index: int, verb: str, document: Document) -> Iterator[Party]:
    """``führte mit X Gespräche``; with a verb of taking part, who comes along."""
    grammar = document.pack.grammar
    function: Function = "attends" if verb in grammar.attendance_verbs else "with"
    for other in clause_phrases(sentence, sentence.clauses[index]):
        is_with = other.preposition is not None and grammar.prepositions.get(other.preposition) == "with"
        is_with = is_with or (function == "attends" and other.preposition in grammar.company_prepositions)
        if is_with and other.joined_to == other.start:
            yield from parties_of(sentence, other, function=function, document=document, rule="with-in-clause")


def _light_verb(
    mention: Mention,
    sentence: Sentence,
    phrases: tuple[Phrase, Phrase | None],
    have: set[Function],
    *,
    document: Document,
    happens: bool,
) -> Iterator[Party]:
    """``X stattete Y einen Besuch ab``: subject and dative of a verb that only says that it takes place."""
    grammar = document.pack.grammar
    phrase, subject = phrases
    verb = verb_lemma(sentence, mention.governor, grammar) if mention.governor is not None else ""
    is_object = happens and phrase.preposition is None
    guest = find_indirect(sentence, mention.clause or 0, grammar) if is_object else None
    if guest is not None and guest.start != phrase.start:
        yield from parties_of(sentence, guest, function="indirect", document=document, rule=f"dative-of-{verb}")
    function = _subject_function(mention, phrase, verb, have, document)
    if function is None and is_object and not _is_closed(have):
        function = "subject"
    if subject is not None and function is not None:
        yield from parties_of(sentence, subject, function=function, document=document, rule=f"subject-of-{verb}")


def _asking(
    mention: Mention, phrase: Phrase, verb: str, document: Document
) -> Callable[[int, Sentence, Phrase | None, Document], Iterator[Party]] | None:
    """Say how the parties of a verb are read that invites to an event or asks for it; None for another verb."""
    grammar = document.pack.grammar
    if verb in grammar.invitations and phrase.preposition is not None:
        return _invited
    asks = verb in grammar.requests and phrase.preposition in document.pack.factuality.prepositions.get("requested", ())
    # "bat den Papst um ein Treffen mit X": who mediates is no party.
    among_others = partner_behind(phrase, document.sentences[mention.sentence], grammar) is not None
    return _asked_for if asks and not among_others and mention.trigger.manner != "mediation" else None


def _asked_for(index: int, sentence: Sentence, subject: Phrase | None, document: Document) -> Iterator[Party]:
    """``X bat Y um ein Gespräch``: one asks the other to talk with them."""
    asked = find_object(sentence, index, document.pack.grammar)
    if subject is None or asked is None or is_passive(sentence, sentence.clauses[index], document.pack.grammar):
        return
    yield from parties_of(sentence, subject, function="subject", document=document, rule="asks-for")
    yield from parties_of(sentence, asked, function="with", document=document, rule="is-asked-for")


def _invited(index: int, sentence: Sentence, subject: Phrase | None, document: Document) -> Iterator[Party]:
    """``X lädt Y zu einem Besuch ein``: X is the host, Y the guest; who is not invited is nothing to it."""
    grammar = document.pack.grammar
    clause = sentence.clauses[index]
    if is_negated(sentence, clause, document.pack.factuality):
        return
    if is_passive(sentence, clause, grammar):
        if subject is not None:
            yield from parties_of(sentence, subject, function="attends", document=document, rule="is-invited")
        yield from _by_agent(sentence, index, document, function="hosts")
        return
    if subject is not None:
        yield from parties_of(sentence, subject, function="hosts", document=document, rule="invites")
    guest = find_object(sentence, index, grammar) or find_indirect(sentence, index, grammar)
    if guest is not None:
        yield from parties_of(sentence, guest, function="attends", document=document, rule="is-invited")


def _is_closed(have: set[Function]) -> bool:
    """Whether the parties beside the noun leave no room for the clause's subject."""
    return bool(have & {"between", "genitive", "possessive"})


def _subject_function(
    mention: Mention, phrase: Phrase, verb: str, have: set[Function], document: Document
) -> Function | None:
    """Say what the clause's subject is to a noun that is not it: a party to it, one who attends, or nothing."""
    grammar = document.pack.grammar
    if verb in grammar.attendance_verbs and phrase.preposition in grammar.attendance_prepositions:
        return "attends"
    if _is_closed(have):
        return None
    if phrase.preposition is None:
        return "subject" if "with" in have else None
    if mention.trigger.manner in {"visit", "phone"}:
        return "subject"
    if verb in (*grammar.frame_verbs, *grammar.motion_verbs) and phrase.preposition in grammar.frame_prepositions:
        return "subject"
    return "subject" if "with" in have and phrase.preposition not in grammar.topic_only else None


def _offer_frame(mention: Mention, sentence: Sentence, subject: Phrase | None, document: Document) -> Iterator[Party]:
    grammar = document.pack.grammar
    clause = sentence.clauses[mention.clause or 0]
    verb = verb_lemma(sentence, mention.governor, grammar) if mention.governor is not None else ""
    stages = document.pack.factuality.stages
    if is_passive(sentence, clause, grammar):
        yield from _by_agent(sentence, mention.clause or 0, document)
    elif subject is not None and verb in (
        *stages.get("accepted", ()),
        *stages.get("rejected", ()),
        *(grammar.receiving_verbs if not _weighs_making_one(mention, verb, document) else ()),
    ):
        yield from parties_of(sentence, subject, function="indirect", document=document, rule=f"subject-of-{verb}")
    elif subject is not None and _makes_offer(mention, sentence, verb, document):
        yield from parties_of(sentence, subject, function="subject", document=document, rule="subject-of-offer-frame")
    indirect = find_indirect(sentence, mention.clause or 0, grammar)
    if indirect is not None:
        yield from parties_of(sentence, indirect, function="indirect", document=document, rule="dative-in-offer-frame")


def _weighs_making_one(mention: Mention, verb: str, document: Document) -> bool:
    """``is considering an offer``: to make one; ``is considering the offer``: one that was received."""
    return not mention.is_definite and verb in document.pack.factuality.attitudes.get("possible", ())


def _makes_offer(mention: Mention, sentence: Sentence, verb: str, document: Document) -> bool:
    """Whether the subject of a verb beside an offer makes it: not who demands it, calls it too low or reacts to it."""
    cues = document.pack.factuality
    phrase = sentence.phrase_of(mention.token)
    if phrase is not None and phrase.preposition is not None and verb not in mention.trigger.verbs:
        return verb in cues.happening
    changes = (*cues.stages.get("renewed", ()), *cues.stages.get("withdrawn", ()))
    makes = verb in (*cues.happening, *mention.trigger.verbs, *changes, *document.pack.grammar.offering_verbs)
    return makes or not (mention.is_definite or verb in cues.demands)


def _of_clause(mention: Mention, sentence: Sentence, index: int, document: Document) -> Iterator[Party]:
    grammar = document.pack.grammar
    passive = is_passive(sentence, sentence.clauses[index], grammar)
    subject = find_subject(sentence, index, grammar)
    if subject is not None:
        function: Function = "object" if passive else "subject"
        pair = split_pair(mention, sentence, (index, subject), document)
        yield from pair or parties_of(sentence, subject, function=function, document=document, rule="subject-of-verb")
    if passive:
        yield from _by_agent(sentence, index, document)
    thing = find_object(sentence, index, grammar)
    if mention.is_offer and thing is not None and is_bare_dative(sentence, thing, document):
        yield from parties_of(sentence, thing, function="indirect", document=document, rule="bare-name-in-offer")
        thing = None
    for found, name in (
        (find_indirect(sentence, index, grammar), "indirect"),
        (thing, "object"),
    ):
        if found is not None and (subject is None or found.start != subject.start):
            function = "indirect" if name == "indirect" else "object"
            yield from parties_of(sentence, found, function=function, document=document, rule=f"{name}-of-verb")
    yield from _prepositional(mention, sentence, index, document)
    if mention.is_offer and find_indirect(sentence, index, grammar) is None:
        yield from _ambiguous_dative(sentence, index, document)
        yield from _run_together(sentence, index, document)


def _ambiguous_dative(sentence: Sentence, index: int, document: Document) -> Iterator[Party]:
    """``haben Firmen der Stadt Hilfe angeboten``: genitive or dative by form, dative by the verb."""
    for phrase in clause_phrases(sentence, sentence.clauses[index]):
        first = lower(sentence.doc[phrase.start].text)
        if phrase.genitive and first in document.pack.grammar.dative_feminine:
            yield from parties_of(sentence, phrase, function="indirect", document=document, rule="ambiguous-dative")
            return


def _run_together(sentence: Sentence, index: int, document: Document) -> Iterator[Party]:
    """``offered Turkey aid``: the pipeline may take the two objects for one."""
    thing = find_object(sentence, index, document.pack.grammar)
    if thing is None or document.pack.grammar.capitalised_nouns:
        return
    for named in document.names.in_sentence(sentence.index):
        (_, start, end), entity = named.place, named.entity
        opens = start == thing.start and end <= thing.head
        is_before = end == thing.start and sentence.doc[end - 1].dep_ == "compound"
        if (opens or is_before) and entity.kind != "place":
            yield Party("indirect", sentence.index, start, end, "first-of-two-objects", entity)


def _by_agent(sentence: Sentence, index: int, document: Document, *, function: Function = "by") -> Iterator[Party]:
    for phrase in clause_phrases(sentence, sentence.clauses[index]):
        if phrase.preposition in document.pack.grammar.agent_prepositions and phrase.joined_to == phrase.start:
            yield from parties_of(sentence, phrase, function=function, document=document, rule="agent-of-passive")


def _prepositional(mention: Mention, sentence: Sentence, index: int, document: Document) -> Iterator[Party]:
    for phrase in clause_phrases(sentence, sentence.clauses[index]):
        if phrase.preposition is None or phrase.joined_to != phrase.start:
            continue
        function = document.pack.grammar.prepositions.get(phrase.preposition)
        if function is None or function in _NOUNS_ONLY or (function == "mediated" and mention.is_offer):
            continue
        if _belongs_to_topic(sentence, phrase, document):
            continue
        rule = f"{phrase.preposition}-in-clause"
        yield from parties_of(sentence, phrase, function=function, document=document, rule=rule)


def _belongs_to_topic(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    """``spricht über eine Koalition mit den Grünen``: the party is the topic's, not the speaker's."""
    before = next((other for other in sentence.phrases if phrase.start - other.end == 1), None)
    grammar = document.pack.grammar
    prepositions = (*grammar.topic_prepositions, *grammar.topic_only, *grammar.nested_prepositions)
    if before is None or before.preposition not in prepositions:
        return False
    head = sentence.doc[before.head]
    return head.pos_ == "NOUN" and lower(head.text) not in grammar.time_nouns


def _of_infinitive(mention: Mention, sentence: Sentence, have: list[Party], document: Document) -> Iterator[Party]:
    """Whom an offer is made to may stand in what is offered: *bereit, mit X zu verhandeln*."""
    if any(party.function in {"indirect", "to"} for party in have):
        return
    grammar = document.pack.grammar
    for index, clause in enumerate(sentence.clauses):
        if clause.parent != mention.clause or clause.kind != "infinitive":
            continue
        indirect = find_indirect(sentence, index, grammar)
        if indirect is not None:
            yield from parties_of(
                sentence, indirect, function="indirect", document=document, rule="dative-in-infinitive"
            )
        yield from _taken_over(sentence, index, document)
        for phrase in clause_phrases(sentence, clause):
            if phrase.preposition and grammar.prepositions.get(phrase.preposition) == "with":
                party = party_of(sentence, phrase, function="with", document=document, rule="with-in-infinitive")
                if party is not None:
                    yield party


def _taken_over(sentence: Sentence, index: int, document: Document) -> Iterator[Party]:
    """``its offer to acquire X``: an offer to take a firm over is made to it."""
    grammar = document.pack.grammar
    verb = main_verb(sentence, sentence.clauses[index])
    thing = find_object(sentence, index, grammar)
    if verb is None or thing is None or verb_lemma(sentence, verb, grammar) not in document.pack.nouns.takeovers:
        return
    named = named_in(sentence, thing, document)
    if named is not None and named[2].kind == "organization":
        yield Party("for", sentence.index, named[0], named[1], "taken-over", named[2])


def is_impersonal(sentence: Sentence, index: int, document: Document) -> bool:
    """Whether a clause's subject is *man*, *es* or the like."""
    return any(
        lower(sentence.doc[position].text) in document.pack.grammar.impersonal
        for position in sentence.clauses[index].tokens
    )
