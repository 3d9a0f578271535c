"""Says what becomes of an offer: accepted, rejected, withdrawn or renewed, by the verb or noun that governs it."""

from __future__ import annotations

import re
from dataclasses import replace

from worker.extraction.document import Document, Evidence, Mention
from worker.extraction.verbs import main_verb, verb_lemma

from .answers import answered


def find_stages(document: Document) -> Document:
    """Add to each offer the stage that its governor names."""
    return replace(document, mentions=tuple(_staged(mention, document) for mention in document.mentions))


def _staged(mention: Mention, document: Document) -> Mention:
    if not mention.is_offer or mention.stage is None:
        return mention
    sentence = document.sentences[mention.sentence]
    text = sentence.text
    for stage, pattern in document.pack.factuality.stage_words.items():
        if re.search(pattern, _window(text, sentence.doc[mention.token].idx - sentence.start_char)):
            return replace(mention, stage=stage, evidence=(*mention.evidence, Evidence("stage", "stage-word", stage)))
    if mention.clause is None or mention.pos != "noun":
        return answered(mention, sentence, document)
    verb = main_verb(sentence, sentence.clauses[mention.clause])
    lemma = verb_lemma(sentence, verb, document.pack.grammar) if verb is not None else ""
    for stage, lemmas in document.pack.factuality.stages.items():
        if lemma in lemmas:
            return replace(
                mention, stage=stage, evidence=(*mention.evidence, Evidence("stage", "governing-verb", lemma))
            )
    return answered(mention, sentence, document)


def _window(text: str, offset: int, *, before: int = 60, after: int = 60) -> str:
    return text[max(0, offset - before) : offset + after]
