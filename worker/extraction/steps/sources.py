"""Finds who vouches for a mention: *laut X*, *X zufolge*, *wie X mitteilte*, *X sagte, ...*, quoted speech."""

from __future__ import annotations

from dataclasses import replace

from worker.extraction.document import Document, Evidence, Mention, Sentence
from worker.extraction.mood import in_reported_mood
from worker.extraction.verbs import verb_lemma
from worker.extraction.words import lower

from .denied_reports import denied_report
from .reports import Report, reports_of
from .voices import How

CARRY_SENTENCES = 3
"""How many sentences in the subjunctive still belong to the last speaker."""


def find_sources(document: Document) -> Document:
    """Add to each mention who vouches for it; a mere claim becomes ``reported``."""
    near = {mention.sentence + step for mention in document.mentions for step in range(-CARRY_SENTENCES, 2)}
    reports = {
        sentence.index: list(reports_of(sentence, document)) if sentence.index in near and sentence.is_parsed else []
        for sentence in document.sentences
    }
    return replace(document, mentions=tuple(_sourced(mention, reports, document) for mention in document.mentions))


def _sourced(mention: Mention, reports: dict[int, list[Report]], document: Document) -> Mention:
    sentence = document.sentences[mention.sentence]
    covering = [report for report in reports[sentence.index] if _covers(report, mention, sentence, document)]
    found = _nearest(covering, mention, sentence)
    if not found:
        found = _pointing_back(mention, reports, document) or _carried(mention, reports, document)
        found = found or _quoted_behind(mention, reports, document)
    voices = tuple({report.voice.key: report.voice for report in found}.values())
    if not voices:
        return mention
    factuality, why = mention.factuality, mention.evidence
    if factuality == "asserted" and any(_is_claim(report, mention, document) for report in found):
        factuality = "reported"
        why = (*why, Evidence("factuality", f"claim-{found[0].voice.rule}", found[0].voice.name))
    if factuality == "reported" and _is_declared(found, mention):
        factuality = "asserted"
        why = (*why, Evidence("factuality", "declares to be willing", found[0].voice.name))
    if factuality == "planned" and mention.is_offer and _is_own(found, mention):
        factuality = "asserted"
        why = (*why, Evidence("factuality", "announces its own offer", found[0].voice.name))
    why = (*why, *(Evidence("sources", voice.rule, voice.name) for voice in voices))
    return replace(mention, voices=voices, factuality=factuality, evidence=why)


def _nearest(reports: list[Report], mention: Mention, sentence: Sentence) -> list[Report]:
    """Of several who say something in a sentence take the one whose clause governs the mention's, else the nearest."""
    saying = [report for report in reports if report.clause is not None]
    if len(saying) < 2:
        return reports
    above: list[int] = []
    index = mention.clause
    while index is not None and index not in above:
        above.append(index)
        index = sentence.clauses[index].parent

    def distance(report: Report) -> tuple[int, int]:
        clause = report.clause or 0
        depth = above.index(clause) if clause in above else len(sentence.clauses)
        return depth, abs(sentence.clauses[clause].tokens[0] - mention.token)

    best = min(saying, key=distance)
    return [report for report in reports if report.clause is None or report is best]


def _is_declared(found: list[Report], mention: Mention) -> bool:
    """``Der Minister sagte, das Land sei zu Hilfe bereit``: to say so is to declare it."""
    willing = mention.is_offer and mention.stage == "willingness_declared"
    return willing and any(report.clause is not None and report.voice.kind == "person" for report in found)


def _is_own(found: list[Report], mention: Mention) -> bool:
    """Whether the speaker is the offerer: to announce an offer is to make it."""
    parties = {party.entity.key for party in mention.parties if party.entity is not None}
    return any(report.voice.key in parties for report in found)


def _is_claim(report: Report, mention: Mention, document: Document) -> bool:
    """Whether the words are only the source's: not where it confirms, nor where a party tells of its own offer."""
    if report.verb in document.pack.reporting.confirms or report.voice.rule == "as-reported":
        return False
    own = any(party.entity is not None and party.entity.key == report.voice.key for party in mention.parties)
    return not (mention.is_offer and (own or report.voice.how == "direct"))


def _covers(report: Report, mention: Mention, sentence: Sentence, document: Document) -> bool:
    """Whether the report is about the mention: another clause of its sentence, or the verb's object."""
    if _is_presupposed(mention, sentence, document):
        return False
    if report.clause is None:
        return True
    if sentence.clauses[report.clause].mark in document.pack.grammar.conjunctions and _is_before(report, mention):
        return False
    if report.clause == mention.clause:
        if denied_report(mention, document) is not None:
            return True
        phrase = sentence.phrase_of(mention.token)
        return mention.pos == "noun" and phrase is not None and phrase.preposition is None and not phrase.genitive
    clause = sentence.clauses[report.clause]
    if mention.clause is not None and sentence.clauses[mention.clause].kind == "relative":
        return sentence.clauses[mention.clause].parent != report.clause
    return clause.kind != "relative" and not _is_above(sentence, mention.clause, report.clause)


def _is_before(report: Report, mention: Mention) -> bool:
    """``er sei bereit und verwies auf Hilfen``: a second predicate reports nothing that stands before it."""
    return mention.clause is not None and report.clause is not None and mention.clause < report.clause


def _is_presupposed(mention: Mention, sentence: Sentence, document: Document) -> bool:
    """``demonstrierten laut Polizei gegen das Treffen``: the claim is about something else, the event is known."""
    phrase = sentence.phrase_of(mention.token)
    if mention.pos != "noun" or phrase is None or phrase.preposition is None:
        return False
    owned = lower(sentence.doc[phrase.start].text) in document.pack.grammar.possessives
    if not mention.is_definite and not owned:
        return False
    verb = verb_lemma(sentence, mention.governor, document.pack.grammar) if mention.governor is not None else ""
    return verb not in document.pack.factuality.happening and verb not in document.pack.grammar.attendance_verbs


def _is_above(sentence: Sentence, one: int | None, other: int) -> bool:
    """Whether the mention's clause stands above the report's: it is then not what is said."""
    index = sentence.clauses[other].parent if sentence.clauses[other].kind == "subordinate" else None
    mark = sentence.clauses[other].mark
    return one is not None and index == one and mark not in {None, "wie", "as"}


def in_reported_speech(mention: Mention, document: Document) -> bool:
    """Whether a mention stands in words that somebody named elsewhere may have said."""
    sentence = document.sentences[mention.sentence]
    return _is_told_on(mention, sentence, document) or sentence.is_quoted(mention.token)


def _carried(mention: Mention, reports: dict[int, list[Report]], document: Document) -> list[Report]:
    """Reported speech goes on over sentences: in the subjunctive, or in quotes after a colon."""
    sentence = document.sentences[mention.sentence]
    if not in_reported_speech(mention, document):
        return []
    for index in range(mention.sentence - 1, max(-1, mention.sentence - 1 - CARRY_SENTENCES), -1):
        said = [report for report in reports[index] if report.clause is not None or report.voice.how == "according_to"]
        if said:
            how: How = "direct" if sentence.is_quoted(mention.token) else "indirect"
            return [replace(said[-1], voice=replace(said[-1].voice, how=how, rule="carried"))]
    following = reports.get(mention.sentence + 1, [])
    if sentence.is_quoted(mention.token) and following:
        return [report for report in following if report.clause is not None][:1]
    return []


def _quoted_behind(mention: Mention, reports: dict[int, list[Report]], document: Document) -> list[Report]:
    """``Die Regierung lehnt Gespräche ab. "Mit denen reden wir nicht", sagte X``: who refuses in the quote behind."""
    index = mention.sentence + 1
    if mention.factuality != "denied" or index >= len(document.sentences):
        return []
    following = document.sentences[index]
    first = next(following.tokens())
    said = [report for report in reports[index] if report.clause is not None and report.voice.kind == "person"]
    return said[:1] if following.is_quoted(first.i + 1) else []


def _pointing_back(mention: Mention, reports: dict[int, list[Report]], document: Document) -> list[Report]:
    """``Das teilte X mit.``: the sentence before is what was said."""
    index = mention.sentence + 1
    if index >= len(document.sentences):
        return []
    first = next(document.sentences[index].tokens())
    opening = document.sentences[index].phrase_of(first.i)
    is_article = opening is not None and opening.end - opening.start > 1  # "Das Amt bestätigte ..."
    if lower(first.text) not in document.pack.reporting.back_words or is_article:
        return []
    said = [report for report in reports[index] if report.clause == 0][:1]
    cited = [report for report in reports[index] if report.voice.rule == "cited"] if said else []
    return [replace(report, voice=replace(report.voice, rule="as-reported")) for report in (*said, *cited)]


def _is_told_on(mention: Mention, sentence: Sentence, document: Document) -> bool:
    """Whether the sentence goes on with what was said before: it is in the subjunctive down from its main clause."""
    index = mention.clause
    while index is not None:
        clause = sentence.clauses[index]
        if clause.kind == "main" or clause.parent is None:
            return in_reported_mood(sentence, clause, document.pack)
        index = clause.parent
    return False
