"""The verb complex of a clause: particle, lexical verb, modal, tense, and who does it to whom."""

from __future__ import annotations

import re

from .document import Clause, Phrase, Sentence
from .languages.cue_forms import Grammar
from .structure import once
from .tokens import Token
from .words import has_case, is_nominal, is_plural, is_verbal, lower

_RELATIVE = "acl:relcl"
_OBJECTS = frozenset({"obj", "iobj", "obl:arg"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})


_SAME_PARTICIPLE = re.compile(r"(?:be|emp|ent|er|ge|ver|zer)[a-zäöüß]+en")
"""German verbs with such a prefix may have one form for infinitive and participle."""


@once
def find_particle(sentence: Sentence, verb: int, grammar: Grammar) -> str | None:
    """Find the particle that stands apart from its verb: by the parse, else the clause's last word."""
    token = sentence.doc[verb]
    for child in token.children:
        if child.dep_ == "compound:prt" and lower(child.text) in grammar.particles:
            return lower(child.text)
    if grammar.particle_order == "after":
        return None
    index = sentence.clause_of(verb)
    if index is None or sentence.clauses[index].finite != verb:
        return None
    words = (sentence.doc[position] for position in reversed(sentence.clauses[index].tokens))
    last = next((word for word in words if not word.is_punct), token)
    is_particle = (
        last.i != verb and not is_nominal(last) and not is_verbal(last) and lower(last.text) in grammar.particles
    )
    return lower(last.text) if is_particle else None


@once
def verb_lemma(sentence: Sentence, verb: int, grammar: Grammar) -> str:
    """Give a verb's lemma with its particle: ``anbieten``, ``call off``."""
    token = sentence.doc[verb]
    particle = find_particle(sentence, verb, grammar)
    lemma = lower(token.lemma_)
    if particle is None or lemma.startswith(particle):
        return lemma
    return particle + lemma if grammar.particle_order == "before" else f"{lemma} {particle}"


def find_governor(sentence: Sentence, token: int, grammar: Grammar) -> int | None:
    """Find the lexical verb that a noun belongs to: up the parse, else the last verb of its clause."""
    index = sentence.clause_of(token)
    clause = sentence.clauses[index] if index is not None else None
    above = sentence.doc[token]
    for _ in range(6):
        if above.head.i == above.i:
            break
        above = above.head
        if is_verbal(above) and (clause is None or above.i in clause.tokens):
            return main_verb(sentence, clause) if _is_auxiliary(above, grammar) and clause else above.i
    return main_verb(sentence, clause) if clause else None


def _is_auxiliary(token: Token, grammar: Grammar) -> bool:
    return token.pos_ == "AUX" or lower(token.lemma_) in (*grammar.haves, *grammar.passives)


@once
def main_verb(sentence: Sentence, clause: Clause) -> int | None:
    """Give the clause's lexical verb: the last that is no auxiliary, else the finite one."""
    lexical = [verb for verb in clause.verbs if sentence.doc[verb].pos_ == "VERB"]
    if lexical:
        return lexical[-1]
    return clause.finite if clause.finite is not None else (clause.verbs[-1] if clause.verbs else None)


@once
def is_passive(sentence: Sentence, clause: Clause, grammar: Grammar) -> bool:
    """Whether the clause's verb complex is a passive."""
    tokens = [sentence.doc[position] for position in clause.verbs]
    if grammar.particle_order == "after":
        return any(token.dep_ == "aux:pass" for token in tokens)
    # German: only werden makes a passive of events; the pipeline also calls "waren zusammengetroffen" one.
    if not any(lower(token.lemma_) in grammar.passives for token in tokens):
        return False
    participle = any("Part" in token.morph.get("VerbForm", []) for token in tokens)
    return participle or _has_hidden_participle(sentence, clause, tokens, grammar)


def _has_hidden_participle(sentence: Sentence, clause: Clause, tokens: list[Token], grammar: Grammar) -> bool:
    """``wird von X empfangen``: a participle that looks like the infinitive, told by its agent."""
    agents = [phrase for phrase in clause_phrases(sentence, clause) if phrase.preposition in grammar.agent_prepositions]
    objects = [phrase for phrase in clause_phrases(sentence, clause) if _dep_of(sentence, phrase) == "obj"]
    same_form = any(_SAME_PARTICIPLE.fullmatch(token.text) for token in tokens)
    return same_form and bool(agents) and not objects


@once
def clause_phrases(sentence: Sentence, clause: Clause) -> tuple[Phrase, ...]:
    """List the noun phrases whose head stands in a clause, in text order."""
    inside = set(clause.tokens)
    return tuple(phrase for phrase in sentence.phrases if phrase.head in inside and not phrase.in_brackets)


@once
def find_subject(sentence: Sentence, index: int, grammar: Grammar) -> Phrase | None:
    """Find the subject of a clause: its own, else that of the clause it leans on.

    A relative pronoun stands for the phrase before its clause; an infinitive has the subject (or, for verbs such as
    *bitten*, the object) of the clause above.
    """
    return _subject_of(sentence, index, grammar, depth=0)


def _subject_of(sentence: Sentence, index: int, grammar: Grammar, *, depth: int) -> Phrase | None:
    clause = sentence.clauses[index]
    own = _own_subject(sentence, clause, grammar) if clause.kind != "infinitive" else None
    if own is not None or depth > 4:
        return own
    if clause.kind == "relative":
        return antecedent(sentence, clause)
    leans = clause.kind == "infinitive" or (clause.mark in grammar.conjunctions)
    if clause.parent is None or not leans:
        return None
    above = sentence.clauses[clause.parent]
    verb = main_verb(sentence, above)
    if clause.kind == "infinitive" and verb is not None:
        lemma = verb_lemma(sentence, verb, grammar)
        if lemma in grammar.object_control and not is_passive(sentence, above, grammar):
            return (
                find_object(sentence, clause.parent, grammar)
                or find_indirect(sentence, clause.parent, grammar)
                or _addressed(sentence, above, grammar)
            )
    return _subject_of(sentence, clause.parent, grammar, depth=depth + 1)


def _opening_subject(sentence: Sentence, clause: Clause, grammar: Grammar) -> Phrase | None:
    """``flog nach Rom und Macron traf X``: what stands between *und* and the verb is no second goal of the journey."""
    if clause.mark not in grammar.conjunctions:
        return None
    words = [place for place in clause.tokens if lower(sentence.doc[place].text) != clause.mark]
    verb = next((place for place in words if place in clause.verbs), None)
    phrases = (phrase for phrase in clause_phrases(sentence, clause) if words and phrase.start == words[0])
    # Read as one list with the goal, it has its preposition.
    bare = (phrase for phrase in phrases if phrase.preposition is None or phrase.joined_to != phrase.start)
    first = next((phrase for phrase in bare if phrase.end == verb), None)
    is_time = first is not None and lower(sentence.doc[first.head].text) in grammar.time_nouns
    return None if is_time else first


def shares_subject(sentence: Sentence, clause: Clause, grammar: Grammar) -> bool:
    """``flog nach Rom und traf den Kanzler``: whether a clause joined to another has no subject of its own."""
    if clause.parent is None or clause.mark not in grammar.conjunctions:
        return False
    subject = find_subject(sentence, sentence.clauses.index(clause), grammar)
    return subject is not None and subject.start not in clause.tokens


def _addressed(sentence: Sentence, clause: Clause, grammar: Grammar) -> Phrase | None:
    """``appelliert an X, ... zu``, ``calls on X to``."""
    phrases = clause_phrases(sentence, clause)
    return next((phrase for phrase in phrases if phrase.preposition in grammar.control_prepositions), None)


@once
def _own_subject(sentence: Sentence, clause: Clause, grammar: Grammar) -> Phrase | None:
    if clause.kind == "infinitive" and grammar.clauses == "commas":
        return None  # a German infinitive has none: the parse may take a dative for it
    if clause.finite is not None and clause.finite not in clause.tokens:
        return None  # what shares its auxiliary with the clause before shares its subject too
    every = clause_phrases(sentence, clause)
    opening = _opening_subject(sentence, clause, grammar)
    if opening is not None:
        return opening
    phrases = [phrase for phrase in every if _may_be_subject(sentence, phrase, grammar)]
    for phrase in every:
        first = next((other for other in phrases if other.start == phrase.joined_to), None)
        for position in range(phrase.start, phrase.end):
            token = sentence.doc[position]
            if first is not None and token.dep_ in _SUBJECTS and token.head.i in clause.tokens:
                return _agreeing_instead(sentence, clause, first, phrases, grammar) or first
    if grammar.particle_order == "after" or clause.finite is None:
        return None
    if clause.mark in grammar.conjunctions:
        # "flog nach Rom und traf den Kanzler": the subject is that of the first; an object behind the verb stays one.
        finite_at = clause.finite
        phrases = [
            phrase for phrase in phrases if phrase.start < finite_at or _dep_of(sentence, phrase) not in _OBJECTS
        ]
    finite = sentence.doc[clause.finite]
    agreeing = [phrase for phrase in phrases if _agrees(sentence.doc[phrase.head], finite, phrase, sentence)]
    sure = [phrase for phrase in agreeing if has_case(sentence.doc[phrase.head], "Nom")]
    return next(iter(sure or agreeing), None)


def _agreeing_instead(
    sentence: Sentence, clause: Clause, subject: Phrase, phrases: list[Phrase], grammar: Grammar
) -> Phrase | None:
    """``Hilfe haben auch Japan und Polen angeboten``: a single thing is no subject of a plural verb, a list is."""
    if grammar.particle_order == "after" or clause.finite is None:
        return None
    finite = sentence.doc[clause.finite]
    head = sentence.doc[subject.head]
    is_many = is_plural(head) or _is_listed(sentence, subject)
    if "Plur" not in finite.morph.get("Number", []) or is_many or head.pos_ != "NOUN":
        return None
    return next((other for other in phrases if other != subject and _is_listed(sentence, other)), None)


def _is_listed(sentence: Sentence, phrase: Phrase) -> bool:
    return any(other.joined_to == phrase.start and other.start != phrase.start for other in sentence.phrases)


def _agrees(head: Token, finite: Token, phrase: Phrase, sentence: Sentence) -> bool:
    plural = "Plur" in finite.morph.get("Number", [])
    coordinated = _is_listed(sentence, phrase)
    noun = None if head.ent_type_ == "PER" else is_plural(head)
    return plural == coordinated if noun is None else (plural == noun or (plural and coordinated))


def _determiner(sentence: Sentence, phrase: Phrase) -> Token:
    """Give the word that opens a phrase: before an extended attribute (``den in Oslo stationierten Truppen``) too."""
    first, head = sentence.doc[phrase.start], sentence.doc[phrase.head]
    if first.pos_ in {"DET", "PRON"} or phrase.start == phrase.head:
        return first
    return next((child for child in head.lefts if child.dep_ == "det" and child.i >= sentence.start), first)


def _may_be_subject(sentence: Sentence, phrase: Phrase, grammar: Grammar) -> bool:
    if phrase.preposition is not None or phrase.genitive or phrase.joined_to != phrase.start:
        return False
    if _is_compared(sentence, phrase, grammar) or (grammar.capitalised_nouns and _is_set_off(sentence, phrase)):
        return False
    head = sentence.doc[phrase.head]
    first = lower(_determiner(sentence, phrase).text)
    if lower(head.lemma_) in grammar.time_nouns or lower(head.text) in grammar.time_nouns:
        return False
    if _is_feminine_dative(sentence, phrase, grammar) or _has_far_preposition(sentence, phrase):
        return False
    return first not in grammar.not_nominative or (first == "den" and head.dep_ in _SUBJECTS)


def _has_far_preposition(sentence: Sentence, phrase: Phrase) -> bool:
    """``um die in Rom inhaftierte Journalistin``: the parse sees the preposition before what tells more of the noun."""
    return any(
        child.dep_ == "case" and child.pos_ == "ADP" and child.i < phrase.start - 1
        for position in range(phrase.start, phrase.end)
        for child in sentence.doc[position].lefts
    )


def _is_compared(sentence: Sentence, phrase: Phrase, grammar: Grammar) -> bool:
    """``als Vermittler``, ``wie sein Kollege``: says in what capacity, or like whom; not *mehr als zehn*."""
    before = sentence.doc[phrase.start - 1] if phrase.start > sentence.start else None
    if before is None or lower(before.text) not in grammar.comparing_words:
        return False
    if any(clause.mark == lower(before.text) and clause.tokens[0] == before.i for clause in sentence.clauses):
        return False  # "wie ein Sprecher mitteilte"
    compared = sentence.doc[before.i - 1] if before.i > sentence.start else None
    return compared is None or ("Cmp" not in compared.morph.get("Degree", []) and compared.pos_ not in {"ADV", "DET"})


def _is_feminine_dative(sentence: Sentence, phrase: Phrase, grammar: Grammar) -> bool:
    """``der Kanzlerin``, ``der Türkei``: the article of the masculine nominative before a feminine noun or name.

    Names of countries with an article are feminine but for a few (``der Iran``), which the language pack lists.
    """
    first, head = sentence.doc[phrase.start], sentence.doc[phrase.head]
    if lower(first.text) not in grammar.dative_feminine or is_plural(head) or head.ent_type_ == "PER":
        return False
    # "Der Türkei wurde Hilfe angeboten" is too often parsed as a subject; a compound ("Der Volta-Konzern") is not.
    if "-" in head.text and head.dep_ in _SUBJECTS and has_case(first, "Nom"):
        return False
    if head.pos_ == "PROPN" or head.ent_type_ in {"LOC", "ORG"}:
        return head.text not in grammar.masculine_names and phrase.end - phrase.start == 2
    return "Fem" in head.morph.get("Gender", []) and not has_case(first, "Nom")


def antecedent(sentence: Sentence, clause: Clause) -> Phrase | None:
    """Find the phrase that a relative clause belongs to: by the parse, else the last before it."""
    heads = [sentence.doc[verb].head for verb in clause.verbs if sentence.doc[verb].dep_ == _RELATIVE]
    by_parse = sentence.phrase_of(heads[0].i) if heads and heads[0].i < clause.tokens[0] else None
    if by_parse is not None:
        return by_parse
    before = [phrase for phrase in sentence.phrases if phrase.end <= clause.tokens[0]]
    return before[-1] if before else None


@once
def find_object(sentence: Sentence, index: int, grammar: Grammar) -> Phrase | None:
    """Find the direct object of a clause."""
    clause = sentence.clauses[index]
    subject = _own_subject(sentence, clause, grammar)
    phrases = _bare_phrases(sentence, clause, subject, grammar)
    by_parse = [phrase for phrase in phrases if _dep_of(sentence, phrase) in {"obj", "dobj"}]
    if grammar.particle_order == "after":
        return by_parse[-1] if _are_two_objects(sentence, by_parse) else next(iter(by_parse), None)
    if by_parse:
        return by_parse[0]
    return next((phrase for phrase in phrases if not _is_dative(sentence, phrase, grammar)), None)


def _are_two_objects(sentence: Sentence, objects: list[Phrase]) -> bool:
    """``pledged Ukraine $5 million``: of two objects of one verb the first is whom it is for, whatever it is called."""
    if len(objects) != 2:
        return False
    verbs = {_head_outside(sentence, phrase) for phrase in objects}
    between = [token for token in sentence.doc[objects[0].end : objects[1].start] if not token.is_space]
    return len(verbs) == 1 and not any(token.is_punct for token in between)


def _head_outside(sentence: Sentence, phrase: Phrase) -> int:
    """Give the word that a phrase hangs on."""
    heads = [sentence.doc[position].head.i for position in range(phrase.start, phrase.end)]
    return next((head for head in heads if not phrase.start <= head < phrase.end), phrase.head)


@once
def find_indirect(sentence: Sentence, index: int, grammar: Grammar) -> Phrase | None:
    """Find the indirect object of a clause: a dative without preposition."""
    clause = sentence.clauses[index]
    subject = _own_subject(sentence, clause, grammar)
    phrases = _bare_phrases(sentence, clause, subject, grammar)
    marked = [phrase for phrase in phrases if _is_dative(sentence, phrase, grammar)]
    if marked and grammar.particle_order == "before":
        return marked[0]
    by_parse = next((phrase for phrase in phrases if _dep_of(sentence, phrase) in {"iobj", "obl:arg"}), None)
    objects = [phrase for phrase in phrases if _dep_of(sentence, phrase) in {"obj", "dobj"}]
    if by_parse is None and grammar.particle_order == "after" and _are_two_objects(sentence, objects):
        return objects[0]
    if by_parse is not None or grammar.particle_order == "after" or len(phrases) < 2:
        return by_parse
    # Beside subject and object a bare name can only be the dative: "hat Meier einen Besuch abgestattet".
    return next((phrase for phrase in phrases if sentence.doc[phrase.head].pos_ == "PROPN"), None)


def _bare_phrases(sentence: Sentence, clause: Clause, subject: Phrase | None, grammar: Grammar) -> list[Phrase]:
    """List the phrases that may be objects: without preposition, not the subject, not a time (*11. September*)."""
    return [
        phrase
        for phrase in clause_phrases(sentence, clause)
        if phrase.preposition is None
        and not phrase.genitive
        and phrase.joined_to == phrase.start
        and lower(sentence.doc[phrase.head].text) not in grammar.time_nouns
        and (subject is None or phrase.start != subject.start)
        and not _is_set_off(sentence, phrase)
    ]


def _is_set_off(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase behind a comma only names what stands before it: *mit dem Leiter, Jan Beispiel, treffen*."""
    doc = sentence.doc
    if phrase.start == sentence.start or doc[phrase.start - 1].text != ",":
        return False
    return any(
        doc[position].dep_ == "appos" and doc[position].head.i < phrase.start
        for position in range(phrase.start, phrase.end)
    )


def _dep_of(sentence: Sentence, phrase: Phrase) -> str:
    deps = [sentence.doc[position].dep_ for position in range(phrase.start, phrase.end)]
    return next((dep for dep in deps if dep in {"obj", "iobj", "obl:arg", "nsubj", "nsubj:pass"}), deps[-1])


def _is_dative(sentence: Sentence, phrase: Phrase, grammar: Grammar) -> bool:
    first, head = _determiner(sentence, phrase), sentence.doc[phrase.head]
    word = lower(first.text)
    if word in grammar.dative:
        return True
    if word in grammar.accusative:
        return False
    if _is_feminine_dative(sentence, phrase, grammar):
        return True
    if word in grammar.dative_plural:
        return is_plural(head) is not False or _dep_of(sentence, phrase) in {"iobj", "obl:arg"}
    return first.pos_ == "DET" and has_case(first, "Dat") and _dep_of(sentence, phrase) not in {"nsubj", "obj"}
