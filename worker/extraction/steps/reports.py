"""Finds who says something in a sentence: *laut X*, *X zufolge*, *X sagte*, *unter Berufung auf X*, *aus X hieß es*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from worker.extraction.document import Clause, Document, Entity, Phrase, Sentence, Voice
from worker.extraction.naming import attribute_of, name_phrase
from worker.extraction.parties import named_in
from worker.extraction.verbs import clause_phrases, find_subject, is_passive, verb_lemma
from worker.extraction.words import fits, holds, lower

from .denied_reports import denies_report
from .voices import How, named_voice, voice_of_phrase


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody says something in a sentence.

    Attributes:
        clause: Index of the reporting clause, None for *laut X*, which reaches the whole sentence.
    """

    voice: Voice
    clause: int | None
    verb: str


def reports_of(sentence: Sentence, document: Document) -> Iterator[Report]:
    """Give all who say something in a sentence."""
    yield from _according(sentence, document)
    yield from _cited(sentence, document)
    for index, clause in enumerate(sentence.clauses):
        yield from _saying(sentence, index, clause, document)


def _according(sentence: Sentence, document: Document) -> Iterator[Report]:
    cues = document.pack.reporting
    openings = set(cues.before)
    for phrase in sentence.phrases:
        before = lower(sentence.doc[phrase.start - 1].text) if phrase.start > sentence.start else ""
        behind = _word_behind(sentence, phrase)
        opens = before in openings or phrase.preposition in openings or _words_before(sentence, phrase) in openings
        says = _is_noun_of_saying(sentence, phrase, document, opens=opens)
        source = _owner(sentence, phrase, document) or _teller(sentence, phrase, document) if says else None
        if source is not None:
            yield from _voice_of(sentence, source, "according_to", "noun-of-saying", document)
        elif opens or behind in cues.after_only:
            yield from _voice_of(sentence, phrase, "according_to", f"{before or behind}-source", document)
        elif says and phrase.preposition in cues.noun_prepositions:
            yield from _by_compound(sentence, phrase, document)
        elif (
            phrase.preposition in cues.person_prepositions
            and _opens(sentence, phrase)
            and _is_person(sentence, phrase, document)
        ):
            yield from _voice_of(sentence, phrase, "according_to", "opens-with-person", document)


def _word_behind(sentence: Sentence, phrase: Phrase) -> str:
    """Give the word behind a phrase and its quotation marks."""
    behind = (token.text for token in sentence.doc[phrase.end : min(phrase.end + 2, sentence.end)])
    return next((lower(word) for word in behind if any(map(str.isalnum, word))), "")


def _teller(sentence: Sentence, phrase: Phrase, document: Document) -> Phrase | None:
    """``einem Bericht der Zeitung``, ``a report in the newspaper``: who tells what a noun of saying names."""
    grammar, media = document.pack.grammar, document.pack.reporting.media
    next_to = (other for other in sentence.phrases if 1 <= other.start - phrase.end <= 2)
    told = (
        other
        for other in next_to
        if other.preposition in grammar.agent_prepositions
        # "a report in Berlin" names no source.
        or (other.preposition in grammar.local_prepositions[:1] and holds(media, sentence.doc[other.head].text))
    )
    return attribute_of(sentence, phrase) or next(told, None)


def _words_before(sentence: Sentence, phrase: Phrase) -> str:
    """Give the two words before a phrase, where the parse takes *according to* for two."""
    return lower(sentence.doc.text_of(max(sentence.start, phrase.start - 2), phrase.start))


def _cited(sentence: Sentence, document: Document) -> Iterator[Report]:
    """``beruft sich auf X``, ``citing X``: X says it."""
    citing, grammar = document.pack.reporting.citing, document.pack.grammar
    for phrase in sentence.phrases:
        behind = document.pack.reporting.citing_nouns.get(sentence.doc[phrase.head].text)
        if behind is not None and phrase.preposition is not None:
            named = next((other for other in sentence.phrases if other.start > phrase.end - 1), None)
            if named is not None and named.preposition == behind:
                yield from _voice_of(sentence, named, "according_to", "cited", document)
    for index, clause in enumerate(sentence.clauses):
        lemmas = {verb_lemma(sentence, verb, grammar) for verb in clause.verbs} & set(citing)
        if lemmas:
            yield from _by_clause(sentence, index, {citing[lemma] for lemma in lemmas}, document)


def _by_clause(sentence: Sentence, index: int, prepositions: set[str], document: Document) -> Iterator[Report]:
    """``Die Zeitung beruft sich auf X``: X says it, and the medium reports it."""
    clause = sentence.clauses[index]
    for phrase in clause_phrases(sentence, clause):
        if (phrase.preposition or "") in prepositions and phrase.start > clause.verbs[0]:
            source = attribute_of(sentence, phrase) if _says(sentence, phrase, document) else None
            yield from _voice_of(sentence, source or phrase, "according_to", "cited", document)
    subject = find_subject(sentence, index, document.pack.grammar)
    if subject is not None and sentence.doc[subject.head].pos_ == "PROPN":
        media = _voice_of(sentence, subject, "according_to", "cites", document)
        yield from (report for report in media if report.voice.kind == "medium")


def _owner(sentence: Sentence, phrase: Phrase, document: Document) -> Phrase | None:
    """``nach eigenen Angaben`` are the subject's, ``nach dessen Angaben`` those of whoever stands right before."""
    words = {lower(token.text) for token in sentence.doc[phrase.start : phrase.head]}
    cues, index = document.pack.reporting, sentence.clause_of(phrase.head)
    if words & set(cues.own_words) and index is not None:
        return find_subject(sentence, index, document.pack.grammar)
    if words & set(cues.nearest_words):
        before = [other for other in sentence.phrases if other.end <= phrase.start]
        return before[-1] if before else None
    return None


def _says(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    return fits(document.pack.reporting.nouns, sentence.doc[phrase.head].text)


def _opens(sentence: Sentence, phrase: Phrase) -> bool:
    return phrase.start - sentence.start <= 2


def _is_person(sentence: Sentence, phrase: Phrase, document: Document) -> bool:
    named = named_in(sentence, phrase, document)
    return named is not None and named[2].kind == "person"


def _is_noun_of_saying(sentence: Sentence, phrase: Phrase, document: Document, *, opens: bool) -> bool:
    cues = document.pack.reporting
    words = sentence.doc[phrase.head].text, sentence.doc[phrase.start].text
    if not any(fits(cues.nouns, word) for word in words):
        return False
    attribute = attribute_of(sentence, phrase)
    stands_behind = attribute is not None and _word_behind(sentence, attribute) in cues.after_only
    return opens or stands_behind or phrase.preposition in cues.noun_prepositions or phrase.start == sentence.start


def _by_compound(sentence: Sentence, phrase: Phrase, document: Document) -> Iterator[Report]:
    head = sentence.doc[phrase.head].text
    if holds(document.pack.reporting.media, head):
        name = name_phrase(sentence, phrase, document.pack.grammar)
        span = sentence.span(phrase.start, phrase.end)
        yield Report(Voice(name, "medium", "according_to", None, span, "media-report", lower(name)), None, "")


def _voice_of(
    sentence: Sentence,
    phrase: Phrase,
    how: How,
    rule: str,
    document: Document,
    *,
    clause: int | None = None,
    verb: str = "",
) -> Iterator[Report]:
    voice = voice_of_phrase(sentence, phrase, how, rule, document)
    if voice is not None:
        yield Report(voice, clause, verb)


def _saying(sentence: Sentence, index: int, clause: Clause, document: Document) -> Iterator[Report]:
    cues, grammar = document.pack.reporting, document.pack.grammar
    for verb in clause.verbs:
        lemma = verb_lemma(sentence, verb, grammar)
        if lemma in cues.impersonal:
            yield from _heard_from(sentence, index, clause, lemma, document)
            return
        says = lemma in cues.verbs or denies_report(sentence, clause, lemma, document)
        if not says or (lemma not in cues.citing and is_passive(sentence, clause, grammar)):
            continue  # who "is said to" do something does not say so
        subject = find_subject(sentence, index, grammar)
        if subject is None:
            continue
        rule = "as-reported" if clause.mark in cues.as_words else "says"
        how: How = "direct" if any(sentence.is_quoted(token.i) for token in sentence.tokens()) else "indirect"
        pronoun = _pronoun_entity(sentence, subject, document)
        if pronoun is not None:
            yield Report(
                named_voice(pronoun, how, rule, sentence.span(subject.start, subject.end), document), index, lemma
            )
        else:
            yield from _voice_of(sentence, subject, how, rule, document, clause=index, verb=lemma)
        return


def _heard_from(sentence: Sentence, index: int, clause: Clause, verb: str, document: Document) -> Iterator[Report]:
    """``Aus dem Ministerium hieß es``, ``wie aus Kreisen verlautete``: nobody is named but where it comes from."""
    rule = "as-reported" if clause.mark in document.pack.reporting.as_words else "says"
    for phrase in clause_phrases(sentence, clause):
        if phrase.preposition in document.pack.grammar.origin_prepositions:
            yield from _voice_of(sentence, phrase, "indirect", rule, document, clause=index, verb=verb)


def _pronoun_entity(sentence: Sentence, subject: Phrase, document: Document) -> Entity | None:
    """``er``, ``sie`` as a speaker: the last person named before."""
    token = sentence.doc[subject.start]
    if subject.end - subject.start > 1 or lower(token.text) not in document.pack.grammar.personal_pronouns:
        return None
    agreement = document.pack.grammar.personal_pronouns[lower(token.text)]
    if not agreement.startswith("s:") or agreement == "s:1":
        return None
    near = (
        each for index in range(sentence.index - 3, sentence.index + 1) for each in document.names.in_sentence(index)
    )
    places = [each.place for each in near if each.entity.kind == "person"]
    before = [place for place in places if (place[0], place[1]) < (sentence.index, token.i)]
    if _follows_what_is_said(sentence, subject):
        # Whom the words themselves name is hardly who says them: "er werde X und Y treffen, sagte er".
        before = [place for place in before if place[0] < sentence.index] or before
    return document.names[max(before)] if before else None


def _follows_what_is_said(sentence: Sentence, subject: Phrase) -> bool:
    """``..., sagte er``: the verb opens the clause."""
    index = sentence.clause_of(subject.start)
    clause = sentence.clauses[index] if index is not None else None
    return clause is not None and bool(index) and clause.tokens[0] == clause.finite
