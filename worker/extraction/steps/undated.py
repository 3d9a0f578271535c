"""Gives a time to events that no date stands with: about to come, before the rest, or next on the same day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schemas.event import Relation
from schemas.model import Span
from worker.extraction.document import Clause, Document, Mention, Sentence, When
from worker.extraction.verbs import verb_lemma
from worker.extraction.words import is_past, is_subjunctive, lower

_DAYS = frozenset({"minute", "hour", "part_of_day", "day"})


def undated_time(mention: Mention, sentence: Sentence, document: Document) -> When | None:
    """Read only the direction: *das Treffen steht bevor*, *zuvor hatte er angeboten*."""
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    if clause is None or clause.finite is None:
        return None
    grammar = document.pack.grammar
    finite = sentence.doc[clause.finite]
    governor = mention.governor
    if governor is not None and mention.pos == "noun" and not is_past(finite):
        if verb_lemma(sentence, governor, grammar) in grammar.imminent_verbs and not _is_tied(mention, sentence):
            return _pointer("FUTURE_REF", "after", _with_adverb(sentence, governor, clause), "imminent-verb", sentence)
        return None
    verb = verb_lemma(sentence, governor, grammar) if governor is not None else ""
    happens = mention.pos == "noun" and verb in document.pack.factuality.happening and not mention.is_definite
    if not (mention.pos == "verb" or mention.is_offer or happens) or not is_past(finite) or is_subjunctive(finite):
        return None
    adverb = next((i for i in clause.tokens if lower(sentence.doc[i].text) in grammar.before_now), None)
    if adverb is None:
        return None
    return _pointer("PAST_REF", "before", (adverb, adverb + 1), "before-now", sentence)


def _is_tied(mention: Mention, sentence: Sentence) -> bool:
    phrase = sentence.phrase_of(mention.token)
    return phrase is None or phrase.preposition is not None or phrase.genitive


def _with_adverb(sentence: Sentence, verb: int, clause: Clause) -> tuple[int, int]:
    """Take the adverb in front of the verb (*unmittelbar bevorsteht*) with it."""
    before = verb - 1
    has_adverb = before in clause.tokens and sentence.doc[before].pos_ in {"ADV", "ADJ"}
    return (before if has_adverb else verb), verb + 1


def _pointer(value: str, relation: Relation, tokens: tuple[int, int], rule: str, sentence: Sentence) -> When:
    span: Span = sentence.span(*tokens)
    return When(
        text=sentence.passage.text[span.start : span.end],
        span=span,
        value=value,
        granularity="unknown",
        relation=relation,
        rule=rule,
        is_future=value == "FUTURE_REF",
    )


def next_on_the_day(mention: Mention, before: Sequence[Mention], document: Document) -> Mention:
    """``Danach traf er ...``: what is told next took place on the day of the event told last."""
    sentence = document.sentences[mention.sentence]
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    if mention.pos != "verb" or clause is None or clause.finite is None or not is_past(sentence.doc[clause.finite]):
        return mention
    if lower(sentence.doc[clause.tokens[0]].text) not in document.pack.grammar.sequence_words:
        return mention
    earlier = [other for other in before if other.sentence < mention.sentence and not other.is_offer]
    last = next((other.when for other in reversed(earlier) if other.when is not None), None)
    if last is None or last.granularity not in _DAYS or last.is_future or last.relation != "on":
        return mention
    return replace(mention, when=replace(last, rule="next-on-the-day"))
